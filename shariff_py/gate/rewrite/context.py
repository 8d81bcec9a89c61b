"""The page while it is gated: what is given, what was found so far, and to whom its addresses lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from shariff_py.gate.browser_rules import css_urls
from shariff_py.gate.browser_rules.data_urls import written_in
from shariff_py.gate.browser_rules.lenient_urls import leads_to
from shariff_py.gate.browser_rules.loading_attributes import ABROAD
from shariff_py.gate.detect.prefilter import clean
from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of
from shariff_py.settings.model import Settings
from shariff_py.texts import Language, known
from shariff_py.urls import Address, host_allowed, parse

_GAP = r"[\t\n\r]*+"
WITHOUT_SLASHES = re.compile(rf"[\x00-\x20]*+{_GAP.join('http')}{_GAP}(?:s{_GAP})?:{_GAP}(?![/\\])", re.IGNORECASE)
"""``https:host`` is relative to a page with the same scheme and absolute on any other. Both readings are looked at."""

SHEETS = 5
"""Style sheets within style sheets, each in the address of an import, that are looked into. Nobody writes that many; more are refused."""


class Moment(NamedTuple):
    """How far a page has come: findings, numbers used, its language, its base, and whether a ``base`` element gave it."""

    findings: int
    numbers: int
    language: Language
    base: str
    based: bool


@dataclass(slots=True)
class Page:
    """What every pass over one page shares.

    ``base`` is what relative addresses refer to; a ``base`` element of the page moves it. ``place`` is where the page is, if that is
    known, and does not move. ``numbers`` count the gates.
    ``references`` writes our own letters as character references. ``reporting`` says whether unknown hosts are told of.
    ``silent`` says that no platform is named anywhere on it, not even in a link. ``depth`` counts the pages within pages around what is read, ``fragments`` keeps what became of each.
    """

    settings: Settings
    language: Language
    follows_lang: bool
    base: str
    controller: str | None
    numbers: Iterator[int]
    references: bool
    place: str = ""
    findings: list[Finding] = field(default_factory=list)
    based: bool = False
    silent: bool = False
    depth: int = 0
    fragments: dict[tuple[str, int, str, str], tuple[Gated, int]] = field(default_factory=dict)
    _drawn: list[int] = field(default_factory=list)
    _used: int = 0

    @property
    def reporting(self) -> bool:
        """Whether what is fetched from unknown hosts stands in the findings."""
        return self.settings.gate.unknown != "leave"

    def number(self) -> int:
        """The number of the next gate."""
        if self._used == len(self._drawn):
            self._drawn.append(next(self.numbers))
        self._used += 1
        return self._drawn[self._used - 1]

    def moment(self) -> Moment:
        """Where the page stands now, to come `back` to if what follows has to be done another way."""
        return Moment(len(self.findings), self._used, self.language, self.base, self.based)

    def back(self, moment: Moment) -> None:
        """Forget what was done since."""
        del self.findings[moment.findings :]
        _, self._used, self.language, self.base, self.based = moment

    def skip_to(self, numbers: int) -> None:
        """Go on counting gates from here: so many were used when what comes next was gated before."""
        self._used = numbers

    def follow(self, tag: str) -> None:
        """Take over the page's own language, where it is one we have and none was asked for."""
        if self.follows_lang and (found := known(tag)) is not None:
            self.language = found

    def move_base(self, address: str) -> None:
        """Take over the address of a ``base`` element: of several the first counts (WHATWG HTML 4.2.3)."""
        if not self.based:
            parts = self.read(address)
            self.based = True
            self.base = f"{parts.origin}{parts.path}" if parts else self.base

    def read(self, address: str) -> Address | None:
        """An address of the page, taken apart; ``None`` where it leads to no other host than the page's own."""
        if not ABROAD.search(address):
            return None
        if WITHOUT_SLASHES.match(address):
            alone = leads_to(address)
            if alone is not None and platform_of(alone.host) is not None:
                return alone
        return leads_to(address, self.base)

    def shown(self, address: str) -> str:
        """An address as it stands in the findings: without its query, in which a visitor's data may be."""
        parts = self.read(address)
        return f"{parts.origin}{parts.path}" if parts else ""

    def platform(self, address: str) -> Platform | None:
        """The platform an address leads to."""
        parts = self.read(address)
        return platform_of(parts.host) if parts else None

    def platform_in(self, css: str) -> tuple[str, Platform | None]:
        """A style without the addresses that lead to a platform, and the platform; the style as it is where there is none.

        An import whose sheet is written in its address is refused as well where nobody can tell what a browser reads in it; then there is
        another style and no platform.
        """
        met: list[Platform] = []
        changed = css_urls.without(css, lambda address: self._refused(address, met, SHEETS))
        return (css, None) if changed is None else (changed, met[0] if met else None)

    def _refused(self, address: str, met: list[Platform], deeper: int) -> bool:
        platform = self.platform(address)
        if platform is not None:
            met.append(platform)
            return True
        written = written_in(address)
        if not written.kind.startswith("text/") or clean(f"{address}>"):
            return False
        inside = deeper and css_urls.without(written.text, lambda inner: self._refused(inner, met, deeper - 1)) is None
        return not inside or (written.kind == "text/css" and not written.certain)

    def unknown(self, parts: Address) -> bool:
        """Whether a host is nobody's we know: not the site's, not allowed by name, no platform's."""
        own = parse(self.base)
        if (own is not None and parts.host == own.host) or self.settings.owns(parts.host):
            return False
        return platform_of(parts.host) is None and not host_allowed(parts.host, self.settings.gate.allow)

    def note(
        self, outcome: Outcome, platform: Platform | None, found: str, kind: str = "", address: str = "", note: str = ""
    ) -> None:
        """Add a finding."""
        self.findings.append(Finding(outcome, platform.name if platform else "", found, kind, address, note))

    def written(self, fragment: str) -> str:
        """One of our fragments as it goes into this page."""
        return fragment.encode("ascii", "xmlcharrefreplace").decode() if self.references else str(fragment)
