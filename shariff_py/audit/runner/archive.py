"""The evidence of a run on disk: one file per page, written as soon as the page is done, so that nothing is lost and memory use stays flat.

OUT/run.json          how the pages were visited
OUT/pages/0001.json   a trace
OUT/unfinished.jsonl  a line per planned page, with its full address: needed to continue, deleted once the run is complete
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shariff_py.audit.evidence.trace import Trace
from shariff_py.audit.report.version import VERSION
from shariff_py.audit.runner.frontier import Planned
from shariff_py.errors import UNREADABLE, AuditError

TRACE: TypeAdapter[Trace] = TypeAdapter(Trace)

FORMAT = "shariff-audit-run"
"""The value of ``format`` in ``run.json``. A file of that name without it does not belong to an audit."""

EVIDENCE_FILES = ("run.json", "[0-9]*.netlog.json", "pages/[0-9]*.json")
WORKING_FILES = ("unfinished.jsonl", "run.part", "unfinished.part", "pages/[0-9]*.part")
"""The evidence's files, and those needed only while a run is unfinished. Nothing else in the folder is ever deleted or listed."""


@dataclass(frozen=True, slots=True)
class EvidenceArchive:
    """The folder of one run."""

    folder: Path

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def _unfinished(self) -> Path:
        return self.folder / "unfinished.jsonl"

    def check(self) -> None:
        """Raise `AuditError` if the folder holds anything but an earlier audit."""
        try:
            taken = self.folder.exists() and any(self.folder.iterdir())
        except OSError as error:
            raise AuditError(f"{self.folder} cannot be used: {error.strerror}. Name another folder.") from error
        if taken and self._run() is None:
            raise AuditError(
                f"{self.folder} contains files that do not belong to an audit and are never overwritten. "
                "Name a folder that is empty or does not exist."
            )

    def begin(self, about: Mapping[str, Any]) -> None:
        """Begin a run: create the folder, delete an earlier run, write ``run.json``."""
        self.check()
        try:
            self.pages.mkdir(parents=True, exist_ok=True)
            for left in (*self.files(), *self._there(WORKING_FILES)):
                left.unlink()
            about = {"format": FORMAT, "version": VERSION, **about}
            self._write(self.folder / "run.json", json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n")
            self._write(self._unfinished, b"")
        except OSError as error:
            raise AuditError(f"cannot write to {self.folder}: {error.strerror}. Name another folder.") from error

    def about(self) -> dict[str, Any]:
        """The contents of ``run.json``. Raises `AuditError` where there is no run of this version."""
        about = self._run()
        if about is None:
            raise AuditError(f"there is no run to continue in {self.folder}. Begin one without --resume.")
        if about.get("version") != VERSION:
            raise AuditError(
                f"the run in {self.folder} was begun with another version of shariff_py. Begin a new one without --resume."
            )
        return about

    def files(self) -> list[Path]:
        """The files that are the run's evidence."""
        return self._there(EVIDENCE_FILES)

    def _there(self, patterns: Iterable[str]) -> list[Path]:
        return sorted(path for pattern in patterns for path in self.folder.glob(pattern) if path.is_file())

    def _run(self) -> dict[str, Any] | None:
        try:
            about = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        except (OSError, *UNREADABLE):
            return None
        return about if isinstance(about, dict) and about.get("format") == FORMAT else None

    # -- what is planned -----------------------------------------------------------------------------------------------------

    def note(self, page: Planned) -> None:
        """Record that a page is planned. A page's links are recorded before the page is saved, so that none can be lost in between."""
        with self._unfinished.open("a", encoding="utf-8") as file:
            file.write(_line(page))

    def planned(self) -> list[Planned]:
        """The pages of a run that stopped, in the order of their numbers. Raises `AuditError` where there is nothing to continue."""
        try:
            lines = self._unfinished.read_text(encoding="utf-8").splitlines(keepends=True)
            # A truncated last line comes from a page that was not saved yet; it will be visited again and its links found again.
            whole = [Planned(*json.loads(line)) for line in lines if line.endswith("\n")]
        except OSError as error:
            raise AuditError(
                f"the run in {self.folder} is complete; there is nothing to continue. Begin a new one without --resume."
            ) from error
        except (*UNREADABLE, TypeError) as error:
            raise AuditError(f"{self._unfinished} was changed and cannot be continued. Begin a new run.") from error
        self._write(self._unfinished, "".join(map(_line, whole)).encode())
        return whole

    def complete(self) -> None:
        """The run is complete: delete what was kept only to continue it."""
        self._unfinished.unlink(missing_ok=True)

    # -- what was seen -------------------------------------------------------------------------------------------------------

    def save(self, number: int, trace: Trace) -> None:
        """Write one page, completely or not at all."""
        self._write(self._page(number), TRACE.dump_json(trace))

    def numbers(self) -> list[int]:
        """The pages that are there, in order."""
        return sorted(int(path.stem) for path in self.pages.glob("*.json") if path.stem.isdecimal())

    def trace(self, number: int) -> Trace:
        """The trace of one page. Raises `AuditError` for a file that is not a trace."""
        path = self._page(number)
        try:
            return TRACE.validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise AuditError(f"{path} cannot be read. Delete it and continue with --resume.") from error

    def kept(self, number: int, *addresses: str) -> Trace | None:
        """The saved trace of this page, if it has one of these addresses."""
        trace = self.trace(number) if self._page(number).exists() else None
        return trace if trace is not None and trace.url in addresses else None

    def traces(self) -> Iterator[Trace]:
        """All pages, one at a time."""
        return (self.trace(number) for number in self.numbers())

    def _page(self, number: int) -> Path:
        return self.pages / f"{number:04d}.json"

    def _write(self, path: Path, content: bytes) -> None:
        beside = path.with_suffix(".part")
        beside.write_bytes(content)
        beside.replace(path)


def _line(page: Planned) -> str:
    return json.dumps(page, ensure_ascii=False) + "\n"
