"""The general laws of the gate, which hold for every page, and whether a page breaks one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shariff_py.gate import Finding, Outcome, gate_html
from support.golden import CASES, ORIGIN, SETTINGS
from support.oracle import WRITTEN_TO, loadable

NAMES = {
    name.lower() for name in re.findall(r"[\s\"']([A-Za-z:-]+)=", " ".join(case.source for case in CASES.values()))
} - {
    "s",
    "send",
    "url",
    "x:href",
    "data-embed-src",
}
"""Names of attributes in the cases; ``s`` is debris itself, ``send`` a flag of one widget, ``url`` is a word inside a refresh, ``x:href`` means something in XML only, and ``data-embed-src`` counts on
elements only as long as its address is whole."""
DEBRIS = re.compile(rf"[^ ]+: (?!(?:css|code|{'|'.join(map(re.escape, sorted(NAMES)))}) )[a-z0-9:_-]+ ")
"""The oracle's findings about attributes with unknown names."""


def reported(findings: Iterable[Finding]) -> tuple[str, ...]:
    """How the oracle's findings begin about addresses that stay, as is reported, in elements that are no frames and not empty, or no place of one."""
    places = [
        found.found.rstrip("]").partition("[") for found in findings if found.outcome is Outcome.REPORTED and found.kind
    ]
    return tuple(f"{tag}: {name} " for tag, _, name in places if name and tag not in WRITTEN_TO)


def _never_runs(found: Finding, html: str) -> bool:
    """Whether it is a script without an end, or hidden behind one: no browser runs it (WHATWG HTML 13.2.6.4.8), and that it is one can show only
    once something is escaped."""
    lowered = html.lower()
    without_end = lowered.rfind("</script") < lowered.rfind("<script")
    return found.found in {"inline script", "hidden markup"} and without_end


def broken(html: str) -> list[str]:
    """Which of the general laws do not hold for this page, and why."""
    once = gate_html(html, SETTINGS)
    again = gate_html(once.html, SETTINGS)
    harmless = {Outcome.DROPPED, Outcome.REPORTED}

    return [
        # The root of widgets loads nothing: it may come to light where a script before it became text.
        *(
            f"gated again: {found}"
            for found in again.findings
            if found.outcome not in harmless and not found.found.endswith("#fb-root") and not _never_runs(found, html)
        ),
        *(
            f"loadable: {found}"
            for found in loadable(once.html, f"{ORIGIN}/")
            if not DEBRIS.match(found) and not found.startswith(reported(once.findings))
        ),
        *(["changed without a finding"] if not once.findings and once.html is not html else []),
    ]
