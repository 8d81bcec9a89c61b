"""Writes the reports of a run into its folder, with a manifest that reveals later changes."""

from __future__ import annotations

import hashlib
import platform
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from shariff_py.audit.report.baseline import BaselineComparison, compare_with_baseline
from shariff_py.audit.report.ci import as_junit, as_sarif
from shariff_py.audit.report.document import as_json
from shariff_py.audit.report.page import pieces
from shariff_py.audit.report.records import ToolEntry
from shariff_py.audit.report.tables import as_csv, as_har
from shariff_py.audit.report.wec import as_inspection
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.judge import Audit, PageResult
from shariff_py.errors import AuditError

FILES: Mapping[str, str] = {
    "html": "report.html",
    "pdf": "report.pdf",
    "json": "report.json",
    "csv": "contacts.csv",
    "har": "contacts.har",
    "junit": "junit.xml",
    "sarif": "report.sarif",
    "wec": "inspection.json",
}
"""The forms a report can be written in, in the order in which they are, each with its file."""

FORMATS = tuple(FILES)

MANIFEST = "MANIFEST.sha256"
READ_AT_ONCE = 1 << 20

Printer = Callable[[Path, Path], None]
"""Prints a page (a file) as PDF (another file)."""


@dataclass(frozen=True, slots=True)
class ReportOutput:
    """What is written where: ``formats`` from `FORMATS` into ``folder``, in the language ``lang``.

    ``pages`` gives all judgements with their contacts, one at a time and as often as called; ``printer`` prints HTML as PDF, ``baseline`` is the
    text of an earlier ``report.json``. ``about`` is the run's ``run.json``, ``evidence`` files that are
    in the folder already and belong to the run.
    """

    folder: Path
    lang: str
    formats: tuple[str, ...]
    pages: Callable[[], Iterable[PageResult]]
    printer: Printer
    baseline: str | None
    about: Mapping[str, Any]
    evidence: tuple[Path, ...] = ()


def clear(folder: Path) -> None:
    """Delete an earlier run's reports, so that none is taken for one of the next run."""
    for name in (*FILES.values(), MANIFEST):
        (folder / name).unlink(missing_ok=True)


def write(audit: Audit, output: ReportOutput) -> None:
    """Write every requested form, then the manifest. Raises :class:`AuditError` where the folder cannot be written to."""
    comparison = compare_with_baseline(audit.pages, output.baseline) if output.baseline is not None else None
    tool = tool_entry(output.about)
    try:
        for name in (form for form in FORMATS if form in output.formats):
            _WRITERS[name](audit, output, comparison, tool)
        written = (output.folder / FILES[form] for form in output.formats)
        _manifest(output.folder, {*written, *output.evidence})
    except OSError as error:
        raise AuditError(
            f"the report could not be written to {output.folder}: {error.strerror}. Name another folder."
        ) from error


def tool_entry(about: Mapping[str, Any]) -> ToolEntry:
    """Versions and settings the audit was made with."""
    return ToolEntry(
        "shariff_py",
        installed_version("shariff_py"),
        installed_version("playwright"),
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        time.tzname[0],
        list(about.get("switches", ())),
    )


def installed_version(package: str) -> str:
    """The version of a package as installed; empty where it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _html(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    closed = tuple(output.about.get("closed_ports", ()))
    _write_pieces(
        output.folder / FILES["html"],
        pieces(audit, output.lang, output.pages, comparison=comparison, tool=tool, closed_ports=closed),
    )


def _pdf(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    page = output.folder / FILES["html"]
    temporary = "html" not in output.formats
    if temporary:
        _html(audit, output, comparison, tool)
    output.printer(page, output.folder / FILES["pdf"])
    if temporary:
        page.unlink()


def _json(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    _write_pieces(output.folder / FILES["json"], [as_json(audit, output.pages(), comparison, tool)])


def _csv(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    _write_pieces(output.folder / FILES["csv"], as_csv(output.pages(), frozenset(audit.background)))


def _har(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    _write_pieces(output.folder / FILES["har"], as_har(output.pages(), tool.version, audit.browser))


def _junit(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    _write_pieces(output.folder / FILES["junit"], [as_junit(audit, WORDS[output.lang])])


def _sarif(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    _write_pieces(output.folder / FILES["sarif"], [as_sarif(audit, WORDS[output.lang], tool.version)])


def _wec(audit: Audit, output: ReportOutput, comparison: BaselineComparison | None, tool: ToolEntry) -> None:
    _write_pieces(output.folder / FILES["wec"], [as_inspection(audit, output.pages(), tool.version)])


_WRITERS = {
    "html": _html,
    "pdf": _pdf,
    "json": _json,
    "csv": _csv,
    "har": _har,
    "junit": _junit,
    "sarif": _sarif,
    "wec": _wec,
}


def _write_pieces(path: Path, text: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text)


def _manifest(folder: Path, files: Iterable[Path]) -> None:
    """The SHA-256 of every file of the run, in the form that ``sha256sum --check`` reads."""
    lines = [f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n" for path in sorted(files)]
    _write_pieces(folder / MANIFEST, lines)


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(READ_AT_ONCE):
            digest.update(block)
    return digest.hexdigest()
