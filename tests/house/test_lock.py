"""The lock files: what is installed to develop and to show the demonstration is pinned with hashes, for every Python and every system."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.paths import ROOT

FILES = ("demo", "test")


def text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pinned(name: str) -> dict[str, set[str]]:
    """Each package of a lock file, and its versions: there are several where an older Python needs an older one."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", text(name), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[str]:
    """A dependency group with the groups it includes."""
    entries = PROJECT["dependency-groups"][name]
    return [
        line for entry in entries for line in ([entry] if isinstance(entry, str) else group(entry["include-group"]))
    ]


def requirements(name: str) -> list[Requirement]:
    """What pyproject.toml requires in the environment of a lock file."""
    extras = PROJECT["project"]["optional-dependencies"]
    lines = [*PROJECT["project"]["dependencies"], *extras["server"], *group("build")]
    if name == "test":
        lines += [*chain.from_iterable(extras.values()), *group("dev")]
    return [Requirement(line) for line in lines]


def missing(wanted: list[Requirement], locked: dict[str, set[str]]) -> list[str]:
    """The requirements that no locked version fulfils; those of an extra of our own are no package."""
    return [
        str(one)
        for one in wanted
        if (name := canonicalize_name(one.name)) != "shariff-py"
        and not any(map(one.specifier.contains, locked.get(name, ())))
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_lock_file_fulfils_what_pyproject_requires(name: str) -> None:
    assert missing(requirements(name), pinned(name)) == [], "run: make lock"


def test_a_lock_file_that_is_behind_would_be_noticed() -> None:
    wanted = [Requirement("flask>=3.1"), Requirement("new-package")]

    assert missing(wanted, {"flask": {"3.0.3"}}) == ["flask>=3.1", "new-package"]


@pytest.mark.parametrize("name", FILES)
def test_every_package_of_a_lock_file_has_hashes_and_no_address(name: str) -> None:
    without = [line for line in text(name).splitlines() if line[:1].isalnum() and not line.endswith("\\")]

    assert without == []
    assert text(name).count("--hash=sha256:") >= len(pinned(name))
    assert re.findall(r"://|--index|--extra-index|--find-links", text(name)) == []


def test_the_demonstration_runs_with_what_was_tested() -> None:
    tested = pinned("test")

    assert {name: versions for name, versions in pinned("demo").items() if not versions <= tested[name]} == {}
