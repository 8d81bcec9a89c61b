"""Whether a pass over a page's elements visited every candidate span, as often as the text says, and nothing else.

If not, an occurrence is inside a script, or where parsers disagree, and the page has to be read element by element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from shariff_py.gate.browser_rules.element_content import RAW_TEXT_ELEMENTS
from shariff_py.gate.browser_rules.loading_attributes import FRAME_ELEMENTS
from shariff_py.gate.detect.platform_css import without_platform_urls
from shariff_py.gate.detect.prefilter import Candidate, CandidateSpans, count_occurrences
from shariff_py.gate.detect.script_scan import loads_platform
from shariff_py.gate.detect.widget_markup import selector


class CandidateSelectors(NamedTuple):
    """Selectors for the elements of some candidates: all of them, the frames, those that can contain others; and the candidates by tag
    and attribute.
    """

    all: str
    frames: str
    containers: tuple[str, ...]
    by_attribute: Mapping[tuple[str, str], Sequence[Candidate]]


@lru_cache(maxsize=256)
def candidate_selectors(candidates: frozenset[Candidate]) -> CandidateSelectors:
    """Cached, because most pages of a site contain the same kinds of content."""
    by_attribute: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in sorted(candidates):
        by_attribute.setdefault((candidate.tag, candidate.attribute), []).append(candidate)
    tags = {selector(*candidate): candidate.tag for candidate in sorted(candidates)}
    frames = ",".join(selected for selected, tag in tags.items() if tag in FRAME_ELEMENTS)
    containers = tuple(selected for selected, tag in tags.items() if tag not in RAW_TEXT_ELEMENTS)
    return CandidateSelectors(",".join(tags), frames, containers, by_attribute)


class CandidateVisits:
    """The visits of one pass. Call `count_element` and `count_text` for what the pass sees, then ask `all_visited`."""

    def __init__(self, spans: CandidateSpans) -> None:
        self.selectors = candidate_selectors(spans.candidates)
        self._spans = spans
        self._counted: Counter[Candidate] = Counter()
        self._outside_tags = 0

    def open_container(self, tag: str) -> str:
        """A selector for an element of that name inside a candidate's element that is still open."""
        return ",".join([f"{container} {tag}" for container in self.selectors.containers])

    def count_element(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        """Count the candidates in an element's attributes."""
        for name, value in attributes:
            for candidate in self.selectors.by_attribute.get((tag, name), ()):
                self._counted[candidate] += (value or "").lower().count(candidate.text)

    def count_text(self, text: str, base: str) -> None:
        """Count the occurrences in a text or a comment, if it is nothing but text there for every parser."""
        found = count_occurrences(text)
        if found and "<" not in text and not loads_platform(text) and without_platform_urls(text, base)[0] == text:
            self._outside_tags += found

    def all_visited(self) -> bool:
        """Whether everything was visited that the text contains."""
        spans = self._spans
        return self._outside_tags == spans.outside_tags and all(
            self._counted[candidate] == spans.counted[candidate] for candidate in spans.candidates
        )
