"""Hold what the tests do not cover in the pure folders against the list of it: ``coverage_gaps.py REPORT.json``.

The report is that of ``coverage json`` with branches. Prints the coverage of each folder of the package. Exits with 1 where something is not covered
and not listed in ``docs/coverage-gaps.toml``, and where something is listed that is covered. Only the standard library is used.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "coverage-gaps.toml"
PURE = (
    "urls.py", "texts/", "platforms/", "policy.py", "settings/", "gate/", "response_policy/", "consent_ui/", "channels/", "counts/",
    "audit/verdict/", "audit/evidence/", "audit/report/",
)  # fmt: skip
"""Below the package: what touches neither network nor disk nor clock, so that there is no excuse but a reason."""

Gap = tuple[str, str]
"""A file below the package, and the text of a line: its number would change with every edit above it."""


def gaps(name: str, report: Mapping[str, Any], source: list[str]) -> Iterator[Gap]:
    """Lines that go one way only, and the first line of each stretch that is never run for another reason."""
    one_way = {start for start, _ in report["missing_branches"]}
    explained = {target for _, target in report["missing_branches"]}
    missed = set(report["missing_lines"])
    run = set(report["executed_lines"])
    for line in sorted(one_way - missed):
        yield name, source[line - 1].strip()
    for line in sorted(missed - explained):
        before = max((number for number in run | missed if number < line), default=0)
        if before not in missed:
            yield name, source[line - 1].strip()


def found(report: Mapping[str, Any]) -> Counter[Gap]:
    """All gaps of the pure folders; a line that occurs several times in its file is counted."""
    package = {file.removeprefix("shariff_py/"): one for file, one in report["files"].items()}
    return Counter(
        gap
        for name, one in package.items()
        if name.startswith(PURE)
        for gap in gaps(name, one, (ROOT / "shariff_py" / name).read_text(encoding="utf-8").splitlines())
    )


def listed(text: str) -> Counter[Gap]:
    """The gaps of the list. Raises ``ValueError`` where one has no reason."""
    entries = tomllib.loads(text).get("gap", [])
    if without := [entry for entry in entries if not entry.get("reason", "").strip()]:
        raise ValueError(f"{LIST.name}: give a reason for {without[0]}.")
    return Counter({(entry["file"], entry["line"]): entry.get("times", 1) for entry in entries})


def entry(name: str, line: str, times: int) -> str:
    """A gap as the list has it, without its reason. (A JSON string is a TOML string.)"""
    several = f"\ntimes = {times}" if times > 1 else ""
    return f'[[gap]]\nfile = "{name}"\nline = {json.dumps(line)}{several}\nreason = ""\n'


def by_folder(report: Mapping[str, Any]) -> Iterator[str]:
    """A line for each pure folder, and one for the rest of each folder of the package: lines and branches, in per cent."""
    sums: dict[str, Counter[str]] = {}
    for file, one in report["files"].items():
        name = file.removeprefix("shariff_py/")
        folder = next((pure.rstrip("/") for pure in PURE if name.startswith(pure)), name.split("/")[0])
        sums.setdefault(folder, Counter()).update({k: v for k, v in one["summary"].items() if isinstance(v, int)})
    for folder, numbers in sorted(sums.items()):
        lines = 100 * numbers["covered_lines"] / max(1, numbers["num_statements"])
        branches = 100 * numbers["covered_branches"] / max(1, numbers["num_branches"])
        yield f"{folder:24} lines {lines:6.1f} %   branches {branches:6.1f} % of {numbers['num_branches']}"


def main(measured: Path, listing: Path = LIST) -> int:
    report = json.loads(measured.read_text(encoding="utf-8"))
    print(*by_folder(report), sep="\n")
    have, want = found(report), listed(listing.read_text(encoding="utf-8"))
    for (name, line), times in sorted((have - want).items()):
        print(f"Not covered and not listed:\n{entry(name, line, times)}", file=sys.stderr)
    for (name, line), times in sorted((want - have).items()):
        print(f"Listed and covered: {name}: {line} ({times} times)", file=sys.stderr)
    if have != want:
        print(f"Write a test, or list it with a reason in docs/{LIST.name}.", file=sys.stderr)
    return int(have != want)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
