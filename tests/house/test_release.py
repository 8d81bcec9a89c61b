"""A release is refused while its facts are too old or its news are not collected. The day is an argument, so this passes in every year."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import release_checks
from support.paths import ROOT

from shariff_py.doctor.facts import Fact

FACTS = (
    Fact("youtube: record", date(2026, 1, 1), frozenset({"youtube"})),
    Fact("Google Ireland Limited", date(2026, 1, 1)),
    Fact("x: record", date(2026, 3, 1)),
)


def test_facts_are_released_for_a_year() -> None:
    assert release_checks.old_facts(date(2027, 1, 1), FACTS) == []


def test_facts_that_are_older_than_a_year_stop_a_release_and_are_named_with_the_cure() -> None:
    assert release_checks.old_facts(date(2027, 1, 2), FACTS) == [
        "Facts older than 365 days: Google Ireland Limited, youtube: record (2026-01-01). Compare each with its source, correct what has "
        "changed, and set its checked_on."
    ]


def test_news_that_are_not_in_the_changelog_stop_a_release_and_a_few_are_named(tmp_path: Path) -> None:
    assert release_checks.uncollected(tmp_path / "gone") == release_checks.uncollected(tmp_path) == []

    for number in range(5):
        (tmp_path / f"+{number}.added.md").write_text("x")

    assert release_checks.uncollected(tmp_path) == [
        "Not in CHANGELOG.md: 5 in news/ (+0.added.md, +1.added.md, +2.added.md, …). Set the version, then run: .venv/bin/towncrier build "
        "--version X.Y.Z"
    ]


def test_make_release_builds_only_after_every_check_and_no_test_runs_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^release: ## .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert found is not None

    assert [line.strip() for line in found[1].splitlines()] == [
        "$(PYTHON) scripts/prepare.py test",
        "$(BIN)/python scripts/release_checks.py",
        "$(BIN)/python scripts/build_widget_data.py --check",
        "$(BIN)/python scripts/build_static.py --check",
        "$(MAKE) docs",
        "$(BIN)/python -m build --no-isolation",
    ]
    assert (makefile.count("release_checks"), makefile.count("$(MAKE) release")) == (1, 0)
