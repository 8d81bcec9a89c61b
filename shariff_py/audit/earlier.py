"""The earlier report that a run is compared with: read, and known to be one, before anything is visited or written."""

from __future__ import annotations

import json
from pathlib import Path

from shariff_py.audit.comparison import compared
from shariff_py.audit.report.document import VERSION
from shariff_py.errors import AuditError


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
