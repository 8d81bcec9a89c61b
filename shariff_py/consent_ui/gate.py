"""The gate: a placeholder for a platform's content. It works without script, and causes no request before the click."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from shariff_py.consent_ui.addresses import contact, own_or_open, reachable
from shariff_py.consent_ui.closed_block import USUAL_LEVEL, closed_block
from shariff_py.consent_ui.frame import sign_embed_token
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.lengths import (
    LABEL_BYTES,
    LONGEST_CONTENT,
    MAX_GATE_BYTES,
    TITLE_BYTES,
    exceeded,
    shortened,
    written_length,
)
from shariff_py.consent_ui.preview import Picture
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import kind_of
from shariff_py.platforms.company import Company
from shariff_py.platforms.recognition import Embed
from shariff_py.platforms.registry import REGISTRY
from shariff_py.policy import Controller
from shariff_py.response_policy.frames import ISOLATED_SANDBOX, sandbox
from shariff_py.response_policy.integrity import widget_element
from shariff_py.settings.model import Settings
from shariff_py.texts import LANGUAGES, Language, known

OUR_LINE = 112
"""The height (CSS pixels) of our own line above the platform's frame where script does not remove it."""

USUAL_ADDRESS = 100
"""Characters of the address of a post."""

PICTURE = '<img class="shariff-picture"'
"""What a gate with a picture contains."""


class GateLength(NamedTuple):
    """The bytes of a gate in UTF-8, and whose gate it is; 0 where there is none."""

    size: int
    platform: str
    controller: str
    language: str

    def __str__(self) -> str:
        return f"{self.size} bytes: {self.platform}, {self.controller}, {self.language}" if self.size else "no gates"


@dataclass(frozen=True, slots=True)
class _Gate:
    """Everything the two templates need. ``name`` is that of the frame and the stem of all ids, ``token`` the signed embed token."""

    embed: Embed
    information: Information
    name: str
    token: str
    title: str
    kind: str
    label: str
    alternative: str
    original: str
    links: tuple[tuple[str, str], ...]
    stand_in: bool
    level: int
    picture: Picture | None
    unfolded: bool
    arrangement: str

    @property
    def load(self) -> str:
        """What the button says."""
        return self.information.say(f"load.{self.embed.kind_record.shown_as}")

    @property
    def sandbox(self) -> str:
        kind = self.embed.kind_record
        if kind.script is not None:
            return " ".join([ISOLATED_SANDBOX, *kind.sandbox])
        return sandbox(kind.sandbox, login=self.information.offers_login)

    @property
    def width(self) -> int:
        return self.embed.size[0]

    @property
    def height(self) -> int:
        return self.embed.size[1] + OUR_LINE


def gate(
    settings: Settings,
    language: Language,
    embed: Embed,
    *,
    title: str = "",
    controller: str | None = None,
    alternative: str | None = None,
    quote: Markup | str = "",
    nth: int = 1,
    level: int = USUAL_LEVEL,
    page: str = "",
    picture: Picture | None = None,
    warn: Callable[[str], None] | None = None,
) -> Markup:
    """The placeholder as one fragment.

    ``title`` says what the content is about. ``controller`` is the id of the page's controller (default: the site's own),
    ``alternative`` the address of the same information without the platform (default: the controller's). ``quote`` is what an
    editor pasted as fallback: markup as it is, plain text escaped. ``nth`` counts the gates of a page, ``level`` is the heading's.
    ``page`` is the page's own address: on pages about sensitive matters and for children no gate is offered. ``picture`` is shown until
    the content is there, where the gate has room for it. A title is cut to `TITLE_BYTES`; what passes a bound gets no gate, and ``warn``
    is told which, as the code of a finding (see `exceeded`) or, where only the picture had to go, as ``picture``.

    Where no gate may be offered it is text and an ordinary link. Raises `ConfigurationError` where no secret is set.
    """
    reason = settings.unavailable_reason(embed, controller, page)
    if reason is not None:
        return closed_block(settings, language, embed, reason, title, level) + quote
    quoted = bool(quote.strip())
    limit, parts = exceeded(embed, nth), None
    if not limit:
        parts = gate_parts(
            settings,
            language,
            embed,
            controller=controller,
            nth=nth,
            quoted=quoted,
            title=title,
            alternative=alternative,
            level=level,
            picture=picture,
        )
    if parts is None:
        if warn is not None:
            warn(limit or "too_long")
        return closed_block(settings, language, embed, "unavailable.refused", title, level) + quote
    head, tail = parts
    if picture is not None and warn is not None and PICTURE not in head:
        warn("picture")
    return head + quote + tail


def gate_parts(
    settings: Settings,
    language: Language,
    embed: Embed,
    *,
    controller: str | None = None,
    nth: int = 1,
    quoted: bool = True,
    charset: str = "utf-8",
    nested: int = 0,
    title: str = "",
    alternative: str | None = None,
    level: int = USUAL_LEVEL,
    picture: Picture | None = None,
) -> tuple[Markup, Markup] | None:
    """Head and tail of the placeholder, for a rewriter that keeps a pasted quote between them; ``quoted`` gives it a labelled block of its
    own, which takes no space where it is empty. What is not explained here is as in `gate`.

    Together they have at most `MAX_GATE_BYTES`, written with character references for the letters that ``charset`` does not have, and in so
    many ``nested`` documents that are attributes. To that end a gate goes without its picture, without the consent that is remembered, and
    without the login, before there is none: ``None``. Raises `ValueError` where no gate may be offered: check ``settings.unavailable_reason`` first.
    """
    reason, operator = settings.unavailable_reason(embed, controller), settings.operator_of(embed)
    if reason is not None or operator is None:
        raise ValueError(
            f"no gate of {embed.platform} may be offered ({reason}); check settings.unavailable_reason first."
        )
    name = settings.policy.controller_id(controller)
    for offered, shown in _offers(settings.policy.controllers[name], picture):
        about = _information(settings, language, embed, name, offered, embed.server, operator)
        parts = _gate(settings, about, embed, nth=nth, title=title, alternative=alternative, level=level, picture=shown)
        head, tail = _rendered(settings, language, parts, quoted=quoted)
        if written_length(f"{head}{tail}", charset, nested) <= MAX_GATE_BYTES:
            return head, tail
    return None


def longest_gate(settings: Settings) -> GateLength:
    """How long the gates are in the site's language, with all that their controllers offer, for content with an address of usual length, of
    the platforms that are released: the longest one. ``lang`` of a page can make it another language."""
    return max(_lengths(settings, known(settings.site.language) or LANGUAGES["en"]))


def languages_too_long(settings: Settings) -> list[str]:
    """The languages in which the `longest_gate` has more than `MAX_GATE_BYTES`, so that not all that controllers offer is offered."""
    return [code for code, words in LANGUAGES.items() if max(_lengths(settings, words)).size > MAX_GATE_BYTES]


def _lengths(settings: Settings, language: Language) -> Iterator[GateLength]:
    yield GateLength(0, "", "", language.code)
    signing = replace(settings.frame, secrets=settings.frame.secrets or ("only to measure",))
    measured = replace(settings, frame=signing)
    for record in REGISTRY.values():
        kinds = [kind for kind in record.embeds if kind.becomes == "gate" and kind.retired is None]
        for name, controller in settings.controllers.items():
            if kinds and settings.policy.unavailable_reason(record, name) is None:
                for server, operator in settings.operators(record).items():
                    address = f"https://{server or record.public_host}/".ljust(USUAL_ADDRESS, "a")
                    embed = Embed(record.name, kinds[0].name, address)
                    offered, _ = next(_offers(controller, None))
                    about = _information(settings, language, embed, name, offered, server, operator)
                    html = "".join(_rendered(measured, language, _gate(measured, about, embed, nth=1), quoted=False))
                    yield GateLength(len(html.encode()), about.title, name, language.code)


def _offers(controller: Controller, picture: Picture | None) -> Iterator[tuple[Controller, Picture | None]]:
    """A controller with all that it offers and the picture, and with less and less of it."""
    if picture is not None and len(picture.address) <= LONGEST_CONTENT:
        yield controller, picture
    yield controller, None
    if controller.remember_days:
        controller = replace(controller, remember_days=0)
        yield controller, None
    if controller.offer_login:
        yield replace(controller, offer_login=False), None


def _information(
    settings: Settings,
    language: Language,
    embed: Embed,
    controller_id: str,
    controller: Controller,
    server: str,
    operator: Company,
) -> Information:
    return Information(
        language,
        embed.record,
        operator,
        controller_id,
        controller,
        server,
        on_own_host=settings.is_own_server(server, operator, controller_id),
        kind=embed.kind_record,
        statements=settings.platform(embed.platform),
        site_language=settings.site.language,
    )


def _gate(
    settings: Settings,
    information: Information,
    embed: Embed,
    *,
    nth: int,
    title: str = "",
    alternative: str | None = None,
    level: int = USUAL_LEVEL,
    picture: Picture | None = None,
) -> _Gate:
    language = information.language
    token = sign_embed_token(embed, settings)
    kind = kind_of(embed.record, embed.kind_record.shown_as, language)
    return _Gate(
        embed,
        information,
        name=f"shariff-{hashlib.sha256(token.encode()).hexdigest()[:10]}-{nth}",
        token=token,
        title=shortened(title, TITLE_BYTES),
        kind=kind,
        label=f"{kind}: {shortened(title, LABEL_BYTES)}" if title else kind + (f" ({nth})" if nth > 1 else ""),
        alternative=_alternative(settings, information.named_controller, alternative),
        original=reachable(settings, embed.address),
        links=_links(settings, information),
        stand_in=embed.frame_host in settings.stand_in,
        level=min(max(level, 1), 6),
        picture=Picture(picture.address, shortened(picture.text, TITLE_BYTES)) if picture is not None else None,
        unfolded=settings.gate.information == "whole",
        arrangement=own_or_open(settings, information.statements.joint_control.url) if information.is_joint else "",
    )


def _links(settings: Settings, information: Information) -> tuple[tuple[str, str], ...]:
    links = [
        (own_or_open(settings, information.named_controller.privacy_url), information.say("gate.privacy")),
        (contact(settings, information.named_controller.contact_url), information.say("gate.contact")),
    ]
    return tuple((address, label) for address, label in links if address)


def _rendered(settings: Settings, language: Language, parts: _Gate, *, quoted: bool) -> tuple[Markup, Markup]:
    element = partial(widget_element, settings)
    head = render("gate_head.html", language, gate=parts, quoted=quoted, element=element)
    origin = settings.frame.isolated_origin if parts.embed.kind_record.script is not None else ""
    prefix = settings.frame.prefix
    return head, render("gate_tail.html", language, gate=parts, origin=origin, prefix=prefix, quoted=quoted)


def _alternative(settings: Settings, controller: Controller, wanted: str | None) -> str:
    return own_or_open(settings, wanted) or own_or_open(settings, controller.alternative_url)
