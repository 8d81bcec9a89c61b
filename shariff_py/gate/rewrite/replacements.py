"""What stands in place of a platform's content afterwards: a gate, a share link, an ordinary link, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup

from shariff_py.consent_ui.gate import gate, gate_parts, link_instead
from shariff_py.consent_ui.share import share_link
from shariff_py.errors import AddressRefused, EmbedRefused
from shariff_py.gate.browser_rules.loading_attributes import REPLACED
from shariff_py.gate.findings import Outcome
from shariff_py.gate.rewrite.byte_fidelity import written_back
from shariff_py.gate.rewrite.context import Page
from shariff_py.platforms.recognition import Embed, refuse_retired
from shariff_py.platforms.record import EmbedKind, Platform
from shariff_py.settings.model import Settings
from shariff_py.texts import LANGUAGES
from shariff_py.urls import NOWHERE, Address, parse

GAP = "<!---->"
"""What stands where something was taken out. Without it the text before and after could grow together into a new tag."""

ASLEEP = frozenset(
    {
        "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "select", "style", "template", "textarea", "title",
        "xmp",
    }
)  # fmt: skip
"""Elements whose content is text, or inert. Taking off their tags would bring it to life."""

FETCHED = "It would be fetched without asking."

IN_A_FORM = "A gate is a form, and a form inside a form is none; so there is a link."


Attributes = tuple[tuple[str, str | None], ...]
"""An element's attributes as the rewriter gives them, in order."""


class Element(Protocol):
    """The part of the rewriter's handle that is used here."""

    @property
    def tag(self) -> str: ...
    @property
    def attrs(self) -> Attributes: ...
    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...
    def replace(self, content: str, /, *, html: bool = False) -> None: ...
    def remove_and_keep_content(self) -> None: ...
    def set_attribute(self, name: str, value: str, /) -> None: ...
    def remove_attribute(self, name: str, /) -> None: ...


class Words(Protocol):
    """The rewriter's handle on a text or a comment."""

    @property
    def text(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a platform's embed code on the page: the element, what it is called in the findings, where it stands."""

    element: Element
    platform: Platform
    name: str
    in_paragraph: bool
    in_form: bool


def place_gate(page: Page, found: Found, kind: EmbedKind, recognised: Callable[[], Embed]) -> None:
    """The placeholder around what stands inside the element; a link where no gate may be."""
    try:
        embed = recognised()
    except EmbedRefused as refused:
        remove(page, found, kind.name, refused.address, refused.reason)
        return
    closed = _closed(page, found.platform)
    if closed is not None or found.in_form:
        why = LANGUAGES["en"].say(closed, platform=found.platform.title) if closed else IN_A_FORM
        place_link(page, found, kind.name, embed.address, why)
        return
    whole = found.element.tag in REPLACED
    head, tail = _placeholder(page.settings, page.language.code, embed, page.controller, page.number(), whole)
    _surround(page, found.element, head, tail, in_paragraph=found.in_paragraph)
    page.note(Outcome.GATED, found.platform, found.name, kind.name, embed.address)


def place_other(page: Page, found: Found, kind: EmbedKind, href: str) -> None:
    """A share button becomes a share link, a retired kind goes."""
    if kind.becomes == "share":
        target = parse(href, page.base) if href else parse(page.base)
        if target is not None and _shared(page, found, kind, target):
            return
    try:
        refuse_retired(found.platform, kind, href)
    except EmbedRefused as refused:
        remove(page, found, kind.name, href, refused.reason)


def place_link(page: Page, found: Found, kind: str, address: str, note: str) -> None:
    """An ordinary link, with the reason."""
    link = link_instead(
        page.settings,
        page.language,
        address=address,
        platform_title=found.platform.title,
        reason_key=_closed(page, found.platform) or "unavailable.refused",
    )
    _surround(page, found.element, link, "", in_paragraph=found.in_paragraph)
    page.note(Outcome.LINKED, found.platform, found.name, kind, address, note)


def place_unknown(page: Page, element: Element, parts: Address, *, in_paragraph: bool) -> None:
    """An ordinary link in place of a frame of a host that nobody has released."""
    address = f"{parts.origin}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    link = link_instead(
        page.settings, page.language, address=address, platform_title="", reason_key="unavailable.unknown"
    )
    _surround(page, element, link, "", in_paragraph=in_paragraph)
    page.note(Outcome.LINKED, None, element.tag, "", f"{parts.origin}{parts.path}", "Its host is not released here.")


def remove(page: Page, found: Found, kind: str, address: str, note: str) -> None:
    """Nothing in its place; what stands inside it stays."""
    unwrap(found.element)
    page.note(Outcome.REMOVED, found.platform, found.name, kind, address, note)


def take(page: Page, element: Element, platform: Platform, address: str) -> None:
    """Nothing in place of an element that is nothing without what it fetches."""
    element.replace(GAP, html=True)
    page.note(Outcome.REMOVED, platform, element.tag, address=page.shown(address), note=FETCHED)


def unwrap(element: Element) -> None:
    """Take an element away and keep what stands inside it, unless that is text, inert, or a frame's fallback."""
    if element.tag in ASLEEP or element.tag in REPLACED:
        element.replace(GAP, html=True)
    else:
        element.before(GAP, html=True)
        element.after(GAP, html=True)
        element.remove_and_keep_content()


def by_name(given: Attributes, values: str) -> dict[str, str]:
    """An element's attributes by lower-case name, as the page wrote them; of a repeated one the first counts, as in browsers.

    ``values`` are all their values in one text.
    """
    named = {name: value or "" for name, value in reversed(given)}
    return {name: written_back(value) for name, value in named.items()} if "\f" in values else named


@lru_cache(maxsize=512)
def _placeholder(
    settings: Settings, code: str, embed: Embed, controller: str | None, number: int, whole: bool
) -> tuple[Markup, Markup]:
    """Head and tail of a placeholder. Kept, because the same pages are gated again and again and the same in gives the same out."""
    if whole:
        return gate(settings, LANGUAGES[code], embed, controller=controller, nth=number), Markup("")
    return gate_parts(settings, LANGUAGES[code], embed, controller=controller, nth=number)


def _shared(page: Page, found: Found, kind: EmbedKind, target: Address) -> bool:
    unknown = parse(NOWHERE)
    if not page.settings.policy.may_share(found.platform) or (unknown and target.host == unknown.host):
        return False
    address = f"{target.origin}{target.path}" + (f"?{target.query}" if target.query else "")
    try:
        link = share_link(page.settings, page.language, found.platform, url=address)
    except AddressRefused:
        return False
    found.element.replace(page.written(link), html=True)
    page.note(Outcome.SHARED, found.platform, found.name, kind.name, address)
    return True


def _surround(page: Page, element: Element, head: str, tail: str, *, in_paragraph: bool) -> None:
    """Put our fragments around what stands inside the element, in place of its tags.

    Our fragments are blocks; inside ``<p>`` a browser would tear them apart, so the paragraph is closed and opened again.
    """
    head, tail = page.written(head), page.written(tail)
    if in_paragraph:
        head, tail = f"</p>{head}", f"{tail}<p>"
    if element.tag in ASLEEP or element.tag in REPLACED:
        element.replace(head + tail, html=True)
    else:
        element.before(head, html=True)
        element.after(tail or GAP, html=True)
        element.remove_and_keep_content()


def _closed(page: Page, platform: Platform) -> str | None:
    return page.settings.policy.unavailable_reason(platform, page.controller, page.place)
