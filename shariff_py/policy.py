"""The rulebook: which platforms are released, and who is the controller of a page.

A platform is shown only after a documented decision to release it. The same record is the kill switch: one
changed word turns every gate of a platform into text and links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from urllib.parse import unquote

from shariff_py.platforms.record import Platform
from shariff_py.urls import NOWHERE, parse


class ReleaseState(StrEnum):
    """The state of a platform in the rulebook. Gates open only for ``pilot`` and ``released``."""

    NOT_RELEASED = "not_released"
    PILOT = "pilot"
    RELEASED = "released"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({ReleaseState.PILOT, ReleaseState.RELEASED})


STRICT = {"extra": "forbid"}
"""Read by the settings' checks: a misspelt key is an error, not a rule that is silently missing."""


@dataclass(frozen=True, slots=True)
class Release:
    """One decision about one platform: its state, since when, by which decision, under which conditions."""

    __pydantic_config__ = STRICT
    state: ReleaseState
    since: date | None = None
    reference: str = ""
    conditions: str = ""

    @property
    def is_open(self) -> bool:
        """Whether gates of the platform may be offered."""
        return self.state in OPEN_STATES


NOT_RELEASED = Release(ReleaseState.NOT_RELEASED)

NO_OFFICER = "none"
"""What ``Controller.dpo_contact`` says of a controller that needs no data protection officer (GDPR Art. 37(1))."""


@dataclass(frozen=True, slots=True)
class ControllerInLanguage:
    """What of a `Controller` is different in another language; what is empty is as in the controller itself."""

    __pydantic_config__ = STRICT
    name: str = ""
    contact_url: str = ""
    privacy_url: str = ""
    alternative_url: str = ""
    dpo_contact: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Controller:
    """Who is responsible for a page (GDPR Art. 4(7)): named in the gate before anything is sent.

    ``alternative_url`` is where the same information is found without a platform (GDPR Art. 7(4): what makes consent voluntary).
    ``remember_days`` is for how long a visitor may let the browser remember a consent to one platform (0: not offered), ``offer_login``
    whether content may also be loaded with the visitor's own login, as a second choice. ``dpo_contact`` is how to reach the data protection
    officer (`NO_OFFICER`: it needs none), ``authority`` the supervisory authority (GDPR Art. 13(1)(b), (2)(d)). ``languages`` has what is different in other languages, by BCP
    47 tag: it stays one controller, and a consent to it counts in all of them.
    """

    __pydantic_config__ = STRICT
    name: str
    contact_url: str
    privacy_url: str
    alternative_url: str
    public_body: bool = False
    remember_days: int = 0
    offer_login: bool = False
    dpo_contact: str = ""
    authority: str = ""
    languages: Mapping[str, ControllerInLanguage] = field(default_factory=dict)

    def in_language(self, code: str) -> Controller:
        """The controller as readers of a language know it; a variant (``de-simple``, ``en-GB``) has the values of its language."""
        own = self.languages.get(code) or self.languages.get(code.partition("-")[0])
        if own is None:
            return self
        return replace(self, **{one.name: value for one in fields(own) if (value := getattr(own, one.name))})

    @property
    def officer(self) -> str:
        """How its data protection officer is reached; empty where it has none, or does not say."""
        contact = self.dpo_contact.strip()
        return "" if contact.lower() == NO_OFFICER else contact

    @property
    def names(self) -> frozenset[str]:
        """What it is called, in whatever language."""
        return frozenset({self.name, *(own.name for own in self.languages.values() if own.name)})


LONGEST_MEMORY = 180
"""Days after which a remembered consent has ended in any case; the widget keeps the same bound by itself."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The site's rulebook. ``controllers`` by id; the first is the site's own where a page names none.

    ``sensitive`` and ``children`` are paths of pages, everything below them included, on which no gate is offered.
    """

    releases: Mapping[str, Release] = field(default_factory=dict)
    controllers: Mapping[str, Controller] = field(default_factory=dict)
    sensitive: tuple[str, ...] = ()
    children: tuple[str, ...] = ()

    def release(self, platform: str) -> Release:
        """The decision about a platform; without one it is not released."""
        return self.releases.get(platform, NOT_RELEASED)

    def may_share(self, platform: Platform) -> bool:
        """Whether a share link to the platform may be offered. Local ways of sharing need no release."""
        return platform.share is not None and (platform.is_local or self.release(platform.name).is_open)

    def controller(self, controller_id: str | None = None) -> Controller | None:
        """The controller of that id, the first one without an id, ``None`` if there is none."""
        if controller_id is not None:
            return self.controllers.get(controller_id)
        return next(iter(self.controllers.values()), None)

    def controller_id(self, controller_id: str | None = None) -> str:
        """The id meant: the given one, else that of the first controller, else empty."""
        return next(iter(self.controllers), "") if controller_id is None else controller_id

    def unavailable_reason(self, platform: Platform, controller_id: str | None = None, page: str = "") -> str | None:
        """Why no gate of the platform may be offered on a page (its address; empty: not known): the key of a text, or ``None``."""
        release = self.release(platform.name)
        if not release.is_open:
            return f"unavailable.{release.state}"
        transfer = platform.operator.transfer if platform.operator is not None else None
        if transfer is not None and not transfer.in_force:
            return "unavailable.no_basis"
        if page and (reason := self._about(page)):
            return f"unavailable.{reason}"
        if self.controller(controller_id) is None:
            return "unavailable.no_controller"
        return None

    def _about(self, page: str) -> str:
        """What a page is about, if that forbids gates: loading content there would reveal it (GDPR Art. 8 and 9)."""
        parts = parse(page, NOWHERE)
        path = f"{unquote(parts.path).rstrip('/')}/" if parts else "/"
        for reason, paths in (("sensitive", self.sensitive), ("children", self.children)):
            if any(path.startswith(f"{unquote(named).rstrip('/')}/") for named in paths):
                return reason
        return ""
