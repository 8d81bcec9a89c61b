"""The state of one page while it is gated: what is given, what was found so far, how many gates there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from shariff_py.gate.detect.platform_presence import PagePresence
from shariff_py.gate.detect.url_owner import resolve
from shariff_py.gate.findings import Finding, Gated, Outcome, Reason, note, third_party_note
from shariff_py.gate.page_info import UNKNOWN_PAGE, PageInfo
from shariff_py.platforms.record import Platform
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.response_policy.frame_sources import FramePolicy
from shariff_py.settings.model import Settings
from shariff_py.texts import Language, known
from shariff_py.urls import NOWHERE, parse

GateFragment = Callable[[str], Gated]
"""Gates markup inside an attribute or a raw text element with the page's state. Its findings are not yet the page's."""


MAX_REMEMBERED, MAX_REMEMBERED_LENGTH = 20_000, 500
"""How many elements' attribute values are remembered for a page, and how long they may be."""


class Checkpoint(NamedTuple):
    """How far a page has come: findings, gates, its language, its base URL, whether a ``base`` element set that, and the last heading."""

    findings: int
    gates: int
    language: Language
    base: str
    base_is_set: bool
    heading: int


@dataclass(slots=True)
class RewriteContext:
    """What all passes over one page share.

    ``info`` is what is known of the page. ``base`` is what relative URLs refer to; the page's first ``base`` element changes it.
    ``language`` is that of the placeholders; where none was asked for the page's ``lang`` changes it. While ``offers_gates`` is false there
    are links instead of gates. ``names_no_platform`` says that no platform is named anywhere on it, not even in a link. ``depth`` counts the
    nested documents around what is read, ``in_attributes`` those of them that are an attribute, ``heading`` is the level of the last heading
    before what is read, 0 where there is none, ``fragments`` caches what became of each,
    with the gates in it, and ``harmless_values`` has the attribute values of elements that were examined and hold nothing. ``presence`` says
    what the page holds of each platform, as far as it was seen. With ``reports_unknown`` findings include what is fetched from unknown
    hosts. With a ``frame_policy``, frames of unknown hosts that it blocks become text and a link. ``allow`` are the hosts that the settings
    allow by name, a platform's too, and the site's own. ``stubbed`` are the platforms of which what was gated so far has a script that
    stands in for their own.
    """

    settings: Settings
    info: PageInfo
    language: Language
    base: str
    findings: list[Finding] = field(default_factory=list)
    base_is_set: bool = False
    names_no_platform: bool = False
    stubbed: set[str] = field(default_factory=set)
    offers_gates: bool = True
    depth: int = 0
    in_attributes: int = 0
    fragments: dict[tuple[str, int, str, str, int, int, bool], tuple[Gated, int]] = field(default_factory=dict)
    harmless_values: set[str] = field(default_factory=set)
    gates: int = 0
    heading: int = 0
    presence: PagePresence = field(default_factory=PagePresence)
    reports_unknown: bool = field(init=False)
    frame_policy: FramePolicy | None = field(init=False)
    allow: tuple[str, ...] = field(init=False)
    _numbers: Iterator[int] = field(init=False)
    _drawn: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, settings: Settings, info: PageInfo = UNKNOWN_PAGE) -> RewriteContext:
        """The context of a page before its first byte."""
        site = settings.site
        return cls(
            settings,
            info,
            settings.language(info.language_tag),
            next(url for url in (info.url, site.origin, NOWHERE) if parse(url)),
        )

    def __post_init__(self) -> None:
        self.allow = (*self.settings.gate.allow, *self.settings.hosts_without_gates)
        self.reports_unknown = self.settings.gate.unknown in {"report", "gate"}
        self.frame_policy = self.info.frame_policy if self.settings.gate.unknown == "blocked" else None
        self._numbers = self.info.numbers or count(1)

    @property
    def charset(self) -> str:
        """What our own text is written in: letters that are not in it are character references."""
        return "ascii" if self.info.references else "utf-8"

    def note_harmless(self, values: str) -> None:
        """Remember the attribute values of an element that holds nothing, as pages are read several times; of long pages not all."""
        if len(self.harmless_values) < MAX_REMEMBERED and len(values) <= MAX_REMEMBERED_LENGTH:
            self.harmless_values.add(values)

    def next_number(self) -> int:
        """The number of the next gate; the same one again after a `rollback`."""
        if self.gates == len(self._drawn):
            self._drawn.append(next(self._numbers))
        self.gates += 1
        return self._drawn[self.gates - 1]

    def checkpoint(self) -> Checkpoint:
        """The current state, for a `rollback` if what follows has to be done another way."""
        return Checkpoint(len(self.findings), self.gates, self.language, self.base, self.base_is_set, self.heading)

    def rollback(self, checkpoint: Checkpoint) -> None:
        """Undo everything since."""
        del self.findings[checkpoint.findings :]
        _, self.gates, self.language, self.base, self.base_is_set, self.heading = checkpoint

    def gated_document(self, source: str, gate_fragment: GateFragment) -> Gated:
        """A document in an attribute, gated. Its headings are its own."""
        heading, self.heading = self.heading, 0
        self.in_attributes += 1
        gated = gate_fragment(source)
        self.in_attributes -= 1
        self.heading = heading
        return gated

    def set_language(self, tag: str) -> None:
        """Use the page's own language, where there is a translation and no other language was requested."""
        if self.info.language_tag is None and known(tag) is not None:
            self.language = self.settings.language(tag)

    def set_base(self, url: str) -> None:
        """Use the URL of a ``base`` element: of several the first counts (WHATWG HTML 4.2.3)."""
        if not self.base_is_set:
            parts = resolve(url, self.base)
            self.base_is_set = True
            self.base = f"{parts.origin}{parts.path}" if parts else self.base

    def finding(
        self,
        outcome: Outcome,
        platform: Platform | None,
        found: str,
        kind: str = "",
        address: str = "",
        *,
        reason: Reason,
        **values: str,
    ) -> Finding:
        """A finding in the site's language; for its fields see `Finding`. ``values`` are those that the reason's text has slots for."""
        title = platform.title if platform else ""
        line = note(self.settings.site.language, outcome, title, reason, tuple(values.items()))
        return Finding(outcome, platform.name if platform else "", found, kind, address, line)

    def third_party_finding(self, third_party: ThirdParty, found: str, address: str) -> Finding:
        """A finding about a third party that is no content. It stays as it is."""
        line = third_party_note(self.settings.site.language, third_party)
        return Finding(Outcome.REPORTED, "", found, address=address, note=line, third_party=third_party.name)
