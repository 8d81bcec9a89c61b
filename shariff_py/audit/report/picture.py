"""The picture on the first page: who was contacted when, drawn as a timeline per phase. Pure: a page's judgement in, SVG out.

Every phase gets the same width, so that a short one can be read; within it, time runs evenly. Shape repeats what colour says: a cross
is not allowed, a disc is allowed, hollow is only attempted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from shariff_py.audit.evidence.parties import is_browser_background, is_own
from shariff_py.audit.evidence.trace import CONTROL, Phase, PhaseName, StepName, Trace
from shariff_py.audit.verdict.judge import PageResult

MOST_ROWS = 14
"""Endpoints drawn; the rest is counted below."""

LABEL, COLUMN, ROW, HEAD, FINE = 210, 185, 26, 52, 100
"""Sizes in the picture's own units; ``FINE`` is how many marks side by side can still be distinguished in one phase."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One or more contacts that fall together: ``at`` from 0 to 1 within the phase."""

    row: int
    phase: int
    at: float
    allowed: bool
    sent: bool


def timeline(page: PageResult, words: Mapping[str, str]) -> Markup:
    """The picture, or nothing where no third party was contacted."""
    endpoints = _endpoints(page)
    if not endpoints:
        return Markup("")
    rows = {endpoint: number for number, endpoint in enumerate(endpoints[:MOST_ROWS])}
    marks = _marks(page, rows)
    width, height = LABEL + 4 * COLUMN, HEAD + ROW * len(rows) + 8
    parts = [
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="picture-title" class="timeline">',
        f'<title id="picture-title">{escape(words["picture"])}</title>',
        *_columns(page.trace, words, height),
        *(_row(endpoint, number, width) for endpoint, number in rows.items()),
        *map(_drawn, marks),
        *_presses(page.trace, height),
        "</svg>",
    ]
    if len(endpoints) > MOST_ROWS:
        more = words["more"].format(n=len(endpoints) - MOST_ROWS)
        parts.append(f'<p class="muted">+ {escape(more)}</p>')
    return Markup("".join(parts))  # noqa: S704 - every word in it was escaped above


def _endpoints(page: PageResult) -> list[str]:
    """The endpoints to draw: what was not allowed first, then in the order of the first contact."""
    found = [group.endpoint for group in page.findings if group.phase in (*PhaseName, CONTROL)]
    allowed = [group.endpoint for group in page.expected if group.phase in tuple(PhaseName)]
    return list(dict.fromkeys([*found, *allowed]))


def _marks(page: PageResult, rows: Mapping[str, int]) -> list[Mark]:
    forbidden = {(group.phase, group.endpoint) for group in page.findings}
    spans = _spans(page.trace)
    found: dict[tuple[int, int, int], Mark] = {}
    for contact in page.trace.contacts:
        row = rows.get(contact.endpoint)
        endpoint = next(((n, s) for n, s in enumerate(spans) if s and s.holds(contact.time)), None)
        if (
            row is None
            or endpoint is None
            or is_own(contact.endpoint, page.trace.own)
            or is_browser_background(contact, frozenset())
        ):
            continue
        number, span = endpoint
        start = max(span.start, page.trace.began)
        at = min(max((contact.time - start) / max(span.end - start, 0.001), 0.0), 1.0)
        allowed = (span.name, contact.endpoint) not in forbidden
        key = (row, number, round(at * FINE))
        known = found.get(key)
        found[key] = Mark(row, number, at, allowed, contact.sent or bool(known and known.sent))
    for group in page.findings:
        if group.phase == CONTROL and group.endpoint in rows:
            found[rows[group.endpoint], 0, -1] = Mark(rows[group.endpoint], 0, 0.5, False, group.sent)
    return list(found.values())


def _spans(trace: Trace) -> list[Phase | None]:
    """Each of the four phases from its first stretch to its last."""
    spans: list[Phase | None] = []
    for name in PhaseName:
        stretches = [phase for phase in trace.phases if phase.name == name]
        spans.append(Phase(name, stretches[0].start, stretches[-1].end) if stretches else None)
    return spans


def _columns(trace: Trace, words: Mapping[str, str], height: int) -> list[str]:
    parts = []
    for number, (name, span) in enumerate(zip(PhaseName, _spans(trace), strict=True)):
        x = LABEL + number * COLUMN
        seconds = span.end - max(span.start, trace.began) if span else 0.0
        length = f"{seconds:.0f} s" if span else "–"
        parts.append(
            f'<rect class="band{number % 2}" x="{x}" y="0" width="{COLUMN}" height="{height}"/>'
            f'<text class="head" x="{x + 10}" y="20">{escape(words[f"phase.{name}"])}</text>'
            f'<text class="soft" x="{x + 10}" y="38">{length}</text>'
        )
    return parts


def _row(endpoint: str, number: int, width: int) -> str:
    y = HEAD + number * ROW
    shown = endpoint if len(endpoint) <= 30 else f"…{endpoint[-29:]}"
    return (
        f'<line class="rule" x1="0" x2="{width}" y1="{y}" y2="{y}"/>'
        f'<text x="4" y="{y + 18}"><title>{escape(endpoint)}</title>{escape(shown)}</text>'
    )


def _drawn(mark: Mark) -> str:
    x = LABEL + mark.phase * COLUMN + 10 + mark.at * (COLUMN - 20)
    y = HEAD + mark.row * ROW + ROW / 2
    hollow = "" if mark.sent else " hollow"
    if mark.allowed:
        return f'<circle class="agreed{hollow}" cx="{x:.1f}" cy="{y}" r="5"/>'
    return f'<path class="finding{hollow}" d="M{x - 5:.1f} {y - 5}l10 10m0 -10l-10 10"/>'


def _presses(trace: Trace, height: int) -> list[str]:
    """Where something was released."""
    spans = _spans(trace)
    lines = []
    for step in trace.steps:
        span = spans[1]
        if span is not None and step.name in (StepName.GATE_PRESSED, StepName.CONSENTED) and span.holds(step.time):
            at = (step.time - span.start) / max(span.end - span.start, 0.001)
            x = LABEL + COLUMN + 10 + at * (COLUMN - 20)
            lines.append(f'<line class="press" x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 6}" y2="{height}"/>')
    return lines
