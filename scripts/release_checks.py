"""Say what has to be done before a release, and fail where there is anything. The first step of ``make release``.

It depends on the day, so it is no test: the tests of an old tag pass in every year.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import platform_docs

from shariff_py.doctor.facts import RELEASE_UNTIL, Fact, facts, named, older_than

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print what is missing. Returns the exit status."""
    found = problems(ROOT, datetime.now(UTC).date(), facts())
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def problems(root: Path, today: date, known: Iterable[Fact]) -> list[str]:
    """What stands in the way of releasing a checkout on a day, each with the cure."""
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return [*old_facts(today, known), *changelog(root, version), *catalogue(root, version), *documents(root)]


def old_facts(today: date, known: Iterable[Fact]) -> list[str]:
    """The facts that are too old to be released."""
    old = older_than(RELEASE_UNTIL, today, known)
    if not old:
        return []
    cure = "Compare each with its source, correct what has changed, and set its checked_on."
    return [f"Facts older than {RELEASE_UNTIL} days: {'; '.join(named(old))}. {cure}"]


def changelog(root: Path, version: str) -> list[str]:
    """Whether all changes are in the changelog, below this version."""
    left = sorted(file.name for file in (root / "news").glob("*.md"))
    sections = (root / "CHANGELOG.md").read_text("utf-8").count(f"\n## [{version}] - ")
    cure = "Set the version, then run: .venv/bin/towncrier build --version X.Y.Z"
    if left:
        return [f"Not in CHANGELOG.md: {len(left)} in news/ ({', '.join(left[:3])}{', …' if left[3:] else ''}). {cure}"]
    if sections != 1:
        return [f"CHANGELOG.md has {sections} sections for {version}, the version in pyproject.toml. {cure}"]
    return []


def catalogue(root: Path, version: str) -> list[str]:
    """Whether the description for catalogues has the same version."""
    told = re.search(r'^softwareVersion: "(.*)"$', (root / "publiccode.yml").read_text("utf-8"), re.MULTILINE)
    if told and told[1] == version:
        return []
    return [f"publiccode.yml does not have the version {version}. Set softwareVersion and releaseDate."]


def documents(root: Path) -> list[str]:
    """Whether what is written from the records is what the records say."""
    stale = platform_docs.stale(root / "docs")
    return [f"Stale in docs/: {', '.join(stale)}. {platform_docs.COMMAND}"] if stale else []


if __name__ == "__main__":
    sys.exit(main())
