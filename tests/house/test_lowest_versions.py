"""The lowest version of each package that pyproject.toml allows: installed in an environment of its own, and enough for the tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from support.paths import ROOT

ENVIRONMENT = ROOT / ".venv" / "lowest"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

CORE = (
    "tests/web/test_charsets.py", "tests/web/test_wsgi.py", "tests/web/test_asgi.py", "tests/web/test_flask_share.py",
    "tests/web/test_flask_gates.py", "tests/web/test_own_pages.py", "tests/web/test_rows_headers.py",
    "tests/gate/test_gate_cases.py::test_a_case_becomes_what_is_expected",
    "tests/gate/test_snippet.py", "tests/gate/test_css_positions.py", "tests/gate/test_scripts_kept.py", "tests/counts/test_http_client.py",
    "tests/counts/test_sources.py", "tests/counts/test_journal_records.py", "tests/consent_ui/test_share.py", "tests/consent_ui/test_prose.py",
    "tests/house/test_settings.py", "tests/house/test_urls.py", "tests/audit/test_audit_netlog.py", "tests/audit/test_audit_server.py",
    "tests/counts/stores/test_stores_set_aside.py", "tests/counts/test_journal_files.py",
)  # fmt: skip
"""What each package is there for, once: in process, in seconds. Of a golden case it is enough that it becomes the same: what that is worth is
tested with the locked versions."""

LEFT_OUT = {
    "tests/audit/test_audit_policy.py::test_the_published_schema_is_the_reports_own": "the file is written with the locked version of pydantic",
    "tests/house": "about the checkout, not about the packages, but for what CORE names",
}

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def declared() -> dict[str, Requirement]:
    """Every package that the project or one of its extras requires."""
    lines = [*PROJECT["dependencies"], *chain.from_iterable(PROJECT["optional-dependencies"].values())]
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): one for one in found if canonicalize_name(one.name) != "shariff-py"}


def lowest(requirement: Requirement) -> Version:
    """The version after ``>=``."""
    (bound,) = [Version(part.version) for part in requirement.specifier if part.operator == ">="]
    return bound


def test_every_package_has_a_lowest_version_and_the_lock_has_it() -> None:
    text = (ROOT / "requirements" / "lowest.txt").read_text(encoding="utf-8")
    locked = {name: Version(version) for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text, re.MULTILINE)}

    wrong = {
        name: str(locked.get(name)) for name, one in declared().items() if not _is_first(locked.get(name), lowest(one))
    }

    assert wrong == {}, "run: make lock"


def _is_first(version: Version | None, bound: Version) -> bool:
    """Whether a version is the first there is from a bound on: the bound itself, or a release of it (``8.1`` came out as ``8.1.3``)."""
    return version is not None and version.release[: len(bound.release)] == bound.release


def test_a_lock_that_is_above_a_bound_would_be_noticed() -> None:
    assert not _is_first(Version("0.6.1"), Version("0.5.1"))
    assert not _is_first(None, Version("1"))
    assert _is_first(Version("8.1.3"), Version("8.1"))


@pytest.mark.subprocess
def test_the_environment_has_them_and_the_tools_of_the_tests() -> None:
    program = (
        "import importlib.metadata as m, json, sys; "
        "print(json.dumps({name: [m.version(name), str(m.distribution(name).locate_file(''))] for name in sys.argv[1:]}))"
    )
    done = subprocess.run([PYTHON, "-c", program, *declared(), "pytest"], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)

    above = {
        name: found[name][0] for name, one in declared().items() if not _is_first(Version(found[name][0]), lowest(one))
    }

    assert above == {}
    assert Path(found["pytest"][1]) != Path(found["flask"][1])


def passed(*tests: str, marks: str) -> tuple[int, str]:
    """How many tests pass with the lowest versions, and the end of what the run says."""
    command = [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--hypothesis-profile",
        "quick",
        "-m",
        marks,
        *tests,
    ]
    command += [f"--deselect={name}" for name in LEFT_OUT if "::" in name]
    environ = {**os.environ, "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    found = re.search(r"([0-9]+) passed", done.stdout)
    return (int(found[1]) if found and done.returncode == 0 else 0), done.stdout[-3000:] + done.stderr[-1000:]


IN_PROCESS = "not (subprocess or browser or slow or full)"


@pytest.mark.subprocess
def test_what_each_package_is_there_for_works_with_its_lowest_version() -> None:
    number, said = passed(*CORE, marks=IN_PROCESS)

    assert number > 1000, said


@pytest.mark.full
@pytest.mark.subprocess
def test_all_tests_without_a_browser_pass_with_the_lowest_versions() -> None:
    number, said = passed("tests", "--ignore=tests/house", marks="not (browser or full or slow)")

    assert number > 10_000, said


@pytest.mark.subprocess
def test_a_version_that_is_too_low_would_be_noticed() -> None:
    """``webencodings`` 0.5.1 did not know the label ``unicode``, and so pages in UTF-16 passed as they were."""
    tests = "tests/web/test_charsets.py::test_a_page_is_read_in_the_set_a_browser_would_choose"
    program = (
        "import sys, pytest, webencodings.labels as known; del known.LABELS['unicode']; "
        f"sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', {tests!r}]))"
    )

    done = subprocess.run([PYTHON, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "utf-16le" in done.stdout
