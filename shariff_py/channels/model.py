"""One record per official channel, read from a TOML file's mapping and checked once.

What is wrong in form is refused here, naming the channel, the field and the fix. What is right in form but against the rulebook
is a finding of `shariff_py.channels.checks`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError, ValidationInfo

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import service
from shariff_py.policy import STRICT
from shariff_py.settings.words import LANGUAGE_TAG, WRITE
from shariff_py.urls import NOWHERE, Address, parse


def _channel_address(value: str) -> str:
    parts = parse(value)
    if parts is None or parts.userinfo:
        raise ValueError('is not an http or https address. Copy it from the address bar, with "https://".')
    return value


def _site_address(value: str) -> str:
    if value and (parse(value, NOWHERE) is None or not re.match(r"/|https?:", value, re.IGNORECASE)):
        raise ValueError('is not an address. Write "/imprint" for a page of your site, or a whole "https://" address.')
    return value


def _alternative_url(value: str) -> str:
    return value if re.match(r"(mailto|tel):.+", value) else _site_address(value)


def _mailbox(value: str) -> str:
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError('is not an e-mail address. Write it like "press@example.org".')
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        raise ValueError('must be lower-case letters, digits and hyphens, for example "town-facebook".')
    return value


def _language_tag(value: str) -> str:
    if not LANGUAGE_TAG.fullmatch(value):
        raise ValueError('is not a language tag. Write it like "de" or "en".')
    return value


def _by_language(value: Any, info: ValidationInfo) -> Any:
    """A text written without its language is in the site's own."""
    return {info.context["language"]: value} if isinstance(value, str) and info.context else value


Slug = Annotated[str, AfterValidator(_slug)]
LanguageTag = Annotated[str, AfterValidator(_language_tag)]
ChannelAddress = Annotated[str, AfterValidator(_channel_address)]
SiteAddress = Annotated[str, AfterValidator(_site_address)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Hours = Annotated[int, Field(ge=1)]
Name = Annotated[str, Field(min_length=1)]
Words = Annotated[Mapping[LanguageTag, str], BeforeValidator(_by_language)]
"""A text by language. In the file it may be a plain text, which then is in the site's own language."""


class Status(StrEnum):
    """The life cycle of a channel: ``requested``, ``approved``, ``active``, ``dormant``, ``closed``."""

    REQUESTED = "requested"
    APPROVED = "approved"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to the same information. ``url`` is an address, a page of the site (``/news``), ``mailto:`` or ``tel:``."""

    __pydantic_config__ = STRICT
    title: Words
    url: Annotated[str, AfterValidator(_alternative_url), Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who allowed the channel, by role and never by name, when, and where the decision is filed."""

    __pydantic_config__ = STRICT
    by_role: Name
    on: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """One official account on one platform.

    ``platform`` is a platform's name in the registry, or the proper name of one we have no record of ("Mastodon").
    ``unit`` is in charge of the channel, ``deputy_unit`` is its deputy; ``mailbox`` is a function's mailbox. ``controller`` is the id of a
    controller in the settings. ``portal_page_url`` is the page of the own site the account links back to. ``upkeep_hours`` is how
    often the channel has to be checked, counted on working days (24 hours: every working day). Texts are by language.

    ``mailbox``, ``deputy_unit``, ``upkeep_hours``, ``last_checked_on`` and ``approval`` are never published.
    """

    __pydantic_config__ = STRICT
    id: Slug
    platform: Name
    url: ChannelAddress
    title: Name
    status: Status
    handle: str = ""
    purpose: Words = field(default_factory=dict)
    languages: tuple[LanguageTag, ...] = ()
    unit: Words = field(default_factory=dict)
    controller: str = ""
    imprint_url: SiteAddress = ""
    privacy_url: SiteAddress = ""
    netiquette_url: SiteAddress = ""
    portal_page_url: SiteAddress = ""
    alternatives: tuple[Alternative, ...] = ()
    service_hours: Words = field(default_factory=dict)
    response_target_hours: Hours | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    mailbox: Mailbox = ""
    deputy_unit: str = ""
    upkeep_hours: Hours = 24
    last_checked_on: date | None = None
    approval: Approval | None = None

    @property
    def record(self) -> Platform | None:
        """The platform's record, by its name or an older one; ``None`` where we have none, or one that knows no hosts."""
        found = service(self.platform.lower())
        return found if found is not None and (found.hosts or found.link_hosts) else None

    @property
    def platform_title(self) -> str:
        """The platform's name as people write it."""
        return self.record.title if self.record else self.platform

    @property
    def address(self) -> Address:
        """The account's address, taken apart."""
        parts = parse(self.url)
        if parts is None:
            raise ConfigurationError(f"{self.url!r} is not an address.", setting=f"channels.{self.id}.url")
        return parts


@dataclass(frozen=True, slots=True)
class Register:
    """All official channels of a body, in the order of the file."""

    __pydantic_config__ = STRICT
    channels: tuple[Channel, ...] = ()

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], *, language: str = "de") -> Register:
        """Check a mapping (``{"channels": [{...}, ...]}``) and make it a register.

        ``language`` is the language of texts written without one; pass the site's own. Raises `ConfigurationError` for the first
        field that cannot be used: its ``setting`` is ``channels.ID.FIELD``.
        """
        try:
            register = _ADAPTER.validate_python(values, context={"language": language})
        except ValidationError as error:
            raise _first_error(error, values) from None
        repeated = [name for name, times in Counter(channel.id for channel in register.channels).items() if times > 1]
        if repeated:
            raise ConfigurationError(
                "is used by more than one channel.",
                setting=f"channels.{repeated[0]}.id",
                cure="Give each channel an id of its own; an id is never used again, not even after closing.",
            )
        return register


_ADAPTER: TypeAdapter[Register] = TypeAdapter(Register)

UNKNOWN = ("is not a field of a channel.", "Check the spelling.")
MISSING = ("is missing.", "Add it.")
DAY = ("is not a date.", "Write it without quotation marks, year first: 2026-11-23.")
TABLE = ("is not a table.", 'Write it as one, for example approval = { by_role = "Mayor", on = 2026-11-23 }.')

SENTENCES = {
    "unexpected_keyword_argument": UNKNOWN,
    "missing": MISSING,
    "missing_argument": MISSING,
    "string_type": ("is not text.", "Write it in quotation marks."),
    "string_too_short": ("is empty.", "Write at least one character."),
    "tuple_type": ("is not a list.", 'Write it in square brackets, for example ["de", "en"].'),
    "enum": ("is not a valid status.", f"Use one of {', '.join(Status)}."),
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "dict_type": WRITE,
    "mapping_type": WRITE,
    "dataclass_type": TABLE,
    "int_parsing": ("is not a number.", "Write whole hours without quotation marks."),
    "int_type": ("is not a number.", "Write whole hours without quotation marks."),
    "greater_than_equal": ("is too small.", "Write at least one hour."),
}
"""The message for each kind of error in a field, and the fix. Our own checks bring their own message."""


def _first_error(error: ValidationError, values: Mapping[str, Any]) -> ConfigurationError:
    first = error.errors(include_input=False, include_url=False)[0]
    own = (first["msg"].removeprefix("Value error, "), "")
    message, cure = SENTENCES.get(first["type"], own)
    return ConfigurationError(message, setting=".".join(_named(first["loc"], values)), cure=cure)


def _named(location: tuple[int | str, ...], values: Mapping[str, Any]) -> list[str]:
    """The place of an error, with the channel's id instead of its number where it has one."""
    place = [str(part) for part in location]
    if len(location) > 1 and location[0] == "channels" and isinstance(location[1], int):
        channel = values["channels"][location[1]]
        name = channel.get("id") if isinstance(channel, Mapping) else None
        place[1] = name if isinstance(name, str) and name else f"number {location[1] + 1}"
    return place
