"""What is done with each element of a page: the selectors, and what stands in an element's place afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from markupsafe import Markup

from shariff_py.errors import AddressRefused, EmbedRefused
from shariff_py.gate.findings import Finding, Outcome
from shariff_py.gate.inline import GAP
from shariff_py.gate.source import written_back
from shariff_py.markup.gate import gate, gate_parts, link_instead
from shariff_py.markup.share import share_link
from shariff_py.platforms.recognition import (
    Embed,
    embed_of,
    embed_of_frame,
    kind_of_frame,
    kind_of_markup,
    refuse_retired,
)
from shariff_py.platforms.record import EmbedKind, Platform
from shariff_py.platforms.register import REGISTER, platform_of
from shariff_py.settings.model import Settings
from shariff_py.texts import LANGUAGES, Language, language
from shariff_py.urls import NOWHERE, Address, parse

FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
"""Elements that show a document, and the attribute that names it."""

FETCHES = {"script": "src", "link": "href", "img": "src"}
"""Elements that fetch something the moment the page is read, and the attribute that names it. They go, whatever they are."""

SIZES = ("width", "height")

ASLEEP = frozenset(
    {
        "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "select", "style", "template", "textarea", "title",
        "xmp",
    }
)  # fmt: skip
"""Elements whose content is text, or inert. Taking off their tags would bring it to life."""

NO_WIDGETS = frozenset({"html", "head", "body", *FRAMES, *FETCHES}) | ASLEEP
"""Elements of which a class name makes no widget."""

IN_A_FORM = "A gate is a form, and a form inside a form is none; so there is a link."


class Element(Protocol):
    """The part of the rewriter's handle that is used here."""

    @property
    def tag(self) -> str: ...
    @property
    def attrs(self) -> tuple[tuple[str, str | None], ...]: ...
    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...
    def replace(self, content: str, /, *, html: bool = False) -> None: ...
    def remove_and_keep_content(self) -> None: ...


Handler = Callable[[Element], None]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What every pass over one page is given, see `gate_html`. ``base`` is what relative addresses refer to."""

    settings: Settings
    language_tag: str | None
    base: str
    controller: str | None
    numbers: Iterator[int]
    references: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece of a platform's embed code on the page: the element, what it is called in the findings, where it stands."""

    element: Element
    platform: Platform
    name: str
    in_paragraph: bool
    in_form: bool


class Pass:
    """One pass over one page, and what it found so far."""

    def __init__(self, given: Circumstances) -> None:
        self.given = given
        self.settings = given.settings
        fallback = given.settings.site.language
        self.language: Language = language(given.language_tag or fallback, fallback)
        self.findings: list[Finding] = []
        self._inside: set[str] = set()

    def handlers(self) -> Iterator[tuple[str, Handler]]:
        """Selectors and what is done with each match. Of those that match one element the earlier is called first."""
        if self.given.language_tag is None:
            yield "html[lang]", self._on_language
        for ancestor in ("p", "form"):
            selectors = [*FRAMES, *_markup_selectors()]
            yield ",".join(f"{ancestor} {selector}" for selector in selectors), self._noting(ancestor)
        yield ",".join(FRAMES), self._on_frame
        yield ",".join(f"{tag}[{attribute}]" for tag, attribute in FETCHES.items()), self._on_fetch
        yield ",".join(_markup_selectors()), self._on_markup
        yield ",".join(f"[id={name}]" for name in sorted(_roots())), self._on_root

    def _noting(self, ancestor: str) -> Handler:
        def note(element: Element) -> None:
            self._inside.add(ancestor)

        return note

    def _found(self, element: Element, platform: Platform, name: str, inside: set[str]) -> _Found:
        # A paragraph is closed by the tags of SDK markup already; only what is written as text-level is still inside it.
        return _Found(element, platform, name, "p" in inside and element.tag in FRAMES, "form" in inside)

    def _on_language(self, element: Element) -> None:
        tag = _attributes(element)["lang"]
        if tag.replace("_", "-").lower().split("-")[0] in LANGUAGES:
            self.language = language(tag, self.settings.site.language)

    def _on_frame(self, element: Element) -> None:
        inside, self._inside = self._inside, set()
        parts, platform = self._target(element, FRAMES[element.tag])
        if parts is None or platform is None:
            return
        found = self._found(element, platform, element.tag, inside)
        kind = kind_of_frame(platform, parts)
        if kind is None:
            address = f"{parts.origin}{parts.path}"
            self._link(found, "", address, "Nothing we know is served at this address.")
        elif kind.becomes == "gate":
            given = _attributes(element)
            sizes = {name: given[name] for name in SIZES if name in given}
            self._gate(found, kind, partial(embed_of_frame, platform, kind, parts, sizes))
        else:
            self._replace(found, kind, parts.parameters.get("href", ""))

    def _on_markup(self, element: Element) -> None:
        inside, self._inside = self._inside, set()
        given = _attributes(element)
        classes = frozenset(given.get("class", "").split())
        for platform in REGISTER.values():
            kind = kind_of_markup(platform, element.tag, classes)
            if kind is None or not _is_widget(element.tag, given, kind):
                continue
            name = next(iter(sorted(classes & kind.classes)), element.tag)
            found = self._found(element, platform, name, inside)
            href = given.get("data-href") or (given.get("href", "") if element.tag in kind.tags else "")
            if kind.becomes == "gate":
                options = {p.name: given[p.attribute] for p in kind.parameters if p.attribute in given}
                self._gate(found, kind, partial(embed_of, platform, kind, href, options))
            else:
                self._replace(found, kind, href)
            return

    def _on_root(self, element: Element) -> None:
        name = _attributes(element)["id"]
        platform = next(record for record in REGISTER.values() if name in record.root_elements)
        _unwrap(element)
        self._note(Outcome.REMOVED, platform, f"{element.tag}#{name}")

    def _on_fetch(self, element: Element) -> None:
        parts, platform = self._target(element, FETCHES[element.tag])
        if parts is None or platform is None:
            return
        address = f"{parts.origin}{parts.path}"
        element.replace(GAP, html=True)
        self._note(Outcome.REMOVED, platform, element.tag, address=address, note="It would be fetched without asking.")

    def _target(self, element: Element, attribute: str) -> tuple[Address | None, Platform | None]:
        address = _attributes(element).get(attribute, "")
        parts = parse(address.strip(), self.given.base) if address else None
        return parts, platform_of(parts.host) if parts else None

    def _gate(self, found: _Found, kind: EmbedKind, recognised: Callable[[], Embed]) -> None:
        """The placeholder around what stands inside the element; a link where no gate may be."""
        try:
            embed = recognised()
        except EmbedRefused as refused:
            self._remove(found, kind.name, refused.address, refused.reason)
            return
        closed = self._closed(found.platform)
        if closed is not None or found.in_form:
            why = LANGUAGES["en"].say(closed, platform=found.platform.title) if closed else IN_A_FORM
            self._link(found, kind.name, embed.address, why)
            return
        controller, number = self.given.controller, next(self.given.numbers)
        if found.element.tag in FRAMES:
            head, tail = gate(self.settings, self.language, embed, controller=controller, nth=number), Markup("")
        else:
            head, tail = gate_parts(self.settings, self.language, embed, controller=controller, nth=number)
        self._surround(found, head, tail)
        self._note(Outcome.GATED, found.platform, found.name, kind.name, embed.address)

    def _replace(self, found: _Found, kind: EmbedKind, href: str) -> None:
        """A share button becomes a share link, a retired kind goes."""
        if kind.becomes == "share":
            target = parse(href, self.given.base) if href else parse(self.given.base)
            if target is not None and self._shared(found, kind, target):
                return
        try:
            refuse_retired(found.platform, kind, href)
        except EmbedRefused as refused:
            self._remove(found, kind.name, href, refused.reason)

    def _shared(self, found: _Found, kind: EmbedKind, target: Address) -> bool:
        unknown = parse(NOWHERE)
        if not self.settings.policy.may_share(found.platform) or (unknown and target.host == unknown.host):
            return False
        address = f"{target.origin}{target.path}" + (f"?{target.query}" if target.query else "")
        try:
            link = share_link(self.settings, self.language, found.platform, url=address)
        except AddressRefused:
            return False
        found.element.replace(self._written(link), html=True)
        self._note(Outcome.SHARED, found.platform, found.name, kind.name, address)
        return True

    def _remove(self, found: _Found, kind: str, address: str, note: str) -> None:
        _unwrap(found.element)
        self._note(Outcome.REMOVED, found.platform, found.name, kind, address, note)

    def _link(self, found: _Found, kind: str, address: str, note: str) -> None:
        link = link_instead(
            self.settings,
            self.language,
            address=address,
            platform_title=found.platform.title,
            reason_key=self._closed(found.platform) or "closed.refused",
        )
        self._surround(found, link, "")
        self._note(Outcome.LINKED, found.platform, found.name, kind, address, note)

    def _surround(self, found: _Found, head: str, tail: str) -> None:
        """Put our fragments around what stands inside the element, in place of its tags.

        Our fragments are blocks; inside ``<p>`` a browser would tear them apart, so the paragraph is closed and opened again.
        """
        head, tail = self._written(head), self._written(tail)
        if found.in_paragraph:
            head, tail = f"</p>{head}", f"{tail}<p>"
        if found.element.tag in ASLEEP or found.element.tag in FRAMES:
            found.element.replace(head + tail, html=True)
        else:
            found.element.before(head, html=True)
            found.element.after(tail or GAP, html=True)
            found.element.remove_and_keep_content()

    def _written(self, fragment: str) -> str:
        return fragment.encode("ascii", "xmlcharrefreplace").decode() if self.given.references else str(fragment)

    def _closed(self, platform: Platform) -> str | None:
        return self.settings.policy.reason_closed(platform, self.given.controller)

    def _note(
        self, outcome: Outcome, platform: Platform, found: str, kind: str = "", address: str = "", note: str = ""
    ) -> None:
        self.findings.append(Finding(outcome, platform.name, found, kind, address, note))


def _markup_selectors() -> list[str]:
    kinds = [kind for platform in REGISTER.values() for kind in platform.embeds]
    classes = {f".{name}" for kind in kinds for name in kind.classes}
    tags = {tag.replace(":", "\\:") for kind in kinds for tag in kind.tags}
    return sorted(classes) + sorted(tags)


def _roots() -> set[str]:
    return {name for platform in REGISTER.values() for name in platform.root_elements}


def _is_widget(tag: str, attributes: dict[str, str], kind: EmbedKind) -> bool:
    """Whether the SDK would make something of the element: by its tag, or by its class together with ``data-`` attributes.

    A class name alone may be the site's own: ``<li class="fb-share">`` around an ordinary link stays as it is.
    """
    if tag in kind.tags:
        return True
    return tag not in NO_WIDGETS and any(name.startswith("data-") for name in attributes)


def _unwrap(element: Element) -> None:
    """Take an element away and keep what stands inside it, unless that is text, inert, or a frame's fallback."""
    if element.tag in ASLEEP or element.tag in FRAMES:
        element.replace(GAP, html=True)
    else:
        element.before(GAP, html=True)
        element.after(GAP, html=True)
        element.remove_and_keep_content()


def _attributes(element: Element) -> dict[str, str]:
    """The element's attributes by lower-case name, as the page wrote them; of a repeated one the first counts, as in browsers."""
    found: dict[str, str] = {}
    for name, value in element.attrs:
        found.setdefault(name, written_back(value or ""))
    return found
