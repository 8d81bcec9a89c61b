"""What has changed since a baseline, an earlier report: which findings are new, gone, and the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shariff_py.audit.report.version import VERSION
from shariff_py.audit.verdict.judge import PageResult
from shariff_py.errors import AuditError

Pair = tuple[str, str]
"""Phase and place, or phase and what was stored."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings by phase and place, or by phase and what was stored. ``earlier`` is when the earlier audit began (ISO 8601)."""

    earlier: str | None
    new: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    same: tuple[Pair, ...]


def earlier_report(path: Path) -> str:
    """The text of a ``report.json``. Raises `AuditError` for a file that cannot be read, is none, or is one of another version."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        compared((), text)
    except OSError as error:
        raise AuditError(f"the earlier report {path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, AuditError) as error:
        raise AuditError(f"{path} is no report.json of an audit. Give the one that was filed.") from error
    version = json.loads(text).get("version")
    if version != VERSION:
        raise AuditError(
            f"the earlier report {path} has version {version} and cannot be compared with version {VERSION}. "
            "Audit once without it, and keep that report."
        )
    return text


def compared(pages: Iterable[PageResult], earlier: str) -> Comparison:
    """Compare with the text of an earlier ``report.json``. Raises `AuditError` for a text that is none."""
    try:
        document = json.loads(earlier)
        if document["format"] != "shariff-audit":
            raise ValueError("another format")
        before = {pair for page in document["pages"] for pair in _filed(page)}
        began = document["began"]
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError("the earlier report is no report.json of an audit. Give the one that was filed.") from error
    now = {pair for page in pages for pair in _found(page)}
    return Comparison(began, tuple(sorted(now - before)), tuple(sorted(before - now)), tuple(sorted(now & before)))


def _found(page: PageResult) -> Iterator[Pair]:
    yield from ((tally.phase, tally.place) for tally in page.findings)
    yield from ((thing.phase, thing.what) for thing in page.breaches)


def _filed(page: Mapping[str, Any]) -> Iterator[Pair]:
    yield from ((finding["phase"], finding["place"]) for finding in page["findings"])
    yield from ((thing["phase"], thing["what"]) for thing in page.get("undeclared_storage", ()) if thing.get("finding"))
