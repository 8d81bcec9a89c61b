"""The rewriter: one streaming pass over a page that turns a platform's embed code into our placeholder.

Nothing is decided on source text: the tokenizer gives elements and attribute values as a browser sees them, addresses go through a
browser's URL parser, and what is put in their place is rebuilt from the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Protocol

from markupsafe import Markup
from turbohtml.rewrite import rewrite

from shariff_py.errors import AddressRefused, EmbedRefused
from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.inline import without_loaders
from shariff_py.gate.source import ends_inside_a_tag, written_back, written_for_the_pass
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
from shariff_py.urls import Address, parse

NOWHERE = "https://page.invalid/"
"""What relative addresses refer to on a page whose own address is not known."""

END = "shariff-end"
PROBE = f"<{END}>"
"""A tag put behind the page's last byte. Where the pass never meets it, the page ended inside something unfinished: a comment or a
script keeps it as text (and it is taken off again), an unfinished tag has swallowed it."""

FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
"""Elements that show a document, and the attribute that names it."""

FETCHES = {"script": "src", "link": "href", "img": "src"}
"""Elements that fetch something the moment the page is read, and the attribute that names it. They go, whatever they are."""


SIZES = ("width", "height")

RAW_TEXT = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"}
)
"""Elements whose content is text to the tokenizer. Taking off their tags would bring that text to life as markup."""


class Element(Protocol):
    """The part of the rewriter's handle that is used here."""

    @property
    def tag(self) -> str: ...
    @property
    def attrs(self) -> tuple[tuple[str, str | None], ...]: ...
    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...
    def replace(self, content: str, /, *, html: bool = False) -> None: ...
    def remove(self) -> None: ...
    def remove_and_keep_content(self) -> None: ...


def gate_html(
    html: str,
    settings: Settings,
    *,
    language_tag: str | None = None,
    page: str = "",
    controller: str | None = None,
    numbers: Iterator[int] | None = None,
) -> Gated:
    """Gate a page or a fragment: every platform's embed code in it becomes a placeholder, everything else stays byte for byte.

    ``language_tag`` is the language of the placeholders (default: the page's own ``lang``, else the site's). ``page`` is the page's
    own address; relative addresses and share buttons that name none refer to it. ``controller`` names who answers for the page.
    ``numbers`` count the gates of a page that is gated piece by piece, so that all its frames have names of their own.

    A tag left unfinished at the very end is dropped, as browsers do: in a fragment it would swallow what follows it.
    Raises `ConfigurationError` only; no input makes it fail.
    """
    source, loaders = without_loaders(written_for_the_pass(html))
    work = _Pass(settings, language_tag, page or settings.site.origin or NOWHERE, controller, numbers or count(1))
    rewritten = rewrite(f"{source}{PROBE}", elements=list(work.handlers()))
    if not work.reached_end:
        if ends_inside_a_tag(source):
            work.note_unfinished()
        rewritten = rewritten.removesuffix(PROBE)
    findings = (*loaders, *work.findings)
    return Gated(written_back(rewritten) if findings else html, findings)


class _Pass:
    """One pass over one page: what it found so far, and the numbers of the gates it writes."""

    def __init__(
        self, settings: Settings, language_tag: str | None, base: str, controller: str | None, numbers: Iterator[int]
    ) -> None:
        self.settings = settings
        self.policy = settings.policy
        self.base = base
        self.controller = controller
        self.fixed_language = language_tag is not None
        self.language: Language = language(language_tag or settings.site.language, settings.site.language)
        self.findings: list[Finding] = []
        self.reached_end = False
        self.in_paragraph = False
        self.numbers = numbers

    def handlers(self) -> Iterator[tuple[str, Callable[[Element], None]]]:
        """Selectors and what is done with each match, in this order."""
        if not self.fixed_language:
            yield "html[lang]", self.on_language
        yield ",".join(f"p {tag}" for tag in FRAMES), self.on_paragraph
        yield ",".join(FRAMES), self.on_frame
        yield ",".join(f"{tag}[{attribute}]" for tag, attribute in FETCHES.items()), self.on_fetch
        for platform in REGISTER.values():
            yield from self._markup_of(platform)
        yield END, self.on_end

    def _markup_of(self, platform: Platform) -> Iterator[tuple[str, Callable[[Element], None]]]:
        classes = sorted(f".{name}" for kind in platform.embeds for name in kind.classes)
        tags = sorted(tag.replace(":", "\\:") for kind in platform.embeds for tag in kind.tags)
        if classes or tags:
            yield ",".join([*classes, *tags]), lambda element: self.on_markup(platform, element)
        if platform.root_elements:
            selector = ",".join(f"[id={name}]" for name in sorted(platform.root_elements))
            yield selector, lambda element: self.on_root(platform, element)

    def on_language(self, element: Element) -> None:
        tag = _attributes(element)["lang"]
        if tag.replace("_", "-").lower().split("-")[0] in LANGUAGES:
            self.language = language(tag, self.settings.site.language)

    def on_paragraph(self, element: Element) -> None:
        self.in_paragraph = True

    def on_end(self, element: Element) -> None:
        self.reached_end = True
        element.remove()

    def on_frame(self, element: Element) -> None:
        in_paragraph, self.in_paragraph = self.in_paragraph, False
        parts, platform = self._target(element, FRAMES[element.tag])
        if parts is None or platform is None:
            return
        kind = kind_of_frame(platform, parts)
        found = element.tag
        if kind is None:
            address = f"{parts.origin}{parts.path}"
            self._link(element, platform, found, address, "Nothing we know is served at this address.", in_paragraph)
        elif kind.becomes == "gate":
            given = _attributes(element)
            options = {name: given[name] for name in SIZES if name in given}
            self._gate(
                element, platform, kind, found, lambda: embed_of_frame(platform, kind, parts, options), in_paragraph
            )
        else:
            self._replace(element, platform, kind, found, parts.parameters.get("href", ""))

    def on_markup(self, platform: Platform, element: Element) -> None:
        given = _attributes(element)
        kind = kind_of_markup(platform, element.tag, frozenset(given.get("class", "").split()))
        if kind is None:
            return
        found = next((name for name in given.get("class", "").split() if name in kind.classes), element.tag)
        href = given.get("data-href") or given.get("href", "")
        if kind.becomes != "gate":
            self._replace(element, platform, kind, found, href)
            return
        options = {p.name: given[p.attribute] for p in kind.parameters if p.attribute in given}
        try:
            embed = embed_of(platform, kind, href, options)
        except EmbedRefused as refused:
            self._remove(element, platform, found, kind.name, href, refused.reason)
            return
        if self._closed(platform):
            element.before(self._instead(platform, embed.address), html=True)
            _unwrap(element)
            self._note(Outcome.LINKED, platform, found, kind.name, embed.address, f"{platform.title} is not released.")
            return
        head, tail = gate_parts(self.settings, self.language, embed, controller=self.controller, nth=next(self.numbers))
        element.before(head, html=True)
        element.after(tail, html=True)
        _unwrap(element)
        self._note(Outcome.GATED, platform, found, kind.name, embed.address)

    def on_root(self, platform: Platform, element: Element) -> None:
        _unwrap(element)
        self._note(Outcome.REMOVED, platform, f"{element.tag}#{_attributes(element)['id']}")

    def on_fetch(self, element: Element) -> None:
        parts, platform = self._target(element, FETCHES[element.tag])
        if parts is None or platform is None:
            return
        address = f"{parts.origin}{parts.path}"
        element.remove()
        self._note(Outcome.REMOVED, platform, element.tag, address=address, note="It would be fetched without asking.")

    def note_unfinished(self) -> None:
        """Record that the page ended in an unfinished tag, which was dropped."""
        self.findings.append(
            Finding(Outcome.DROPPED, "", "unfinished tag", note="The text ends inside it; browsers drop it, too.")
        )

    def _target(self, element: Element, attribute: str) -> tuple[Address | None, Platform | None]:
        address = _attributes(element).get(attribute, "")
        parts = parse(address.strip(), self.base) if address else None
        return parts, platform_of(parts.host) if parts else None

    def _gate(
        self,
        element: Element,
        platform: Platform,
        kind: EmbedKind,
        found: str,
        recognised: Callable[[], Embed],
        in_paragraph: bool,
    ) -> None:
        try:
            embed = recognised()
        except EmbedRefused as refused:
            self._remove(element, platform, found, kind.name, refused.address, refused.reason)
            return
        if self._closed(platform):
            self._link(element, platform, found, embed.address, f"{platform.title} is not released.", in_paragraph)
            return
        placeholder = gate(self.settings, self.language, embed, controller=self.controller, nth=next(self.numbers))
        element.replace(_outside_paragraph(placeholder, in_paragraph), html=True)
        self._note(Outcome.GATED, platform, found, kind.name, embed.address)

    def _replace(self, element: Element, platform: Platform, kind: EmbedKind, found: str, href: str) -> None:
        """A retired kind goes; a share button becomes a share link."""
        if kind.becomes == "share" and self.policy.may_share(platform):
            target = parse(href, self.base) if href else parse(self.base)
            if target is not None and self._shared(element, platform, kind, found, target):
                return
        try:
            refuse_retired(platform, kind, href)
        except EmbedRefused as refused:
            self._remove(element, platform, found, kind.name, href, refused.reason)

    def _shared(self, element: Element, platform: Platform, kind: EmbedKind, found: str, target: Address) -> bool:
        address = f"{target.origin}{target.path}" + (f"?{target.query}" if target.query else "")
        try:
            link = share_link(self.settings, self.language, platform, url=address)
        except AddressRefused:
            return False
        element.replace(link, html=True)
        self._note(Outcome.SHARED, platform, found, kind.name, address)
        return True

    def _remove(self, element: Element, platform: Platform, found: str, kind: str, address: str, note: str) -> None:
        _unwrap(element)
        self._note(Outcome.REMOVED, platform, found, kind, address, note)

    def _link(
        self, element: Element, platform: Platform, found: str, address: str, note: str, in_paragraph: bool
    ) -> None:
        element.replace(_outside_paragraph(self._instead(platform, address), in_paragraph), html=True)
        self._note(Outcome.LINKED, platform, found, address=address, note=note)

    def _closed(self, platform: Platform) -> str | None:
        return self.policy.reason_closed(platform, self.controller)

    def _instead(self, platform: Platform, address: str) -> Markup:
        return link_instead(
            self.settings,
            self.language,
            address=address,
            platform_title=platform.title,
            reason_key=self._closed(platform) or "closed.refused",
        )

    def _note(
        self, outcome: Outcome, platform: Platform, found: str, kind: str = "", address: str = "", note: str = ""
    ) -> None:
        self.findings.append(Finding(outcome, platform.name, found, kind, address, note))


def _unwrap(element: Element) -> None:
    """Take an element away and keep what stands inside it, unless that is raw text or a frame's fallback."""
    if element.tag in RAW_TEXT or element.tag in FRAMES:
        element.remove()
    else:
        element.remove_and_keep_content()


def _attributes(element: Element) -> dict[str, str]:
    """The element's attributes by lower-case name, as the page wrote them; of a repeated one the first counts, as in browsers."""
    found: dict[str, str] = {}
    for name, value in element.attrs:
        found.setdefault(name, written_back(value or ""))
    return found


def _outside_paragraph(fragment: Markup, in_paragraph: bool) -> str:
    """A placeholder is a block; inside ``<p>`` a browser would tear it apart, so the paragraph is closed and opened again."""
    return f"</p>{fragment}<p>" if in_paragraph else fragment
