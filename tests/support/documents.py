"""Reads the documents: their blocks, headings and tables."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from support.paths import ROOT, TESTS

DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "README.de.md"]
PROJECT = [ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
DOCUMENTS = sorted([*READMES, *PROJECT, *DOCS.rglob("*.md")])


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(document), re.MULTILINE | re.DOTALL)


def without_code(document: Path) -> str:
    return re.sub(r"^```.*?^```$", "", text_of(document), flags=re.MULTILINE | re.DOTALL)


def headings(document: Path) -> list[str]:
    """The marks of all headings, ``#`` or ``##`` and so on."""
    return re.findall(r"^(#+) ", without_code(document), re.MULTILINE)


def section(document: Path, title: str) -> str:
    """The text below a heading of the second level, up to the next one."""
    (found,) = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text_of(document), re.MULTILINE | re.DOTALL)
    return str(found)


def rows(text: str) -> dict[str, list[str]]:
    """Table rows whose first cell is code, by that code."""
    cells = (re.split(r" (?<!\\)\| ", line.strip("|")) for line in text.splitlines() if line.startswith("| `"))
    return {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in cells}


@lru_cache(maxsize=1)
def files_with_tests() -> dict[str, str]:
    """The text of every file with tests, by its name."""
    folders = [folder for folder in TESTS.iterdir() if folder.is_dir() and folder.name not in {"npm", "gate_cases"}]
    return {path.name: text_of(path) for folder in folders for path in folder.rglob("test_*.py")}


def missing_tests(cell: str) -> list[str]:
    """What a cell names as a test that is none."""
    named = re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", cell)
    return [
        f"{file}::{name}"
        for file, name in named
        if file not in files_with_tests() or (name and f"def {name}(" not in files_with_tests()[file])
    ]
