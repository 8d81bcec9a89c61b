"""Faults, and growth: ``make reliability``. Everything is printed and written into the tables of ``docs/reliability.md``.

The exit code is 1 if something does not hold. With words after it, only the cases whose names contain one of them are tried, and nothing is
written. Servers run in processes of their own and are ended with their case; everything stays on this machine.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from faults.outcome import Fault, Outcome, shortened
from faults.table import FAULTS
from growth.entries import WITHOUT_INPUT, public_entries
from growth.measure import MAX_RATIO, Growth, Measured, measured
from growth.table import GROWTHS

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "reliability.md"
FAULT_HEAD = ("fault", "done", "lost", "said", "works again after", "memory, disk", "holds")
GROWTH_HEAD = ("entry", "what doubles", "up to", "time", "memory", "holds")
NO_FIGURE = "–"


def fault_name(fault: Fault) -> str:
    """What a fault is called in the table."""
    return f"{fault.kind}: {fault.name}"


def tried(fault: Fault) -> Outcome:
    """What came of a fault, in a folder of its own. An error that nobody expected is an outcome that does not hold."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            return fault.cause(Path(folder))
        except Exception as error:
            return Outcome(
                NO_FIGURE, "not known", f"{type(error).__name__}: {shortened(error)}", NO_FIGURE, NO_FIGURE, False
            )


def fault_cells(fault: Fault, outcome: Outcome) -> tuple[str, ...]:
    """A row of the table of faults."""
    told = (outcome.done, outcome.lost, outcome.said, outcome.again, outcome.growth)
    return (fault_name(fault), *told, _verdict(outcome.holds))


def grown(case: Growth) -> Measured | Exception:
    """The ratios of a case, or the error it ended in."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            return measured(case, Path(folder))
        except Exception as error:
            return error


def growth_cells(case: Growth, result: Measured | Exception) -> tuple[str, ...]:
    """A row of the table of growth."""
    if isinstance(result, Exception):
        error = f"{type(result).__name__}: {shortened(result, 60)}"
        return (f"`{case.entry}`", case.doubled, NO_FIGURE, error, NO_FIGURE, _verdict(False))
    ratios = (NO_FIGURE if ratio is None else f"{ratio:.1f}" for ratio in (result.time, result.memory))
    return (f"`{case.entry}`", case.doubled, f"{result.largest:,}", *ratios, _verdict(result.holds))


def _verdict(holds: bool) -> str:
    return "yes" if holds else "**no**"


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', '&#124;').replace('<', '&lt;') for cell in line)} |" for line in lines
    )


def between(text: str, name: str, table: str) -> str:
    """The document with a table in place of what is between its two markers. Raises `ValueError` where one is missing."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"The document has no markers {begin.strip()} and {end}.")
    return f"{before}{begin}\n{table}\n\n{end}{after}"


def _chosen(words: list[str], name: str) -> bool:
    return not words or any(word in name for word in words)


def _faults(words: list[str]) -> Iterator[tuple[str, ...]]:
    for fault in FAULTS:
        if _chosen(words, fault_name(fault)):
            yield _told(fault_cells(fault, tried(fault)))


def _growths(words: list[str]) -> Iterator[tuple[str, ...]]:
    there = set(public_entries())
    for case in GROWTHS:
        if case.entry in there and _chosen(words, f"{case.entry}: {case.doubled}"):
            yield _told(growth_cells(case, grown(case)))


def _told(cells: tuple[str, ...]) -> tuple[str, ...]:
    print(" | ".join(cells), flush=True)
    return cells


def main() -> int:
    """Print every row and write the document; 1 if one does not hold."""
    words = sys.argv[1:]
    logging.disable()
    began = time.monotonic()
    faults, growths = list(_faults(words)), list(_growths(words))
    if not words:
        text = between(DOCUMENT.read_text(encoding="utf-8"), "faults", markdown(FAULT_HEAD, faults))
        DOCUMENT.write_text(between(text, "growth", markdown(GROWTH_HEAD, growths)), encoding="utf-8")
    failing = [row[0] for row in (*faults, *growths) if row[-1] != _verdict(True)]
    own, children = os.times()[:2], os.times()[2:4]
    print(
        f"{len(faults)} faults, {len(growths)} cases of growth (bound {MAX_RATIO}), {len(WITHOUT_INPUT)} entries without input; "
        f"{len(failing)} do not hold{': ' + '; '.join(failing) if failing else ''}. "
        f"{time.monotonic() - began:.0f} s, CPU {sum(own) + sum(children):.0f} s."
    )
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
