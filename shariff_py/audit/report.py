"""An audit told to people and programs: text for the terminal, JSON, and one self-contained page of HTML.

Pure: what is returned is for the caller to print or file. Values of query parameters never appear, only their names.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from babel.dates import format_datetime
from jinja2 import Environment, PackageLoader, StrictUndefined

from shariff_py.audit.judge import Audit, PageResult, Tally
from shariff_py.audit.trace import PhaseName
from shariff_py.audit.wording import WORDS

_TEMPLATES = Environment(
    loader=PackageLoader("shariff_py.audit"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_ADDRESS = re.compile(r"[a-z]+://\S+")

LOCALES = {"de": "de_DE", "en": "en_GB"}


def text(audit: Audit, lang: str) -> str:
    """The report for a terminal: the verdict of each page, then every contact that was not allowed, then what was not audited."""
    words = WORDS[lang]
    lines = [f"{words[f'verdict.{audit.verdict}']}. {words[f'meaning.{audit.verdict}']}"]
    for page in audit.pages:
        lines += ["", f"{redacted(page.trace.url)}: {words[f'verdict.{page.verdict}']}"]
        for tally in page.findings:
            channels = ", ".join(words[f"channel.{channel}"] for channel in tally.channels)
            company = f" ({tally.company})" if tally.company else ""
            lines.append(f"  {words[f'phase.{tally.phase}']}: {tally.place}{company}: {channels}")
        lines += [
            f"  {words[f'problem.{problem.name}']} {cleaned(problem.detail)}".rstrip() for problem in page.problems
        ]
    return "\n".join(lines) + "\n"


def as_json(audit: Audit) -> str:
    """The report for programs. Times are ISO 8601 in UTC; ``format`` and ``version`` say how to read it."""
    document = {
        "format": "shariff-audit",
        "version": 1,
        "verdict": audit.verdict,
        "began": _iso(audit.began),
        "browser": audit.browser,
        "idle_seconds": audit.idle_seconds,
        "baseline": list(audit.baseline),
        "pages": [_page(page) for page in audit.pages],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def html(audit: Audit, lang: str) -> str:
    """The report as one page: nothing is loaded from anywhere, so it can be filed, mailed and printed."""
    words = WORDS[lang]
    began = datetime.fromtimestamp(audit.began, UTC)
    return _TEMPLATES.get_template("report.html").render(
        audit=audit,
        lang=lang,
        words=words,
        phases=list(PhaseName),
        began=format_datetime(began, "long", locale=LOCALES[lang]),
        clock=_clock,
        redacted=redacted,
        cleaned=cleaned,
        story=_story(words),
    )


def redacted(url: str) -> str:
    """An address with the values of its query removed, and without userinfo and fragment: ``https://host/path?name=…``."""
    parts = urlsplit(url)
    names = [f"{name}=…" for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    query = "?" + ("&".join(names) or "…") if parts.query else ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}{query}"


def cleaned(detail: str) -> str:
    """A detail of a step or problem, with every address in it redacted."""
    return _ADDRESS.sub(lambda match: redacted(match[0]), detail)


def _story(words: Mapping[str, str]) -> Callable[[PageResult, PhaseName], tuple[str, list[str]]]:
    """What one phase of a page came to: ``silent``, ``agreed``, ``finding`` or ``none``, and sentences that say it."""

    def told(page: PageResult, phase: PhaseName) -> tuple[str, list[str]]:
        found = [_name(tally) for tally in page.findings if tally.phase == phase]
        agreed = [_name(tally) for tally in page.expected if tally.phase == phase]
        sentences = []
        if found:
            sentences.append(words["forbidden"].format(places=", ".join(dict.fromkeys(found))))
        if agreed:
            sentences.append(words["agreed"].format(places=", ".join(dict.fromkeys(agreed))))
        if not page.trace.proves(phase):
            sentences.append(
                words["unproven" if any(known.name == phase for known in page.trace.phases) else "not_run"]
            )
        kind = "finding" if found else "agreed" if agreed else "none" if sentences else "silent"
        return kind, sentences or [words["silent"]]

    return told


def _name(tally: Tally) -> str:
    return f"{tally.place} ({tally.company})" if tally.company else tally.place


def _page(page: PageResult) -> dict[str, Any]:
    trace = page.trace
    return {
        "url": redacted(trace.url),
        "verdict": page.verdict,
        "log_whole": trace.whole,
        "own": sorted(trace.own),
        "declared": sorted(trace.declared),
        "gates": trace.gates,
        "phases": [{"name": p.name, "start": _iso(p.start), "end": _iso(p.end)} for p in trace.phases],
        "findings": [_tally(tally) for tally in page.findings],
        "expected": [_tally(tally) for tally in page.expected],
        "noise": [_tally(tally) for tally in page.noise],
        "problems": [{"name": problem.name, "detail": cleaned(problem.detail)} for problem in page.problems],
        "steps": [{"time": _iso(step.time), "name": step.name, "detail": cleaned(step.detail)} for step in trace.steps],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "phase": tally.phase,
        "place": tally.place,
        "platform": tally.platform,
        "company": tally.company,
        "channels": list(tally.channels),
        "urls": [redacted(url) for url in tally.urls],
        "count": tally.count,
        "first": _iso(tally.first),
        "sent": tally.sent,
    }


def _iso(seconds: float) -> str | None:
    """Seconds since 1970 as ISO 8601; ``None`` for an open end and for before the start."""
    if not math.isfinite(seconds) or seconds <= 0:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _clock(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%H:%M:%S")
