"""What has changed since the baseline, an earlier report: which findings are new, gone, and the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shariff_py.audit.report.version import VERSION
from shariff_py.audit.verdict.judge import PageResult
from shariff_py.errors import UNREADABLE, AuditError

Pair = tuple[str, str]
"""Phase and endpoint, or phase and what was stored."""


@dataclass(frozen=True, slots=True)
class BaselineComparison:
    """Findings by phase and endpoint, or by phase and what was stored. ``began`` is when the baseline's audit began (ISO 8601)."""

    began: str | None
    new: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    same: tuple[Pair, ...]


def read_baseline(path: Path) -> str:
    """The text of a ``report.json``. Raises `AuditError` for a file that cannot be read, is not a report, or is of another version."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        compare_with_baseline((), text)
    except OSError as error:
        raise AuditError(f"the baseline {path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, AuditError) as error:
        raise AuditError(f"{path} is not the report.json of an audit. Name the file that an audit wrote.") from error
    version = json.loads(text).get("version")
    if version != VERSION:
        raise AuditError(
            f"the baseline {path} has version {version} and cannot be compared with version {VERSION}. "
            "Audit once without it, and keep that report as the new baseline."
        )
    return text


def compare_with_baseline(pages: Iterable[PageResult], baseline: str) -> BaselineComparison:
    """Compare with the text of a baseline ``report.json``. Raises `AuditError` for a text that is none."""
    try:
        document = json.loads(baseline)
        if document["format"] != "shariff-audit":
            raise ValueError("another format")
        before = {pair for page in document["pages"] for pair in _in_document(page)}
        began = document["began"]
    except (*UNREADABLE, KeyError, TypeError, AttributeError) as error:
        raise AuditError(
            "the baseline is not the report.json of an audit. Name the file that an audit wrote."
        ) from error
    now = {pair for page in pages for pair in _in_result(page)}
    return BaselineComparison(
        began, tuple(sorted(now - before)), tuple(sorted(before - now)), tuple(sorted(now & before))
    )


def _in_result(page: PageResult) -> Iterator[Pair]:
    yield from ((group.phase, group.endpoint) for group in page.findings)
    yield from ((item.phase, item.what) for item in page.storage_findings)


def _in_document(page: Mapping[str, Any]) -> Iterator[Pair]:
    yield from ((finding["phase"], finding["endpoint"]) for finding in page["findings"])
    yield from ((item["phase"], item["what"]) for item in page.get("undeclared_storage", ()) if item.get("finding"))
