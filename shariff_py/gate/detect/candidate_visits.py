"""Whether a pass over a page's elements visited every candidate span, as often as the text says, and nothing else.

If not, an occurrence is where parsers disagree, and the page has to be read element by element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shariff_py.caches import cached
from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS
from shariff_py.gate.detect.platform_css import without_platform_urls_anywhere
from shariff_py.gate.detect.prefilter import Candidate, CandidateSpans, count_occurrences
from shariff_py.gate.detect.script_scan import loads_platform
from shariff_py.gate.detect.widget_markup import selector

VisitedElement = tuple[str, Sequence[tuple[str, str | None]]]
"""An element's name and its attributes."""


FRAME_SELECTOR = ",".join(FRAME_ELEMENTS)
MAY_BE_IN_TEXT = frozenset({*FRAME_ELEMENTS, "script"})
"""Embed code that does not close a paragraph it is written in."""
TEXT_LEVEL = ",".join(sorted(MAY_BE_IN_TEXT))
FRAME_CONTAINERS = tuple(tag for tag in FRAME_ELEMENTS if tag not in RAW_TEXT_ELEMENTS)


class CandidateSelectors(NamedTuple):
    """CSS selectors for the elements of some candidates: all of them, those that may be in a paragraph, and those that can contain others."""

    all: str
    frames: str
    containers: tuple[str, ...]


def _length(candidates: frozenset[Candidate]) -> int:
    return sum(sum(map(len, candidate)) for candidate in candidates)


@cached("gate.detect.candidate_visits.candidate_selectors", _length)
def candidate_selectors(candidates: frozenset[Candidate]) -> CandidateSelectors:
    """Cached, because most pages of a site contain the same kinds of content."""
    tags = {selector(*candidate): candidate.tag for candidate in sorted(candidates)}
    frames = ",".join(selected for selected, tag in tags.items() if tag in MAY_BE_IN_TEXT)
    containers = tuple(selected for selected, tag in tags.items() if tag not in RAW_TEXT_ELEMENTS)
    return CandidateSelectors(",".join(tags), frames, containers)


def with_frames(selectors: CandidateSelectors) -> CandidateSelectors:
    """The selectors, and those of every frame."""
    return CandidateSelectors(
        ",".join(filter(None, (selectors.all, FRAME_SELECTOR))),
        ",".join(filter(None, (selectors.frames, FRAME_SELECTOR))),
        (*selectors.containers, *FRAME_CONTAINERS),
    )


def all_visited(spans: CandidateSpans, elements: Iterable[VisitedElement], texts: Iterable[str]) -> bool:
    """Whether these elements, and these texts and comments, contain everything that the prefilter found, as often and nothing else.

    What looks like a tag to the prefilter may be in a text, so only the sum has to be the same.
    """
    by_attribute = _by_attribute(spans.candidates)
    counted: Counter[Candidate] = Counter()
    for tag, attributes in elements:
        counted.update(by_attribute.get((tag, ""), ()))
        for name, value in attributes:
            for candidate in by_attribute.get((tag, name), ()):
                counted[candidate] += (value or "").lower().count(candidate.text)
    if any(counted[candidate] > spans.counted[candidate] for candidate in spans.candidates):
        return False
    found = sum(spans.counted[candidate] for candidate in spans.candidates) + spans.outside_tags
    missing = found - counted.total()
    return missing == (sum(map(count_occurrences, texts)) if missing else 0)


def is_only_text(text: str, base: str) -> bool:
    """Whether a text loads nothing of a platform, wherever a parser finds it: as text, as a script, as CSS. ``base`` is what relative URLs
    refer to."""
    if not count_occurrences(text):
        return True
    return "<" not in text and not loads_platform(text) and without_platform_urls_anywhere(text, base)[0] == text


@cached("gate.detect.candidate_visits._by_attribute", _length)
def _by_attribute(candidates: frozenset[Candidate]) -> Mapping[tuple[str, str], Sequence[Candidate]]:
    found: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault((candidate.tag, candidate.attribute), []).append(candidate)
    return found
