"""Put one small fault after the other into the package and name those that no test detects.

    scripts/mutate.py                              every module that is held by rules of this kind
    scripts/mutate.py shariff_py/gate              the modules in this folder, or in this file
    scripts/mutate.py --rows shariff_py/gate       rows of tables only; --bounds for the others
    scripts/mutate.py --every 20 ...               a sample: each twentieth fault
    scripts/mutate.py --tests tests/x.py FILE      another choice of tests; once for each of them

Exit code 1 if a row of a table, or more than one bound in twenty, is undetected.

Neither of the maintained tools takes a row out of a table: mutmut 3 changes nothing outside functions, and cosmic-ray, whose operators
change numbers and comparisons, writes each fault to disk and starts a process for it. Here each fault is a fork of one process that has
loaded all other people's modules, and the tests whose names hold a word of the row run first, so that most are noticed within a second.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import groupby
from pathlib import Path
from types import CodeType, ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.mutations import Mutation, mutations  # noqa: E402

TESTS = {
    "shariff_py/gate": [
        "tests/gate/test_rows_*.py",
        "tests/gate/test_bounds.py",
        "tests/gate/test_scripts_*.py",
        "tests/gate",
    ],
    "shariff_py/platforms": [
        "tests/gate/test_rows_*.py",
        "tests/counts/test_facebook_counts.py",
        "tests/counts/test_sources.py",
        "tests/counts/test_bounds_counts.py",
        "tests/house/test_platforms.py",
        "tests/house/test_new_platform.py",
        "tests/house/test_stand_in.py",
        "tests/consent_ui",
        "tests/gate/test_gate*.py",
    ],
    "shariff_py/testing/frames": ["tests/house/test_stand_in.py"],
    "shariff_py/response_policy": [
        "tests/web/test_rows_*.py",
        "tests/web/test_policy_*.py",
        "tests/web/test_integrity.py",
        "tests/consent_ui/test_frame.py",
    ],
    "shariff_py/web": [
        "tests/web/test_rows_*.py",
        "tests/web/test_charsets.py",
        "tests/web",
    ],
    "shariff_py/counts": ["tests/counts"],
    "shariff_py/audit/verdict": ["tests/audit/test_rows_verdict.py", "tests/audit"],
}
"""Folders of the package, and the tests by which a fault in them is to be noticed, the likeliest first."""

LEFT_OUT = "not (subprocess or browser or slow or full)"
PATIENCE = 120
LONGEST_PATIENCE = 1200
"""Seconds of CPU time, and seconds, for the tests of one fault. One that takes longer is noticed, too."""

BOUNDS_MISSED = 0.05
"""The share of bounds that may survive."""

OURS = ("shariff_py", "support", "conftest")


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", metavar="FOLDER or FILE", default=list(TESTS))
    parser.add_argument("--rows", action="store_true", help="rows of tables only")
    parser.add_argument("--bounds", action="store_true", help="bounds only")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth fault only")
    parser.add_argument(
        "--tests",
        action="append",
        default=[],
        metavar="FILE",
        help="this test instead of those of the folder; repeatable",
    )
    given = parser.parse_args()
    os.chdir(ROOT)
    if missing := [place for place in given.places if not Path(place).exists()]:
        parser.error(f"there is no {', no '.join(missing)}; name a folder or a file of the package")
    chosen = list(_chosen(given.places, rows=given.rows, bounds=given.bounds))[:: given.every]
    if not chosen:
        parser.error(f"there is no table and no bound in {', '.join(given.places)}")
    known = ""
    totals: Counter[tuple[str, bool]] = Counter()
    for path, faults in groupby(chosen, key=lambda each: each[0]):
        tests = list(_files(given.tests or _tests_of(path)))
        if known != (known := " ".join(tests)) and not _passes(tests):
            print("The tests fail without any fault: run them, and make them pass first.")
            return 2
        tally = _tried(path, [fault for _, fault in faults], tests)
        print(_summary(path, tally), flush=True)
        totals += tally
    print(_summary("together", totals))
    bounds = totals["bound", True] + totals["bound", False]
    return int(totals["row", True] > 0 or totals["bound", True] > BOUNDS_MISSED * bounds)


def _tried(path: str, faults: Iterable[Mutation], tests: Sequence[str]) -> Counter[tuple[str, bool]]:
    """How many faults of each kind in a module survive all tests, and how many are; the former are named."""
    tally: Counter[tuple[str, bool]] = Counter()
    for fault in faults:
        missed = _is_missed(path, fault, tests)
        tally[fault.kind, missed] += 1
        if missed:
            print(f"{path}:{fault.line}: undetected {fault.kind}: {fault.what}", flush=True)
    return tally


def _summary(what: str, tally: Counter[tuple[str, bool]]) -> str:
    kinds = [(f"{kind}s", tally[kind, True], tally[kind, True] + tally[kind, False]) for kind in ("row", "bound")]
    return f"{what}: " + ", ".join(
        f"{kind} {missed} of {count} undetected ({missed / count:.0%})" for kind, missed, count in kinds if count
    )


def _chosen(places: Iterable[str], *, rows: bool, bounds: bool) -> Iterator[tuple[str, Mutation]]:
    kinds = {kind for kind, wanted in (("row", rows), ("bound", bounds)) if wanted} or {"row", "bound"}
    heres = [ROOT / place for place in places]
    named = (path for here in heres for path in (sorted(here.rglob("*.py")) if here.is_dir() else [here]))
    for path in dict.fromkeys(named):
        for fault in mutations(path.read_text(encoding="utf-8")):
            if fault.kind in kinds:
                yield str(path.relative_to(ROOT)), fault


def _tests_of(path: str) -> Sequence[str]:
    fitting = [folder for folder in TESTS if path.startswith(f"{folder}/")]
    return TESTS[max(fitting, key=len)] if fitting else ["tests"]


def _files(patterns: Iterable[str]) -> Iterator[str]:
    """The test files that patterns and folders stand for, each once."""
    every = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py"))
    found = {
        pattern: [name for name in every if fnmatch.fnmatch(name, pattern) or name.startswith(f"{pattern}/")]
        for pattern in patterns
    }
    if nothing := [pattern for pattern, names in found.items() if not names]:
        raise SystemExit(f"There is no test {', no '.join(nothing)}; name a file, a folder or a pattern below tests/.")
    yield from dict.fromkeys(name for names in found.values() for name in names)


def _passes(tests: Sequence[str]) -> bool:
    """Whether the tests pass as things are. Other people's modules are loaded before, for all forks.

    Here they are only collected: threads that a test starts would not be there in the forks, and what waits for them would hang.
    """
    _run(["--collect-only", *tests], ())
    return _status_of(lambda: _run(tests, ())) == 0


def _is_missed(path: str, fault: Mutation, tests: Sequence[str]) -> bool:
    """Whether all tests pass with this fault."""
    return _status_of(lambda: _with_fault(path, fault, tests)) == 0


def _status_of(tried: Callable[[], int]) -> int:
    """How a fork ended in which our modules are loaded anew and something is tried; 0 only where that gave 0."""
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        signal.alarm(LONGEST_PATIENCE)
        code = 1
        try:
            _forget_ours()
            code = tried()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def _with_fault(path: str, fault: Mutation, tests: Sequence[str]) -> int:
    """The exit code of the tests with the fault. A module that cannot be loaded any more is noticed by itself."""
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    code = fault.compiled((ROOT / path).read_text(encoding="utf-8"), str(ROOT / path))
    sys.meta_path.insert(0, _Faulty(name, ROOT / path, code))
    naming = [test for test in tests if any(f'"{word}' in (ROOT / test).read_text("utf-8") for word in fault.words)]
    rows = [test for test in tests if "/test_rows_" in test or "/test_bounds" in test]
    return next(filter(None, (_run(chosen, fault.words) for chosen in (naming, rows, tests) if chosen)), 0)


def _forget_ours() -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in OURS or name.rpartition(".")[2].startswith("test_"):
            del sys.modules[name]


def _run(tests: Sequence[str], words: Sequence[str]) -> int:
    options = [
        "-q",
        "-x",
        "--no-header",
        "--tb=no",
        "--assert=plain",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-m",
        LEFT_OUT,
    ]
    with Path(os.devnull).open("w") as nowhere:
        kept = os.dup(1), os.dup(2)
        os.dup2(nowhere.fileno(), 1), os.dup2(nowhere.fileno(), 2)
        try:
            return int(pytest.main([*options, *tests], plugins=[_Nearest(words)]))
        finally:
            os.dup2(kept[0], 1), os.dup2(kept[1], 2)


class _Nearest:
    """Has the tests run first that are named by a word of what is missing."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = [word for word in words if word.strip()]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: not any(word in item.nodeid for word in self._words))


class _Faulty(MetaPathFinder, SourceFileLoader):
    """Loads one module with a fault in it; all others are loaded as usual."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        SourceFileLoader.__init__(self, name, str(path))
        self._code = code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        file = Path(self.path)
        folder = [str(file.parent)] if file.name == "__init__.py" else None
        return spec_from_file_location(fullname, file, loader=self, submodule_search_locations=folder)

    def get_code(self, fullname: str) -> CodeType:
        return self._code


if __name__ == "__main__":
    started = time.monotonic()
    code = main()
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(code)
