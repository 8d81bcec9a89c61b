"""The house: imports point down, only the edges touch the world, and everything is small enough to be read."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application.use_cases import lint_imports
from support.paths import ROOT

import shariff_py

PACKAGE = Path(shariff_py.__file__).parent

WORLD = frozenset(
    {
        "socket", "ssl", "http", "urllib3", "urllib.request", "sqlite3", "os", "time", "random", "subprocess", "tempfile",
        "threading", "multiprocessing", "asyncio", "signal", "secrets", "uuid", "flask", "werkzeug", "playwright", "granian", "pathlib",
        "filelock", "shutil",
    }
)  # fmt: skip
"""What pure packages never import: network, disk, environment, clock, chance, frameworks."""

EDGES = frozenset(
    {
        "settings.own_platforms", "settings.sources", "stores", "journal", "http_client", "previews.folder", "previews.previews", "service", "web", "static_site.files", "static_site.site",
        "consent_evidence", "doctor", "audit.evidence.netlog.end_marker", "audit.evidence.server_journal", "audit.report.baseline",
        "audit.report.files", "audit.runner", "audit.selftest", "audit.sink", "audit.visit", "testing", "pytest_plugin", "cli", "__init__",
    }
)  # fmt: skip
"""The packages that do. Everything else is given its clock, its randomness and its files."""


def modules() -> list[str]:
    files = sorted(PACKAGE.rglob("*.py"))
    return [".".join(file.relative_to(PACKAGE).with_suffix("").parts) for file in files]


def imported(source: str) -> set[str]:
    """Every module a source imports anywhere, also inside functions and for type checking only."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def worldly(module: str, source: str) -> list[str]:
    """What a module touches of the world: imports, and what day or time it is."""
    if any(module == edge or module.startswith(f"{edge}.") for edge in EDGES):
        return []
    names = {name for name in imported(source) if name in WORLD or name.split(".")[0] in WORLD}
    clocks = re.findall(r"\b(?:date|datetime)\.(?:now|utcnow|today)\(", source)
    return sorted(names | set(clocks))


def read(module: str) -> str:
    return (PACKAGE / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", modules())
def test_only_the_edges_touch_the_world(module: str) -> None:
    assert worldly(module, read(module)) == []


def test_the_day_in_a_pure_module_is_noticed() -> None:
    assert worldly("counts.refresh_policy", "from datetime import date\nprint(date.today())\n") == ["date.today("]


def test_a_clock_in_a_pure_package_is_noticed() -> None:
    assert worldly("counts.refresh_policy", "def now():\n    import time\n    return time.time()\n") == ["time"]


def test_only_one_file_opens_a_connection_to_the_outside() -> None:
    """Everything that leaves the server passes the HTTP client, which writes the journal."""
    importers = {
        name for name in modules() if {"urllib3", "http.client", "urllib.request", "requests"} & imported(read(name))
    }

    assert {name for name in importers if not name.startswith("testing")} == {"http_client.connection"}


# Imports. The contracts are in .importlinter.


def keeps_contracts(file: Path) -> bool:
    """Whether the imports keep every contract of a file. (The command itself would configure logging for all other tests.)"""
    configuration.configure()
    return lint_imports(config_filename=str(file), cache_dir=None)


def test_imports_keep_the_contracts() -> None:
    assert keeps_contracts(ROOT / ".importlinter")


def test_an_upward_import_breaks_a_contract_even_for_type_checking_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "twofloors"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "upper.py").write_text("class Upper: ...\n")
    (package / "lower.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from twofloors.upper import Upper\n"
    )
    contract = (ROOT / ".importlinter").read_text().partition("[importlinter:contract:gate]")[0]
    contract = contract.replace("shariff_py", "twofloors").partition("layers =")[0] + "layers =\n    upper\n    lower\n"
    (tmp_path / ".importlinter").write_text(contract)
    monkeypatch.syspath_prepend(tmp_path)

    assert not keeps_contracts(tmp_path / ".importlinter")


# Sizes.

LONGEST_FILE, LONGEST_FUNCTION, MOST_MODULES = 350, 60, 14
"""Lines, lines, modules in a folder (``platforms/known`` has as many as there are platforms)."""


def long_functions(source: str) -> list[str]:
    """The functions of a source that do not fit on a screen."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION]


def crowded_folders(package: Path) -> dict[str, int]:
    """The folders that hold more modules than a newcomer can look over, with their number."""
    counted = Counter(file.parent for file in package.rglob("*.py") if file.name != "__init__.py")
    return {
        folder.relative_to(package).as_posix(): number
        for folder, number in counted.items()
        if number > MOST_MODULES and folder != package / "platforms" / "known"
    }


@pytest.mark.parametrize("module", modules())
def test_a_file_holds_one_idea(module: str) -> None:
    assert len(read(module).splitlines()) <= LONGEST_FILE


TABLES = {"wording.js"}
"""Scripts of the widget that hold one table each, so that their length says nothing."""


@pytest.mark.parametrize("script", sorted({path.name for path in (ROOT / "static").glob("*.js")} - TABLES))
def test_a_script_of_the_widget_holds_one_idea(script: str) -> None:
    assert len((ROOT / "static" / script).read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("module", modules())
def test_a_function_fits_on_a_screen(module: str) -> None:
    assert long_functions(read(module)) == []


def test_a_long_function_is_noticed() -> None:
    assert long_functions("def f():\n" + "    pass\n" * 59) == []
    assert long_functions("def f():\n" + "    pass\n" * 60) == ["f"]


def test_no_folder_is_crowded() -> None:
    assert crowded_folders(PACKAGE) == {}


def test_a_crowded_folder_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(15):
        (folder / f"module{number}.py").touch()

    assert crowded_folders(tmp_path) == {"folder": 15}
