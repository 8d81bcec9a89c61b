"""The documents say what is true: their examples run, their tables are complete, their links lead somewhere."""

from __future__ import annotations

import ast
import dataclasses
import json
import os
import re
import subprocess
import sys
import tomllib
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from bs4 import BeautifulSoup
from support.paths import ROOT, TESTS

from shariff_py.channels import Channel, Register, Verdict, check
from shariff_py.channels.checks import CHECKS, REGISTER_CHECKS
from shariff_py.cli import COMMANDS, commands
from shariff_py.journal import Entry
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.settings import Settings, load
from shariff_py.urls import parse

READMES = [ROOT / "README.md", ROOT / "README.de.md"]
DOCUMENTS = sorted([*READMES, ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(document: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(document), re.MULTILINE | re.DOTALL)


def headings(document: Path) -> list[str]:
    without_code = re.sub(r"^```.*?^```$", "", text_of(document), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^(#+) ", without_code, re.MULTILINE)


def rows(document: Path) -> dict[str, list[str]]:
    """Table rows whose first cell is code, by that code."""
    cells = (line.strip("|").split(" | ") for line in text_of(document).splitlines() if line.startswith("| `"))
    return {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in cells}


# The README's example


def visit(readme: Path, folder: Path) -> str:
    """Run the README's application as a reader would, in a process and a folder of its own, and return the page it shows."""
    (program,) = blocks(readme, "python")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    environ |= {
        "SHARIFF_FRAME__SECRETS": '["a long random text"]',
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    asking = (
        "\nanswer = app.test_client().get('/')\nprint(answer.headers['Content-Security-Policy'])\nprint(answer.text)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program + asking],
        cwd=folder,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def frames_of_platforms(html: str) -> list[str]:
    page = BeautifulSoup(html, "html.parser")
    sources = [
        str(tag.get("src") or tag.get("data") or "") for tag in page.select("iframe, embed, object, script, img, link")
    ]
    return [source for source in sources if (parts := parse(source)) and platform_of(parts.host)]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_application_shows_a_gate_and_nothing_of_a_platform(readme: Path, tmp_path: Path) -> None:
    page = visit(readme, tmp_path)

    gate = BeautifulSoup(page, "html.parser").select_one('form[method="post"][action="/shariff/frame"]')
    policy = page.splitlines()[0]

    assert gate is not None
    assert frames_of_platforms(page) == []
    assert "frame-src 'self'" in policy
    assert "facebook" not in policy


def test_a_page_with_a_platforms_frame_would_not_pass() -> None:
    assert frames_of_platforms('<iframe src="https://www.facebook.com/plugins/post.php"></iframe>')


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_configuration_loads_and_can_gate(readme: Path, tmp_path: Path) -> None:
    (example,) = blocks(readme, "toml")
    file = tmp_path / "shariff.toml"
    file.write_text(example, encoding="utf-8")

    settings = load(file=file, environ={})

    assert settings.policy.release("facebook").is_open
    assert settings.policy.controller() is not None
    assert settings.own_hosts == ("www.example.org",)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_command_and_no_other(readme: Path) -> None:
    context = click.Context(commands)
    there = {
        f"{name} {below}" if below else name
        for name, command in ((name, commands.get_command(context, name)) for name in COMMANDS)
        for below in (command.commands if isinstance(command, click.Group) else [""])
    }

    first_cells = [line.split(" | ")[0] for line in text_of(readme).splitlines() if re.match(r"\| `[a-z]", line)]
    told = {re.sub(r" [A-Z[].*", "", code) for cell in first_cells for code in re.findall(r"`([^`]+)`", cell)}

    assert told - {"shariff-py"} == there


def test_both_readmes_have_the_same_headings_and_code() -> None:
    english, german = READMES

    assert headings(english) == headings(german)
    assert [len(blocks(english, kind)) for kind in ("sh", "python", "toml")] == [2 + 1, 1, 1]
    assert [len(blocks(german, kind)) for kind in ("sh", "python", "toml")] == [2 + 1, 1, 1]


# The configuration


def settings_of(record: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every setting's dotted name with its default as TOML writes it, walked from the records themselves."""
    hints = typing.get_type_hints(record)
    for field in (field for field in dataclasses.fields(record) if field.init):
        kind = hints[field.name]
        if dataclasses.is_dataclass(kind):
            yield from settings_of(kind, f"{prefix}{field.name}.")
        elif (values := mapping_of(kind)) is not None:
            key = {"controllers": "ID", "stand_in": "HOST", "aliases": "ADDRESS"}.get(field.name, "NAME")
            if dataclasses.is_dataclass(values):
                yield from settings_of(values, f"{prefix}{field.name}.{key}.")
            else:
                yield f"{prefix}{field.name}.{key}", "none"
        else:
            yield f"{prefix}{field.name}", default_of(field)


def mapping_of(kind: Any) -> Any:
    """The type of a mapping's values, ``None`` for everything else."""
    return typing.get_args(kind)[1] if typing.get_origin(kind) is Mapping else None


def default_of(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "required"
    default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
    return "none" if default is None else f"`{json.dumps(default)}`"


def test_every_setting_is_documented_with_its_default_and_no_other_is() -> None:
    documented = {name: cells[0] for name, cells in rows(ROOT / "docs" / "configuration.md").items()}

    assert documented == dict(settings_of(Settings))


def test_a_setting_that_is_not_documented_would_be_noticed() -> None:
    @dataclasses.dataclass(frozen=True)
    class Wider(Settings):
        tracking: bool = True

    documented = rows(ROOT / "docs" / "configuration.md").keys()

    assert dict(settings_of(Wider)).keys() - documented == {"tracking"}


def test_a_setting_is_never_documented_without_its_meaning() -> None:
    for name, cells in rows(ROOT / "docs" / "configuration.md").items():
        assert cells[-1].strip(" |").endswith("."), name


# Channels and journal


def test_the_example_of_a_channel_keeps_every_rule() -> None:
    (example,) = blocks(ROOT / "docs" / "channels.md", "toml")
    (readme,) = blocks(READMES[0], "toml")
    settings = Settings.from_mapping(tomllib.loads(readme))
    register = Register.from_mapping(tomllib.loads(example), language="en")

    (channel,) = register.channels
    assert channel.last_checked_on is not None
    found = check(register, settings, channel.last_checked_on)

    assert [finding for finding in found if finding.verdict is not Verdict.PASS] == []
    assert {field.name for field in dataclasses.fields(Channel)} - tomllib.loads(example)["channels"][0].keys() == {
        "closed_on"
    }


def test_every_rule_of_the_register_is_documented_and_no_other_is() -> None:
    states = {"requested", "approved", "active", "dormant", "closed"}

    documented = rows(ROOT / "docs" / "channels.md").keys() - states

    assert documented == {rule.rule for rule in (*CHECKS, *REGISTER_CHECKS)}


def test_every_field_of_a_journal_record_is_documented_and_no_other_is() -> None:
    told = {
        name
        for line in text_of(ROOT / "docs" / "journal.md").splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([^`]+)`", line.split(" | ")[0])
    }

    assert told == {"time" if field.name == "when" else field.name for field in dataclasses.fields(Entry)}


# Counts


def test_every_source_of_counts_is_documented_with_whom_it_asks_and_what_it_counts() -> None:
    documented = {name: cells for name, cells in rows(ROOT / "docs" / "counts.md").items() if len(cells) == 4}
    sources = {name: record.counts for name, record in REGISTRY.items() if record.counts}

    assert documented.keys() == sources.keys()
    for name, source in sources.items():
        asked, counted, key, _ = documented[name]
        assert asked.startswith(source.host), name
        assert counted.startswith(source.counts), name
        assert (key == "none") is not source.needs_credentials, name
        assert (f"platforms.{name}.server" in asked) is source.own_server, name


def test_the_example_of_the_proxy_on_its_own_loads_and_may_ask() -> None:
    example = next(block for block in blocks(ROOT / "docs" / "counts.md", "toml") if "[releases" in block)

    settings = Settings.from_mapping(tomllib.loads(example))

    assert settings.policy.release("facebook").is_open
    assert settings.owns("news.example.org")


# All documents


def broken_links(document: Path) -> list[str]:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(document))
    return [target for target in targets if "://" not in target and not (document.parent / target).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    assert broken_links(document) == []


def test_a_link_that_leads_nowhere_would_be_noticed(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("[here](page.md#top) [there](https://www.example.org/) [nowhere](gone.md)", encoding="utf-8")

    assert broken_links(document) == ["gone.md"]


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"

    listed = set(re.findall(r"\]\((\d{4}-[^)]+)\)", text_of(folder / "README.md")))

    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_every_decision_has_context_decision_and_consequences() -> None:
    for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        assert re.findall(r"^## (.*)$", text_of(path), re.MULTILINE) == ["Context", "Decision", "Consequences"], (
            path.name
        )


def test_every_dependency_is_documented_and_no_other_is() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extras = [need for needs in project["optional-dependencies"].values() for need in needs]
    declared = {re.split(r"[<>=~!\[;]", need)[0].strip() for need in [*project["dependencies"], *extras]}

    table = re.findall(r"^\| ([a-z0-9-]+) \|", text_of(ROOT / "docs" / "dependencies.md"), re.MULTILINE)

    assert set(table) - {"package"} == declared


def test_version_and_licence_are_the_same_everywhere() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    catalogue = dict(re.findall(r'^ *(\w+): "?([^"\n]+)"?$', text_of(ROOT / "publiccode.yml"), re.MULTILINE))

    latest = re.findall(r"^## \[(\d[^\]]*)\] - (\S+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)[0]

    assert (catalogue["softwareVersion"], catalogue["releaseDate"]) == latest
    assert latest[0] == project["version"]
    assert catalogue["license"] == project["license"] == "MIT"
    assert text_of(ROOT / "LICENSE").startswith("MIT License")


def test_the_readmes_python_is_python() -> None:
    for readme in READMES:
        for block in blocks(readme, "python"):
            assert ast.parse(block).body


# Requirements


def requirements() -> dict[str, list[str]]:
    lines = text_of(ROOT / "docs" / "requirements.md").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| R\d+ ", line)]
    return {row[0]: row[1:] for row in cells}


def test_every_requirement_has_its_line_and_says_how_it_stands() -> None:
    numbers = [*range(1, 37), *range(57, 85), *range(107, 113)]
    rows_ = requirements()

    assert list(rows_) == [f"R{number}" for number in numbers]
    assert all(row[1].startswith(("met", "left to the site")) for row in rows_.values())
    assert [number for number, row in rows_.items() if row[1] == "met" and not row[3]] == []


def missing_tests(cell: str) -> list[str]:
    """What a cell names as a test that is none."""
    found = []
    for file, name in re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", cell):
        paths = list(TESTS.rglob(file))
        if not paths or (name and f"def {name}(" not in text_of(paths[0])):
            found.append(f"{file}::{name}")
    return found


def test_every_test_a_requirement_names_is_there() -> None:
    assert {number: missing for number, row in requirements().items() if (missing := missing_tests(row[3]))} == {}


def test_a_test_that_is_not_there_would_be_noticed() -> None:
    assert missing_tests("`test_texts.py::test_nobody_wrote`, `test_docs.py`") == ["test_texts.py::test_nobody_wrote"]
