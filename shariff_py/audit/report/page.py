"""The report as one page of HTML that loads nothing from anywhere, so it can be archived, mailed and printed. Pure.

A first page in plain words with a picture; everything else behind it. Values of query parameters never appear, only their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit
from jinja2 import Environment, PackageLoader, StrictUndefined

from shariff_py.audit.evidence.redaction import cleaned, redacted
from shariff_py.audit.evidence.storage import Snapshot
from shariff_py.audit.evidence.trace import CONTROL, EXPLORE_LIMIT, LATER_SHARE, PhaseName
from shariff_py.audit.report.baseline import BaselineComparison
from shariff_py.audit.report.meaning import meaning, stored_sentence, third_party_sentences
from shariff_py.audit.report.moments import clock
from shariff_py.audit.report.picture import timeline
from shariff_py.audit.report.records import ToolEntry
from shariff_py.audit.report.wording import WORDS, detail
from shariff_py.audit.verdict.contact_groups import ContactGroup
from shariff_py.audit.verdict.judge import SERVER, Audit, PageResult, Verdict

_TEMPLATES = Environment(
    loader=PackageLoader("shariff_py.audit.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

LOCALES = {"de": "de_DE", "en": "en_GB"}
FEW_PAGES, MOST_DETAILED = 25, 100
"""Up to ``FEW_PAGES`` pages are all shown in detail; of more, only those with findings or failures, at most ``MOST_DETAILED``."""

MOST_NAMED, MOST_ADVISED = 4, 10
"""Endpoints named in one sentence, and in one recommendation."""
GLOSSARY = ("dns", "connection", "attempted", "hint", "beacon", "report", "worker", "webrtc", "referrer", "storage")

Pages = Callable[[], Iterable[PageResult]]


@dataclass(frozen=True, slots=True)
class PhaseSummary:
    """The outcome of a phase: ``silent``, ``agreed``, ``finding`` or ``none``, in sentences, and what was done in it."""

    phase: str
    kind: str
    sentences: tuple[str, ...]
    did: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One recommendation, and about whom: endpoints, each with what caused its contacts."""

    text: str
    about: tuple[tuple[str, str], ...] = ()


def html(audit: Audit, lang: str, pages: Pages | None = None, **more: Any) -> str:
    """The whole page as one text; see :func:`pieces`."""
    return "".join(pieces(audit, lang, pages, **more))


def pieces(
    audit: Audit,
    lang: str,
    pages: Pages | None = None,
    *,
    comparison: BaselineComparison | None = None,
    tool: ToolEntry | None = None,
    closed_ports: Sequence[int] = (),
) -> Iterator[str]:
    """The page piece by piece. ``pages`` gives the judgements with their single contacts, as often as called; by default the audit's own."""
    words = WORDS[lang]
    pages = pages or (lambda: audit.pages)
    drawn = _to_draw(pages())
    return _TEMPLATES.get_template("report.html").generate(
        audit=audit,
        lang=lang,
        words=words,
        phases=list(PhaseName),
        meaning=meaning(audit, words),
        stored_sentence=lambda item: stored_sentence(item, words),
        third_party_sentences=lambda group: third_party_sentences(group, words),
        phase_summaries=[_phase_summary(phase, audit.pages, lang) for phase in PhaseName],
        phase_summaries_of=lambda page: [_phase_summary(phase, [page], lang) for phase in PhaseName],
        drawn=drawn,
        picture=timeline(drawn, words) if drawn else "",
        no_picture=words["picture.silent" if all(_proven(page) for page in audit.pages) else "picture.unproven"],
        split=_split(audit),
        advice=list(_advice(audit, words)),
        server=_server_line(audit, words),
        details=lambda: _detailed(audit, pages()),
        left_out=len(audit.pages) - sum(1 for _ in _detailed(audit, audit.pages)),
        comparison=comparison,
        tool=tool,
        closed_ports=closed_ports,
        began=_moment(audit.began, lang),
        baseline_began=_moment(datetime.fromisoformat(comparison.began).timestamp(), lang)
        if comparison and comparison.began
        else "",
        clock=clock,
        number=lambda value: format_decimal(round(value, 1), locale=LOCALES[lang]),
        day=lambda value: format_date(value, "medium", locale=LOCALES[lang]),
        redacted=redacted,
        cleaned=cleaned,
        detail=detail,
        stored_rows=_stored_rows,
        browser_and_server=lambda page: _browser_and_server(page, words),
        trigger=lambda name: words.get(f"trigger.{name}", name),
        most=EXPLORE_LIMIT,
        left_out_of=[n for page in audit.pages if (n := max(page.trace.left_out(phase) for phase in PhaseName))],
        later_seconds=audit.idle_seconds * LATER_SHARE,
        glossary=GLOSSARY,
        CONTROL=CONTROL,
        SERVER=SERVER,
    )


def _moment(seconds: float, lang: str) -> str:
    return format_datetime(datetime.fromtimestamp(seconds, UTC), "long", locale=LOCALES[lang])


def _split(audit: Audit) -> dict[str, int]:
    verdicts = [page.verdict for page in audit.pages]
    return {
        "all": len(verdicts),
        "finding": verdicts.count(Verdict.FINDING),
        "incomplete": sum(bool(page.problems) for page in audit.pages),
    }


def _to_draw(pages: Iterable[PageResult]) -> PageResult | None:
    """The page the picture shows: the first with a finding, else the first on which any third party was contacted, else the first."""
    first = contacted = None
    for page in pages:
        first = first or page
        if page.findings:
            return page
        if page.expected and contacted is None:
            contacted = page
    return contacted or first


def _detailed(audit: Audit, pages: Iterable[PageResult]) -> Iterator[PageResult]:
    few, detailed = len(audit.pages) <= FEW_PAGES, 0
    for page in pages:
        if detailed < MOST_DETAILED and (few or page.verdict is not Verdict.PASS):
            detailed += 1
            yield page


def _phase_summary(phase: PhaseName, pages: Sequence[PageResult], lang: str) -> PhaseSummary:
    words = WORDS[lang]
    found = _names(group for page in pages for group in page.findings if group.phase == phase)
    agreed = _names(group for page in pages for group in page.expected if group.phase == phase)
    if phase is PhaseName.BEFORE:
        found = list(dict.fromkeys([*found, *_names(t for p in pages for t in p.findings if t.phase == CONTROL)]))
    sentences = []
    pages = [page for page in pages if not _nothing_to_release(phase, page)] or pages
    if found:
        sentences.append(words["forbidden"].format(endpoints=_listed(found, words)))
    if agreed:
        sentences.append(words["agreed"].format(endpoints=_listed(agreed, words)))
    stored = list(dict.fromkeys(item.what for page in pages for item in page.storage_findings if item.phase == phase))
    if stored:
        sentences.append(words["stored.undeclared"].format(what=_listed(stored, words)))
    proven = [page.trace.proves(phase) for page in pages]
    if not all(proven):
        n = proven.count(False)
        some = words["some_unproven"].format(n=n, all=len(pages))
        sentences.append(some if n < len(pages) else words[_unproven(phase, pages)])
    kind = "finding" if found or stored else "none" if not all(proven) else "agreed" if agreed else "silent"
    did = _did(phase, pages, words) if all(proven) and pages else ""
    return PhaseSummary(phase, kind, tuple(sentences) or (_silent(phase, pages, lang),), did)


def _silent(phase: PhaseName, pages: Sequence[PageResult], lang: str) -> str:
    """“No contact” refers to the observation period only: the shortest of any page."""
    seconds = min((page.trace.seconds(phase) for page in pages), default=inf)
    if not 1 <= seconds < inf:
        return WORDS[lang]["silent"]
    return WORDS[lang]["silent.within"].format(time=format_unit(int(seconds), "duration-second", locale=LOCALES[lang]))


def _did(phase: PhaseName, pages: Sequence[PageResult], words: Mapping[str, str]) -> str:
    left_out = max(page.trace.left_out(phase) for page in pages)
    more = words["did.left_out"].format(n=left_out, most=EXPLORE_LIMIT)
    return f"{words[f'did.{phase}']} {more}" if left_out else words[f"did.{phase}"]


def _unproven(phase: PhaseName, pages: Sequence[PageResult]) -> str:
    """Why a phase proves nothing: a failure, there was nothing to release, it never began, or it was not completed."""
    failures = {page.trace.invalidating(phase) for page in pages}
    if len(failures) == 1 and (reasons := failures.pop()):
        return f"problem.{reasons[0]}"
    if all(_nothing_to_release(phase, page) for page in pages):
        return "nothing_to_release"
    known = any(stretch.name == phase for page in pages for stretch in page.trace.phases)
    return "unproven" if known else "not_run"


def _nothing_to_release(phase: PhaseName, page: PageResult) -> bool:
    needs_gates = phase in (PhaseName.AFTER, PhaseName.WITHDRAWN)

    return needs_gates and page.trace.proves(PhaseName.RELOADED) and not page.trace.gates


def _proven(page: PageResult) -> bool:
    """Whether silence of the page proves anything: its first phase was completed, and nothing failed."""
    return not page.problems and page.trace.proves(PhaseName.BEFORE)


def _names(groups: Iterable[ContactGroup]) -> list[str]:
    return list(dict.fromkeys(group.named for group in groups))


def _listed(names: Sequence[str], words: Mapping[str, str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return f"{shown}, {words['more'].format(n=rest)}" if rest > 0 else shown


def _advice(audit: Audit, words: Mapping[str, str]) -> Iterator[Advice]:
    """What to do, once for each reason, with the endpoints it is about, most urgent first."""
    by_reason: dict[str, dict[str, str]] = {}
    for group in (group for page in audit.pages for group in page.findings):
        cause = [words["advice.cause"].format(cause=cleaned(group.causes[0]))] if group.causes else []
        text = " ".join((*third_party_sentences(group, words), *cause))
        by_reason.setdefault(group.why, {}).setdefault(group.endpoint, text)
    for why, endpoints in by_reason.items():
        about = list(endpoints.items())
        more = [(words["more"].format(n=len(about) - MOST_ADVISED), "")] if len(about) > MOST_ADVISED else []
        yield Advice(words[f"advice.{why}"], (*about[:MOST_ADVISED], *more))
    undeclared = {
        item for page in audit.pages for item in page.stored if item.left is not False or item.phase == PhaseName.BEFORE
    }
    stored = bool(undeclared) or any(page.storage_findings for page in audit.pages)
    if stored:
        yield Advice(words["advice.stored"])
    if any(page.problems for page in audit.pages):
        yield Advice(words["advice.incomplete"])
    if not by_reason and not stored and audit.verdict is Verdict.PASS:
        yield Advice(words["advice.none"])


def _server_line(audit: Audit, words: Mapping[str, str]) -> str:
    journals = [page.trace.journal for page in audit.pages if page.trace.journal]
    if not journals:
        return words["server.none"]
    sent = {(r.time, r.host, r.path) for journal in journals for r in journal.requests if not r.blocked}
    return words["server.line"].format(n=len(sent)) if sent else words["server.silent"]


def _stored_rows(page: PageResult) -> list[tuple[str, list[bool | None]]]:
    """Each stored item with whether it was there at the end of each phase; ``None`` where it could not be read."""
    by_phase = {snapshot.phase: snapshot for snapshot in page.trace.snapshots}
    items = sorted({name for snapshot in by_phase.values() for name in snapshot.names})
    empty = Snapshot("", 0.0)
    return [(item, [by_phase.get(phase, empty).holds(item) for phase in PhaseName]) for item in items]


def _browser_and_server(page: PageResult, words: Mapping[str, str]) -> list[tuple[str, list[str], list[str]]]:
    """For each phase, whom the browser contacted and what the server sent."""
    rows = []
    for phase in PhaseName:
        stretches = [stretch for stretch in page.trace.phases if stretch.name == phase]
        browser = _names(group for group in (*page.findings, *page.expected) if group.phase == phase)
        requests = page.trace.journal.requests if page.trace.journal else ()
        server = [
            f"{clock(r.time)} {r.method} {r.host}{r.path} ({words.get(f'trigger.{r.trigger}', r.trigger)})"
            f"{' – ' + r.outcome if r.outcome else ''}"
            for r in requests
            if any(stretch.holds(r.time) for stretch in stretches)
        ]
        rows.append((phase.value, browser, server))
    return rows
