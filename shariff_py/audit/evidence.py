"""The evidence of a run on disk: one file per page, written as soon as the page is done, so that nothing is lost and memory stays flat.

OUT/run.json          what was planned, and how
OUT/pages/0001.json   a trace
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shariff_py.audit.trace import Trace
from shariff_py.errors import AuditError

TRACE: TypeAdapter[Trace] = TypeAdapter(Trace)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The folder of one run."""

    folder: Path

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    def begin(self, about: Mapping[str, Any]) -> None:
        """Begin a run: make the folder, write down what it is about."""
        try:
            self.pages.mkdir(parents=True, exist_ok=True)
            for left in self.pages.glob("*.json"):
                left.unlink()
            self._write(self.folder / "run.json", json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n")
        except OSError as error:
            raise AuditError(
                f"nothing can be written to {self.folder}: {error.strerror}. Name another folder."
            ) from error

    def about(self) -> dict[str, Any]:
        """What the run in this folder was about. Raises `AuditError` where there is none."""
        try:
            about = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise AuditError(f"there is no run to go on with in {self.folder}. Begin one without --resume.") from error
        return dict(about)

    def file(self, number: int, trace: Trace) -> None:
        """Write one page down, whole or not at all."""
        self._write(self.pages / f"{number:04d}.json", TRACE.dump_json(trace))

    def numbers(self) -> list[int]:
        """The pages that are there, in order."""
        return sorted(int(path.stem) for path in self.pages.glob("*.json") if path.stem.isdecimal())

    def trace(self, number: int) -> Trace:
        """One page as it was filed. Raises `AuditError` for a file that is not one of ours."""
        path = self.pages / f"{number:04d}.json"
        try:
            return TRACE.validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise AuditError(f"{path} cannot be read; delete it and go on with --resume.") from error

    def traces(self) -> Iterator[Trace]:
        """All pages, one at a time."""
        return (self.trace(number) for number in self.numbers())

    def _write(self, path: Path, content: bytes) -> None:
        beside = path.with_suffix(".part")
        beside.write_bytes(content)
        beside.replace(path)
