"""Say what has to be done before a release, and fail where there is anything. The first step of ``make release``.

It depends on the day, so it is no test: the tests of an old tag pass in every year. What does not is checked by the tests of the documents.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from shariff_py.doctor.facts import RELEASE_UNTIL, Fact, facts, named, older_than

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print what is missing. Returns the exit status."""
    found = [*old_facts(datetime.now(UTC).date(), facts()), *uncollected(ROOT / "news")]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def old_facts(today: date, known: Iterable[Fact]) -> list[str]:
    """The facts that are too old to be released on a day, with the cure."""
    old = older_than(RELEASE_UNTIL, today, known)
    if not old:
        return []
    cure = "Compare each with its source, correct what has changed, and set its checked_on."
    return [f"Facts older than {RELEASE_UNTIL} days: {'; '.join(named(old))}. {cure}"]


def uncollected(news: Path) -> list[str]:
    """The news in a folder that are not in the changelog yet, with the cure."""
    left = sorted(file.name for file in news.glob("*.md"))
    if not left:
        return []
    cure = "Set the version, then run: .venv/bin/towncrier build --version X.Y.Z"
    return [f"Not in CHANGELOG.md: {len(left)} in news/ ({', '.join(left[:3])}{', …' if left[3:] else ''}). {cure}"]


if __name__ == "__main__":
    sys.exit(main())
