"""Whether a pass over a page's elements visited every candidate span, as often as the text says, and nothing else.

If not, an occurrence is where parsers disagree, and the page has to be read element by element.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shariff_py.caches import cached
from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS
from shariff_py.gate.detect.context_tags import Candidate
from shariff_py.gate.detect.embed_placeholders import MEDIA_ELEMENTS
from shariff_py.gate.detect.javascript.content_calls import calls_content
from shariff_py.gate.detect.platform_css import without_platform_urls_anywhere
from shariff_py.gate.detect.prefilter import CandidateSpans, occurrences_in
from shariff_py.gate.detect.script_scan import loads_platform
from shariff_py.gate.detect.widget_markup import MARKED_SELECTORS, MARKER_ATTRIBUTES, selector
from shariff_py.gate.text_bytes import places, text_bytes
from shariff_py.platforms.registry import Table

VisitedElement = tuple[str, Sequence[tuple[str, str | None]]]
"""An element's name and its attributes."""


FRAME_SELECTOR = ",".join(FRAME_ELEMENTS)
TEXT_LEVEL_ELEMENTS = frozenset({*FRAME_ELEMENTS, "script"})
TEXT_LEVEL_SELECTOR = Table(lambda: ",".join((FRAME_SELECTOR, "script", *MARKED_SELECTORS())))
"""What may be written inside a paragraph: frames, scripts, and elements that an attribute marks."""
FRAME_CONTAINERS = tuple(tag for tag in FRAME_ELEMENTS if tag not in RAW_TEXT_ELEMENTS)


class CandidateSelectors(NamedTuple):
    """CSS selectors for the elements of some candidates: all of them, those that may be inside a paragraph, and those that can contain others."""

    all: str
    inline: str
    containers: tuple[str, ...]


def _length(candidates: frozenset[Candidate]) -> int:
    return sum(sum(map(len, candidate)) for candidate in candidates)


@cached("gate.detect.candidate_visits.candidate_selectors", _length)
def candidate_selectors(candidates: frozenset[Candidate]) -> CandidateSelectors:
    """Cached, because most pages of a site contain the same kinds of content."""
    selected = {selector(*candidate): candidate for candidate in sorted(candidates)}
    # What plays a source decides about it.
    playing = MEDIA_ELEMENTS if any(candidate.tag == "source" for candidate in candidates) else ()
    marker_attributes = MARKER_ATTRIBUTES()
    inline = (s for s, one in selected.items() if one.tag in TEXT_LEVEL_ELEMENTS or one.attribute in marker_attributes)
    containers = tuple(s for s, one in selected.items() if one.tag not in RAW_TEXT_ELEMENTS)
    return CandidateSelectors(",".join((*selected, *sorted(playing))), ",".join(inline), containers)


def with_frames(selectors: CandidateSelectors) -> CandidateSelectors:
    """The selectors, and those of every frame."""
    return CandidateSelectors(
        ",".join(filter(None, (selectors.all, FRAME_SELECTOR))),
        ",".join(filter(None, (selectors.inline, FRAME_SELECTOR))),
        (*selectors.containers, *FRAME_CONTAINERS),
    )


class NamingTexts(NamedTuple):
    """The texts and comments of a page that name a platform, and how often all of them do."""

    texts: tuple[str, ...]
    occurrences: int


_BETWEEN = "\0"
"""Between two texts: part of no name, nothing that parsers drop inside one, and in no text that the rewriter passes on."""


def naming_texts(texts: Sequence[str], spans: CandidateSpans) -> NamingTexts:
    """Those of the texts of a page that name a platform."""
    found = [index for index, _ in _found_in(texts, spans.beside)]
    return NamingTexts(tuple(texts[index] for index in sorted(set(found))), len(found))


def _found_in(texts: Sequence[str], beside: Sequence[bytes]) -> list[tuple[int, str]]:
    """The index of each text in which there is something of a platform, and what. All are searched at once: there are very many."""
    if not texts:
        return []
    joined = text_bytes(_BETWEEN.join(texts)).lowered
    ends = list(places(_BETWEEN.encode(), joined))
    return [(bisect_right(ends, place), found) for place, found in occurrences_in(joined, beside)]


def all_visited(spans: CandidateSpans, elements: Iterable[VisitedElement], in_texts: int) -> bool:
    """Whether these elements, and texts and comments with so many occurrences, contain everything that the prefilter found, as often and
    nothing else.

    What looks like a tag to the prefilter may be in a text, so only the sum has to be the same.
    """
    by_attribute = _by_attribute(spans.candidates)
    counted: Counter[Candidate] = Counter()
    values: list[str] = []
    candidates: list[Sequence[Candidate]] = []
    for tag, attributes in elements:
        counted.update(by_attribute.get((tag, ""), ()))
        for name, value in attributes:
            if value and (of_attribute := by_attribute.get((tag, name))):
                values.append(value)
                candidates.append(of_attribute)
    for index, found in _found_in(values, spans.beside):
        counted.update(candidate for candidate in candidates[index] if candidate.text == found)
    if any(counted[candidate] > spans.counted[candidate] for candidate in spans.candidates):
        return False
    in_page = sum(spans.counted[candidate] for candidate in spans.candidates) + spans.outside_tags
    missing = in_page - counted.total()
    return missing == (in_texts if missing else 0)


def is_only_text(text: str, base: str) -> bool:
    """Whether a text that names a platform loads nothing of it, wherever a parser finds it: as text, as a script, as CSS. ``base`` is what
    relative URLs refer to."""
    return (
        "<" not in text
        and not calls_content(text)
        and not loads_platform(text)
        and without_platform_urls_anywhere(text, base)[0] == text
    )


@cached("gate.detect.candidate_visits._by_attribute", _length)
def _by_attribute(candidates: frozenset[Candidate]) -> Mapping[tuple[str, str], Sequence[Candidate]]:
    found: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault((candidate.tag, candidate.attribute), []).append(candidate)
    return found
