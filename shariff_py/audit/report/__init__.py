"""The reports of an audit, for people and for programs. Everything here is pure but `files`, which writes them, and `baseline`, which reads one.

Each form takes the audit (its pages without single contacts) and, where it lists contacts, the pages one at a time.
"""

from __future__ import annotations

from shariff_py.audit.evidence.redaction import cleaned, redacted
from shariff_py.audit.report.document import as_json, schema
from shariff_py.audit.report.files import FILES, FORMATS, ReportOutput, clear, write
from shariff_py.audit.report.page import html
from shariff_py.audit.report.terminal import text

__all__ = [
    "FILES",
    "FORMATS",
    "ReportOutput",
    "as_json",
    "cleaned",
    "clear",
    "html",
    "redacted",
    "schema",
    "text",
    "write",
]
