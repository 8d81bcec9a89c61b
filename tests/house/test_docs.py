"""The documents say what is true: their examples run, their commands exist, their links lead somewhere."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from bs4 import BeautifulSoup
from support.documents import DOCS, DOCUMENTS, READMES, blocks, headings, missing_tests, section, text_of
from support.paths import ROOT

from shariff_py.audit.report.wording import WORDS
from shariff_py.cli import COMMANDS, commands
from shariff_py.platforms.registry import platform_of
from shariff_py.settings import load
from shariff_py.urls import parse

TUTORIAL = DOCS / "tutorial.md"


# The examples


def visit(document: Path, folder: Path) -> str:
    """Run a document's application as a reader would, in a process and a folder of its own, and return the page it shows."""
    program = blocks(document, "python")[0]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    environ |= {
        "SHARIFF_FRAME__SECRETS": '["only for these tests"]',
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    asking = "\nresponse = app.test_client().get('/')\nprint(response.headers['Content-Security-Policy'])\nprint(response.text)\n"
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


@pytest.mark.smoke
@pytest.mark.subprocess
@pytest.mark.parametrize("document", [*READMES, TUTORIAL], ids=lambda path: path.name)
def test_a_documents_application_shows_a_gate_and_nothing_of_a_platform(document: Path, tmp_path: Path) -> None:
    page = visit(document, tmp_path)

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
    documented = {re.sub(r" [A-Z[].*", "", code) for cell in first_cells for code in re.findall(r"`([^`]+)`", cell)}

    assert documented - {"shariff-py"} == there


def test_both_readmes_have_the_same_headings_and_code() -> None:
    english, german = READMES

    assert headings(english) == headings(german)
    for readme in READMES:
        assert [len(blocks(readme, kind)) for kind in ("sh", "python", "toml")] == [4, 1, 1]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_first_screen_says_how_to_install_and_shows_it(readme: Path) -> None:
    first = text_of(readme).split("\n## ", 1)[0]

    assert "pip install" in first
    assert "(docs/before.png)" in first
    assert "(docs/after.png)" in first
    assert first.count("\n") <= 40


def test_all_python_in_the_documents_is_python() -> None:
    for document in DOCUMENTS:
        for block in blocks(document, "python"):
            assert ast.parse(block).body, document


# Commands in the documents


def mistakes(line: str) -> list[str]:
    """What a line of shell names that ``shariff-py`` does not have: a command, or an option of it."""
    words = shlex.split(line.partition("  #")[0].partition("&&")[0])
    if not words or Path(words[0]).name != "shariff-py":
        return []
    words = [word for word in words[1:] if word != "&"]
    command: click.Command = commands
    path = "shariff-py"
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        below = command.get_command(click.Context(command), name)
        path = f"{path} {name}"
        if below is None:
            return [path]
        command = below
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    named = [word.partition("=")[0] for word in words if word.startswith("--")]
    return [f"{path} {option}" for option in named if option not in known | {"--help", "--version"}]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_a_document_shows_is_one(document: Path) -> None:
    lines = [line for block in blocks(document, "sh") for line in block.replace("\\\n", " ").splitlines()]

    assert [mistake for line in lines for mistake in mistakes(line)] == []


def test_a_command_that_is_none_would_be_noticed() -> None:
    assert mistakes("shariff-py fly --high") == ["shariff-py fly"]
    assert mistakes(".venv/bin/shariff-py journal verify --head 3f0c --quickly  # now") == [
        "shariff-py journal verify --quickly"
    ]
    assert mistakes("shariff-py doctor") == mistakes("make demo") == []


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


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))


def test_every_target_of_make_that_a_document_names_is_one() -> None:
    named = {
        target for document in DOCUMENTS for target in re.findall(r"(?:`|^)make ([a-z-]+)", text_of(document), re.M)
    }

    assert {"demo", "check", "smoke", "test", "test-all", "docs"} <= named <= make_targets()
    assert "fly" not in make_targets()


def missing_paths(text: str) -> list[str]:
    """Files and folders of the project or the package that a document names and that are not there; capitals are placeholders."""
    found = []
    for name in re.findall(r"`([a-z_]+/[\w./-]*)`", text):
        first = name.partition("/")[0]
        base = next((base for base in (ROOT, ROOT / "shariff_py") if (base / first).is_dir() and first != "var"), None)
        if base and not re.search(r"\b[A-Z]{2,}\b", name) and not (base / name).exists():
            found.append(name)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_a_document_names_is_there(document: Path) -> None:
    made_by_the_build = {"shariff_py/static/custom-elements.json", "docs/_build/site"}

    assert set(missing_paths(text_of(document))) - made_by_the_build == set()


def test_a_path_that_is_not_there_would_be_noticed() -> None:
    text = "`gate/rewrite/rewriter.py`, `shariff_py/urls.py`, `platforms/known/NAME.py`, `report/report.html`, `markup/gate.py`, `gate/loads.py`"

    assert missing_paths(text) == ["gate/loads.py"]


# What the German guide says of the report


def test_the_guide_to_the_report_quotes_its_verdicts_and_names_its_phases() -> None:
    words = WORDS["de"]
    guide = DOCS / "de" / "pruefbericht.md"

    verdicts = re.findall(r"^\| „(.*?)“", section(guide, "Die drei Ergebnisse"), re.MULTILINE)
    phases = re.findall(r"^\| ([A-Z][\w ]+) \|", section(guide, "Was geprüft wird"), re.MULTILINE)

    assert verdicts == [words[f"verdict.{name}"] for name in ("pass", "finding", "incomplete")]
    assert phases[1:] == [words[f"phase.{name}"] for name in ("before", "after", "withdrawn", "reloaded")]


# Requirements


def requirements() -> dict[str, list[str]]:
    lines = text_of(ROOT / "docs" / "requirements.md").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| R\d+ ", line)]
    return {row[0]: row[1:] for row in cells}


def test_every_requirement_has_its_line_and_its_status() -> None:
    numbers = [*range(1, 37), *range(57, 85), *range(107, 113)]
    rows_ = requirements()

    assert list(rows_) == [f"R{number}" for number in numbers]
    assert all(row[1].startswith(("met", "left to the site")) for row in rows_.values())
    assert [number for number, row in rows_.items() if row[1] == "met" and not row[3]] == []


def test_every_test_a_requirement_names_is_there() -> None:
    assert {number: missing for number, row in requirements().items() if (missing := missing_tests(row[3]))} == {}


def test_a_test_that_is_not_there_would_be_noticed() -> None:
    assert missing_tests("`test_texts.py::test_nobody_wrote`, `test_docs.py`") == ["test_texts.py::test_nobody_wrote"]
