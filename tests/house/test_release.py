"""A release is refused while its facts are too old or something of it is stale. The day is an argument, so this passes in every year."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import release_checks
from support.paths import DOCS, ROOT

from shariff_py.doctor.facts import Fact

FACTS = (
    Fact("youtube: record", date(2026, 1, 1), frozenset({"youtube"})),
    Fact("Google Ireland Limited", date(2026, 1, 1)),
    Fact("x: record", date(2026, 3, 1)),
)
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with nothing in the way of its release."""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n')
    (tmp_path / "publiccode.yml").write_text('name: shariff_py\nsoftwareVersion: "0.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n<!-- news -->\n\n## [0.2.0] - 2027-01-01\n")
    (tmp_path / "news").mkdir()
    (tmp_path / "docs").mkdir()
    for name in ("platforms.md", "reference-hosts.md"):
        shutil.copy(DOCS / name, tmp_path / "docs")
    return tmp_path


def test_a_checkout_that_is_ready_is_released(checkout: Path) -> None:
    assert release_checks.problems(checkout, NEW_YEAR, FACTS) == []


def test_facts_that_are_older_than_a_year_stop_it_and_are_named_with_the_cure(checkout: Path) -> None:
    found = release_checks.problems(checkout, date(2027, 1, 2), FACTS)

    assert found == [
        "Facts older than 365 days: Google Ireland Limited, youtube: record (2026-01-01). Compare each with its source, correct what has "
        "changed, and set its checked_on."
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ("news/+gate.fixed.md", "x"),
            "Not in CHANGELOG.md: 1 in news/ (+gate.fixed.md). Set the version, then run: .venv/bin/towncrier build --version X.Y.Z",
        ),
        (("CHANGELOG.md", "\n## [0.1.0] - 2026-11-23\n"), "CHANGELOG.md has 0 sections for 0.2.0"),
        (("CHANGELOG.md", 2 * "\n## [0.2.0] - 2026-11-23\n"), "CHANGELOG.md has 2 sections for 0.2.0"),
        (("publiccode.yml", 'softwareVersion: "0.1.0"\n'), "publiccode.yml does not have the version 0.2.0."),
        (("docs/platforms.md", "# Platforms\n"), "Stale in docs/: platforms.md. Run: .venv/bin/python scripts/platform_docs.py"),
    ],
)  # fmt: skip
def test_what_is_stale_or_not_collected_stops_it(checkout: Path, change: tuple[str, str], problem: str) -> None:
    file, text = change
    (checkout / file).write_text(text)

    found = release_checks.problems(checkout, NEW_YEAR, FACTS)

    assert len(found) == 1
    assert found[0].startswith(problem)


def test_many_news_are_counted_and_a_few_named(checkout: Path) -> None:
    for number in range(5):
        (checkout / "news" / f"+{number}.added.md").write_text("x")

    (found,) = release_checks.problems(checkout, NEW_YEAR, FACTS)

    assert found.startswith("Not in CHANGELOG.md: 5 in news/ (+0.added.md, +1.added.md, +2.added.md, …). ")


def test_everything_that_is_in_the_way_is_said_at_once(checkout: Path) -> None:
    (checkout / "news" / "+gate.fixed.md").write_text("x")
    (checkout / "publiccode.yml").write_text("")

    assert len(release_checks.problems(checkout, date(2028, 1, 1), FACTS)) == 3


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
