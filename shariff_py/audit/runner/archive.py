"""The evidence of a run on disk: one file per page, written as soon as the page is done, so that nothing is lost and memory stays flat.

OUT/run.json          how the pages were visited
OUT/pages/0001.json   a trace
OUT/unfinished.jsonl  a line per planned page, with its whole address: needed to go on, deleted once the run is complete
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
from shariff_py.errors import AuditError

TRACE: TypeAdapter[Trace] = TypeAdapter(Trace)

FORMAT = "shariff-audit-run"
"""What ``run.json`` says of itself. A file of that name that does not say so is somebody else's."""

EVIDENCE_FILES = ("run.json", "[0-9]*.netlog.json", "pages/[0-9]*.json")
WORKING_FILES = ("unfinished.jsonl", "run.part", "unfinished.part", "pages/[0-9]*.part")
"""The evidence's files, and those that only a run under way needs. Nothing else is ever deleted here, or called a part of the run."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The folder of one run."""

    folder: Path

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def _unfinished(self) -> Path:
        return self.folder / "unfinished.jsonl"

    def check(self) -> None:
        """Raise `AuditError` where a run may not be filed: in a folder with anything in it but an earlier audit."""
        try:
            taken = self.folder.exists() and any(self.folder.iterdir())
        except OSError as error:
            raise AuditError(f"{self.folder} cannot be used: {error.strerror}. Name another folder.") from error
        if taken and self._run() is None:
            raise AuditError(
                f"there are files in {self.folder} that are no audit's, and none of them may be lost. "
                "Name a folder that is empty or not there."
            )

    def begin(self, about: Mapping[str, Any]) -> None:
        """Begin a run: make the folder, take away an earlier run, write down what this one is about."""
        self.check()
        try:
            self.pages.mkdir(parents=True, exist_ok=True)
            for left in (*self.files(), *self._there(WORKING_FILES)):
                left.unlink()
            about = {"format": FORMAT, "version": VERSION, **about}
            self._write(self.folder / "run.json", json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n")
            self._write(self._unfinished, b"")
        except OSError as error:
            raise AuditError(
                f"nothing can be written to {self.folder}: {error.strerror}. Name another folder."
            ) from error

    def about(self) -> dict[str, Any]:
        """What the run in this folder was about. Raises `AuditError` where there is none."""
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
        except (OSError, ValueError):
            return None
        return about if isinstance(about, dict) and about.get("format") == FORMAT else None

    # -- what is planned -----------------------------------------------------------------------------------------------------

    def note(self, page: Planned) -> None:
        """Write down that a page is planned. Where a page leads is noted before the page is filed, so that no link can be lost between."""
        with self._unfinished.open("a", encoding="utf-8") as file:
            file.write(_line(page))

    def planned(self) -> list[Planned]:
        """The pages of a run that stopped, in the order of their numbers. Raises `AuditError` where there is nothing to go on with."""
        try:
            lines = self._unfinished.read_text(encoding="utf-8").splitlines(keepends=True)
        except (OSError, UnicodeDecodeError) as error:
            raise AuditError(
                f"the run in {self.folder} is complete, there is nothing to go on with. Begin one without --resume."
            ) from error
        # A last line that was cut short belongs to a page that was not filed yet, and will be visited and lead there again.
        whole = [Planned(*json.loads(line)) for line in lines if line.endswith("\n")]
        self._write(self._unfinished, "".join(map(_line, whole)).encode())
        return whole

    def complete(self) -> None:
        """The run is over: what was kept only to go on with it is deleted."""
        self._unfinished.unlink(missing_ok=True)

    # -- what was seen -------------------------------------------------------------------------------------------------------

    def save(self, number: int, trace: Trace) -> None:
        """Write one page down, whole or not at all."""
        self._write(self._page(number), TRACE.dump_json(trace))

    def numbers(self) -> list[int]:
        """The pages that are there, in order."""
        return sorted(int(path.stem) for path in self.pages.glob("*.json") if path.stem.isdecimal())

    def trace(self, number: int) -> Trace:
        """One page as it was filed. Raises `AuditError` for a file that is not one of ours."""
        path = self._page(number)
        try:
            return TRACE.validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise AuditError(f"{path} cannot be read; delete it and go on with --resume.") from error

    def kept(self, number: int, *addresses: str) -> Trace | None:
        """What was filed of this page, if it is the one with one of these addresses."""
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
