"""What is done with each element of a page: which are looked at, and what of them may stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from shariff_py.gate.browser_rules.data_urls import written_in
from shariff_py.gate.browser_rules.loading_attributes import (
    FRAMES,
    LAZY,
    LOOK_UPS,
    WHOLE,
    leads_away,
    quiet_link,
)
from shariff_py.gate.detect.prefilter import Place, Places, clean, occurrences
from shariff_py.gate.detect.widget_markup import EMBEDS, LOOKED_AT, RAW, ROOTS, STEMS, TAG_SELECTORS, WIDGETS, selector
from shariff_py.gate.findings import Gated, Outcome
from shariff_py.gate.rewrite.attribute_rules import empty, look_at_attributes, report_unknown
from shariff_py.gate.rewrite.context import Page
from shariff_py.gate.rewrite.raw_text_elements import loaded_by, loads
from shariff_py.gate.rewrite.replacements import (
    ASLEEP,
    FETCHED,
    GAP,
    Attributes,
    Element,
    Found,
    Words,
    by_name,
    place_gate,
    place_link,
    place_other,
    place_unknown,
    remove,
    take,
)
from shariff_py.platforms.recognition import embed_of, embed_of_frame, kind_of_frame
from shariff_py.platforms.record import EmbedKind, Platform
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.urls import Address

SIZES = ("width", "height")

NO_WIDGETS = frozenset({"html", "head", "body", *FRAMES, *WHOLE}) | ASLEEP
"""Elements of which a class name makes no widget."""

FRAME_SELECTORS = ",".join(FRAMES)

OF_THE_PAGE = ("html", "base")
"""Elements that say what holds for all of the page."""

MATTERING = frozenset({"html", "frame", *FRAMES, *WIDGETS})
"""Elements that are looked at whatever their attributes say."""

MARK = re.compile("|".join(map(re.escape, (*STEMS, LOOK_UPS))))

LOOKED_UP = "It lets browsers look up the names of ordinary links before anybody follows them."
UNJUDGED = "Browsers may read something else in its address than can be judged here."

Handler = Callable[[Element], None]
WordsHandler = Callable[[Words], None]
GateFragment = Callable[[str], Gated]


class Judged(NamedTuple):
    """Why something may not stay, and the platform where one is known."""

    platform: Platform | None
    note: str


class _Selectors(NamedTuple):
    """What selects the elements at some places: any of them, the frames, what may stand open around others; and the places by tag and
    attribute.
    """

    any_place: str
    frames: str
    around: tuple[str, ...]
    marked: Mapping[tuple[str, str], Sequence[Place]]


@lru_cache(maxsize=256)
def _selectors(places: frozenset[Place]) -> _Selectors:
    """Kept, because most pages of a site hold the same kinds of content."""
    marked: dict[tuple[str, str], list[Place]] = {}
    for place in sorted(places):
        marked.setdefault((place.tag, place.attribute), []).append(place)
    by_selector = {selector(*place): place.tag for place in sorted(places)}
    frames = ",".join(here for here, tag in by_selector.items() if tag in FRAMES)
    around = tuple(here for here, tag in by_selector.items() if tag not in RAW)
    return _Selectors(",".join(by_selector), frames, around, marked)


class Pass:
    """One pass over one page. ``gate_fragment`` gates markup that stands inside an attribute; its findings go to the page.

    ``met`` names elements that want a closer look afterwards, ``counted`` and ``elsewhere`` count the words of platforms as
    `Places` does.
    """

    def __init__(self, page: Page, gate_fragment: GateFragment) -> None:
        self.page = page
        self.met: set[str] = set()
        self.counted: Counter[Place] = Counter()
        self.elsewhere = 0
        self._gate_fragment = gate_fragment
        self._inside: set[str] = set()
        self._marked: Mapping[tuple[str, str], Sequence[Place]] = {}

    def handlers(self, places: frozenset[Place] | None = None) -> Iterator[tuple[str, Handler]]:
        """Selectors and what is done with each match. Of those that match one element the earlier is called first.

        With ``places`` only what stands there is looked at, and what matters in any case.
        """
        if places is None:
            yield f"p :is({FRAME_SELECTORS})", partial(self._noting, "p")
            yield f"form :is({','.join((EMBEDS, *TAG_SELECTORS))})", partial(self._noting, "form")
            yield "*", self.on_element
            return
        chosen = _selectors(places)
        self._marked = chosen.marked
        if chosen.frames:
            yield f"p :is({chosen.frames})", partial(self._noting, "p")
        if chosen.any_place:
            yield f"form :is({chosen.any_place})", partial(self._noting, "form")
        yield ",".join(filter(None, (*OF_THE_PAGE, chosen.any_place))), self._on_place

    def on_words(self, met: Words) -> None:
        """Count what stands in a text or a comment, if it is nothing but words there for every parser."""
        text = met.text or ""
        found = occurrences(text)
        if found and "<" not in text and not loads(text) and self.page.platform_in(text)[0] == text:
            self.elsewhere += found

    def came_by(self, places: Places) -> bool:
        """Whether each of these places was met, as often as the text tells, and nothing else."""
        return self.elsewhere == places.elsewhere and all(
            self.counted[place] == places.counted[place] for place in places.marked
        )

    def open_at(self, end: str, places: frozenset[Place]) -> str:
        """A selector for an element of that name inside one that stands at a place."""
        return ",".join(f"{around} {end}" for around in _selectors(places).around)

    def _noting(self, ancestor: str, element: Element) -> None:
        self._inside.add(ancestor)

    def on_element(self, element: Element) -> None:
        """Look at one element, and change what may not stay."""
        tag, given = element.tag, element.attrs
        if tag in LOOKED_AT:
            self.met.add(tag)
        inside = frozenset(self._inside)
        if inside:
            self._inside.clear()
        if given or tag in MATTERING:
            self._judge(element, tag, given, inside)

    def _on_place(self, element: Element) -> None:
        tag, given = element.tag, element.attrs
        for name, value in given:
            for place in self._marked.get((tag, name), ()):
                self.counted[place] += (value or "").lower().count(place.words)
        inside = frozenset(self._inside)
        self._inside.clear()
        self._judge(element, tag, given, inside)

    def _judge(self, element: Element, tag: str, given: Attributes, inside: frozenset[str]) -> None:
        values = " ".join([value for _, value in given if value])
        away = leads_away(values)
        if away or tag in MATTERING or MARK.search(values):
            self._look(element, tag, by_name(given, values), inside, away=away)

    def _look(self, element: Element, tag: str, given: dict[str, str], inside: frozenset[str], *, away: bool) -> None:
        if tag == "html":
            self.page.follow(given.get("lang", ""))
        if tag == "frame":
            self._frame_of_set(element, given)
        elif tag in FRAMES:
            if self._frame(element, given, inside):
                return
        elif (tag == "meta" and self._look_ups(element, given)) or (
            self._widget(element, given, inside) or (away and self._whole(element, given)) or self._root(element, given)
        ):
            return
        if away:
            look_at_attributes(self.page, element, given)

    def _frame(self, element: Element, given: dict[str, str], inside: frozenset[str]) -> bool:
        """A frame that shows a platform's document, wherever its address stands by now; whether it was replaced."""
        own = given.get(FRAMES[element.tag], "")
        candidates = [own, *(given[name] for name in LAZY if name in given)]
        for address in candidates:
            parts = self.page.read(address)
            platform = platform_of(parts.host) if parts else None
            if platform is not None and parts is not None:
                self._platform_frame(self._found(element, platform, element.tag, inside), parts, given)
                return True
        return (
            self._written_frame(element, own)
            or self._srcdoc(element, given)
            or self._unknown_frame(element, candidates, inside)
        )

    def _platform_frame(self, found: Found, parts: Address, given: dict[str, str]) -> None:
        kind = kind_of_frame(found.platform, parts)
        if kind is None:
            address = f"{parts.origin}{parts.path}"
            place_link(self.page, found, "", address, "Nothing we know is served at this address.")
        elif kind.becomes == "gate":
            sizes = {name: given[name] for name in SIZES if name in given}
            place_gate(self.page, found, kind, partial(embed_of_frame, found.platform, kind, parts, sizes))
        else:
            place_other(self.page, found, kind, parts.parameters.get("href", ""))

    def _look_ups(self, element: Element, given: dict[str, str]) -> bool:
        if given.get("http-equiv", "").strip().lower() != LOOK_UPS or given.get("content", "").strip().lower() == "off":
            return False
        element.replace(GAP, html=True)
        self.page.note(Outcome.REMOVED, None, f"meta[{LOOK_UPS}]", note=LOOKED_UP)
        return True

    def _written_frame(self, element: Element, address: str) -> bool:
        judged = self._written(address)
        if judged is None:
            return False
        element.replace(GAP, html=True)
        self.page.note(Outcome.REMOVED, judged.platform, element.tag, note=judged.note)
        return True

    def _frame_of_set(self, element: Element, given: dict[str, str]) -> None:
        """A frame of a frameset, beside which nothing else may stand, whose document is written in its address."""
        judged = self._written(given.get("src", ""))
        if judged is not None:
            empty(self.page, element, "src", judged.platform, "")

    def _written(self, address: str, *, document: bool = True) -> Judged | None:
        """What of a platform is loaded by what is written in an address itself (``data:``, ``javascript:``); ``None`` if nothing.

        A document that browsers may read in another way than it is read here goes as well, unless its very text says that nothing in
        it is of a platform.
        """
        written = written_in(address)
        if not written.text or (document and written.inert):
            return None
        platform = loaded_by(written.text)
        if platform is None and written.scheme == "data":
            findings = self._gate_fragment(written.text).findings
            removed = any(finding.outcome is Outcome.REMOVED for finding in findings)
            css, platform = self.page.platform_in(written.text)
            platform = platform or next((REGISTRY[f.platform] for f in findings if f.platform), None)
            doubtful = removed or css != written.text or not written.judged(document=document)
            if platform is None and doubtful and not clean(f"{address}>"):
                return Judged(None, UNJUDGED)
        return Judged(platform, f"Its address loads {platform.title}.") if platform else None

    def _srcdoc(self, element: Element, given: dict[str, str]) -> bool:
        gated = self._gate_fragment(given["srcdoc"]) if "srcdoc" in given else None
        if gated is not None and gated.findings:
            self.page.findings.extend(gated.findings)
            element.set_attribute("srcdoc", gated.html)
        return False

    def _unknown_frame(self, element: Element, addresses: list[str], inside: frozenset[str]) -> bool:
        if not self.page.reporting:
            return False
        for parts in filter(None, map(self.page.read, addresses)):
            if self.page.unknown(parts):
                if self.page.settings.gate.unknown == "gate":
                    place_unknown(self.page, element, parts, in_paragraph="p" in inside)
                    return True
                report_unknown(self.page, element, parts)
        return False

    def _widget(self, element: Element, given: dict[str, str], inside: frozenset[str]) -> bool:
        """Markup of which a platform's SDK makes a widget."""
        classes = given["class"].split() if "class" in given else ()
        for mark in (element.tag, *classes):
            if mark not in WIDGETS:
                continue
            platform, kind = WIDGETS[mark]
            if not _is_widget(element.tag, given, kind):
                continue
            found = self._found(element, platform, mark, inside)
            href = given.get("data-href") or (given.get("href", "") if element.tag in kind.tags else "")
            if kind.becomes == "gate":
                options = {p.name: value for p in kind.parameters if (value := given.get(p.attribute)) is not None}
                place_gate(self.page, found, kind, partial(embed_of, platform, kind, href, options))
            else:
                place_other(self.page, found, kind, href)
            return True
        return False

    def _found(self, element: Element, platform: Platform, name: str, inside: frozenset[str]) -> Found:
        # A paragraph is closed by the tags of SDK markup already; only what is written as text-level is still inside it.
        return Found(element, platform, name, "p" in inside and element.tag in FRAMES, "form" in inside)

    def _root(self, element: Element, given: dict[str, str]) -> bool:
        platform = ROOTS.get(given.get("id", ""))
        if platform is None:
            return False
        found = Found(element, platform, f"{element.tag}#{given['id']}", in_paragraph=False, in_form=False)
        remove(self.page, found, "", "", "")
        return True

    def _whole(self, element: Element, given: dict[str, str]) -> bool:
        """Elements that are nothing without what they fetch."""
        names = WHOLE.get(element.tag)
        if names is None or (element.tag == "link" and quiet_link(given.get("rel", ""))):
            return False
        for name in (*names, *LAZY):
            address = given.get(name, "")
            platform = self.page.platform(address) if address else None
            if platform is not None:
                take(self.page, element, platform, address)
                return True
            if address and element.tag in {"script", "link"} and self._written_whole(element, address):
                return True
            if address and name in names:
                report_unknown(self.page, element, self.page.read(address))
        if element.tag == "base" and "href" in given:
            self.page.move_base(given["href"])
        return False

    def _written_whole(self, element: Element, address: str) -> bool:
        judged = self._written(address, document=False)
        if judged is None:
            return False
        element.replace(GAP, html=True)
        self.page.note(Outcome.REMOVED, judged.platform, element.tag, note=FETCHED if judged.platform else judged.note)
        return True


def _is_widget(tag: str, given: dict[str, str], kind: EmbedKind) -> bool:
    """Whether the SDK would make something of the element: by its tag, or by its class together with ``data-`` attributes.

    A class name alone may be the site's own: ``<li class="fb-share">`` around an ordinary link stays as it is.
    """
    if tag in kind.tags:
        return True
    return tag not in NO_WIDGETS and any(name.startswith("data-") for name in given)
