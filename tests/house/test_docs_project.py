"""What surrounds the code: decisions, dependencies, versions, news, and where the project is found."""

from __future__ import annotations

import re
import tomllib

import pytest
from support.documents import DOCS, text_of
from support.paths import ROOT

DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PROJECT = tomllib.loads(text_of(ROOT / "pyproject.toml"))
KINDS = {kind["directory"]: kind["name"] for kind in PROJECT["tool"]["towncrier"]["type"]}


# Decisions


def test_every_decision_is_in_the_list_with_its_title_and_status() -> None:
    listed = re.findall(
        r"^\| \[(\d{4})\]\(([^)]+)\) \| (.*) \| (.*) \|$", text_of(DOCS / "decisions" / "README.md"), re.MULTILINE
    )

    documented = []
    for path in DECISIONS:
        number, title = re.findall(r"\A# (\d{4}) (.*)$", text_of(path), re.MULTILINE)[0]
        documented.append((number, path.name, title, status(text_of(path))))

    assert listed == documented


def status(text: str) -> str:
    """``accepted``, or ``superseded by`` and a number; a decision says it below its title."""
    (found,) = re.findall(
        r"\A# .*\n\nStatus: (accepted|superseded by \[\d{4}\]\([^)]+\)) \([A-Z][a-z]+ \d{4}\)\.$", text, re.MULTILINE
    )
    return str(found)


def test_a_decision_without_a_status_would_be_noticed() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        status("# 0099 A title\n\nDecided in November 2026.\n")


def test_every_decision_has_context_decision_and_consequences() -> None:
    for path in DECISIONS:
        assert re.findall(r"^## (.*)$", text_of(path), re.MULTILINE) == ["Context", "Decision", "Consequences"], (
            path.name
        )


# Dependencies and versions


def test_every_dependency_is_documented_and_no_other_is() -> None:
    project = PROJECT["project"]
    extras = [need for needs in project["optional-dependencies"].values() for need in needs]
    declared = {re.split(r"[<>=~!\[;]", need)[0].strip() for need in [*project["dependencies"], *extras]}

    table = re.findall(r"^\| ([a-z0-9-]+) \|", text_of(DOCS / "dependencies.md"), re.MULTILINE)

    assert set(table) - {"package"} == declared - {project["name"]}


def test_version_and_licence_are_the_same_everywhere() -> None:
    project = PROJECT["project"]
    catalogue = dict(re.findall(r'^ *(\w+): "?([^"\n]+)"?$', text_of(ROOT / "publiccode.yml"), re.MULTILINE))

    latest = re.findall(r"^## \[(\d[^\]]*)\] - (\S+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)[0]

    assert (catalogue["softwareVersion"], catalogue["releaseDate"]) == latest
    assert latest[0] == project["version"]
    assert catalogue["license"] == project["license"] == "MIT"
    assert text_of(ROOT / "LICENSE").startswith("MIT License")


def test_the_project_is_found_where_the_catalogue_says() -> None:
    catalogue = text_of(ROOT / "publiccode.yml")
    urls = PROJECT["project"]["urls"]

    assert f'url: "{urls["Repository"]}"' in catalogue
    assert urls.keys() == {"Repository", "Documentation", "Changelog", "Issues"}


# News


def misnamed(names: list[str]) -> list[str]:
    """Fragments that would never be shown, because their kind is none."""
    return [name for name in names if not re.fullmatch(rf"\+[a-z0-9-]+\.({'|'.join(KINDS)})\.md", name)]


def test_every_news_fragment_has_a_kind_and_a_sentence() -> None:
    fragments = sorted((ROOT / "news").glob("*"))

    assert misnamed([path.name for path in fragments]) == []
    assert [path.name for path in fragments if not text_of(path).strip()] == []


def test_a_fragment_of_an_unknown_kind_would_be_noticed() -> None:
    assert misnamed(["+speed.changed.md", "+speed.faster.md", "speed.md"]) == ["+speed.faster.md", "speed.md"]


def repeated(changelog: str) -> list[str]:
    """Versions of a changelog in which a heading stands twice or is none of the kinds."""
    found = []
    for version in re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]:
        kinds = re.findall(r"^### (.*)$", version, re.MULTILINE)
        if len(set(kinds)) < len(kinds) or not set(kinds) <= set(KINDS.values()):
            found.append(version.split("\n", 1)[0])
    return found


def test_each_version_of_the_changelog_has_one_heading_of_each_kind() -> None:
    assert repeated(text_of(ROOT / "CHANGELOG.md")) == []


def test_a_version_with_two_headings_of_a_kind_would_be_noticed() -> None:
    assert repeated("# Changelog\n\n## [1.0]\n\n### Fixed\n\n### Fixed\n\n## [0.9]\n\n### Added\n") == ["[1.0]"]
