"""What has changed since an earlier report: which findings are new, gone, and the same. Pure: two reports in, three lists out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from shariff_py.audit.judge import PageResult
from shariff_py.errors import AuditError

Pair = tuple[str, str]
"""Phase and place."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings by phase and place. ``earlier`` is when the earlier audit began (ISO 8601)."""

    earlier: str | None
    new: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    same: tuple[Pair, ...]


def compared(pages: Iterable[PageResult], earlier: str) -> Comparison:
    """Compare with the text of an earlier ``report.json``. Raises `AuditError` for a text that is none."""
    try:
        document = json.loads(earlier)
        if document["format"] != "shariff-audit":
            raise ValueError("another format")
        before = {(finding["phase"], finding["place"]) for page in document["pages"] for finding in page["findings"]}
        began = document["began"]
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError("the earlier report is no report.json of an audit. Give the one that was filed.") from error
    now = {(tally.phase, tally.place) for page in pages for tally in page.findings}
    return Comparison(began, tuple(sorted(now - before)), tuple(sorted(before - now)), tuple(sorted(now & before)))
