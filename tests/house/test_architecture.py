"""The house: imports point down, and only the edges touch the world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import shariff_py

PACKAGE = Path(shariff_py.__file__).parent

FLOORS = (
    "errors",
    "urls",
    "platforms",
    "texts",
    "policy",
    "settings",
    "response_policy",
    "consent_ui",
    "gate",
    "channels",
    "counts",
    "stores",
    "journal",
    "http_client",
    "service",
    "web",
    "static_site",
    "consent_evidence",
    "doctor",
    "audit",
    "testing",
    "pytest_plugin",
    "cli",
    "__init__",
)
"""Ground first. A module may import from its own room and from the floors before it, for type checking too."""

WORLD = frozenset(
    {
        "socket", "ssl", "http", "urllib3", "urllib.request", "sqlite3", "os", "time", "random", "subprocess", "tempfile",
        "threading", "flask", "werkzeug", "playwright", "granian", "pathlib", "filelock", "shutil",
    }
)  # fmt: skip
"""What pure rooms never import: network, disk, environment, clock, chance, frameworks."""

EDGES = frozenset(
    {
        "settings.sources", "stores", "journal", "http_client", "service", "web", "static_site.files", "static_site.site",
        "consent_evidence", "doctor", "audit.evidence.netlog.end_marker", "audit.evidence.server_journal", "audit.report.baseline",
        "audit.report.files", "audit.runner", "audit.selftest", "audit.sink", "audit.visit", "testing", "pytest_plugin", "cli", "__init__",
    }
)  # fmt: skip
"""The rooms that do. Everything else is given its clock, its randomness and its files."""


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


def upward(module: str, source: str) -> list[str]:
    """The imports of a module that do not point down."""
    own = FLOORS.index(module.split(".")[0])
    rooms = {name.split(".")[1] for name in imported(source) if name.startswith("shariff_py.")}
    return sorted(room for room in rooms if room in FLOORS and FLOORS.index(room) > own)


def worldly(module: str, source: str) -> list[str]:
    """The imports by which a module touches the world."""
    if any(module == edge or module.startswith(f"{edge}.") for edge in EDGES):
        return []
    return sorted(name for name in imported(source) if name in WORLD or name.split(".")[0] in WORLD)


def read(module: str) -> str:
    return (PACKAGE / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", modules())
def test_every_module_belongs_to_a_floor(module: str) -> None:
    assert module.split(".")[0] in FLOORS


@pytest.mark.parametrize("module", modules())
def test_imports_point_down(module: str) -> None:
    assert upward(module, read(module)) == []


@pytest.mark.parametrize("module", modules())
def test_only_the_edges_touch_the_world(module: str) -> None:
    assert worldly(module, read(module)) == []


def test_an_upward_import_is_noticed_even_for_type_checking_only() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shariff_py.web.flask import Shariff\n"

    assert upward("gate.rewrite.rewriter", source) == ["web"]


def test_a_clock_in_a_pure_room_is_noticed() -> None:
    assert worldly("counts.refresh_policy", "def now():\n    import time\n    return time.time()\n") == ["time"]


def test_only_one_file_opens_a_connection_to_the_outside() -> None:
    """Everything that leaves the server passes one door, where the journal stands."""
    doors = {
        name for name in modules() if {"urllib3", "http.client", "urllib.request", "requests"} & imported(read(name))
    }

    assert {name for name in doors if not name.startswith("testing")} == {"http_client"}


@pytest.mark.parametrize("module", modules())
def test_a_file_holds_one_idea(module: str) -> None:
    """Rarely more than 300 lines; where one outgrows that, it becomes a folder whose files are its ideas."""
    assert len(read(module).splitlines()) <= 350
