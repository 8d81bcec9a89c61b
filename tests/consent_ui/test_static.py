"""The committed minified files: fresh, small, and free of anything that would load something else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import brotli
import pytest
from support.paths import ROOT

from shariff_py.platforms.registry import REGISTRY

STATIC = ROOT / "static"

SHARE_ADDRESSES = sum(bool(record.share and record.share.template.startswith("https:")) for record in REGISTRY.values())
ALLOWED = {
    ("shariff.min.js", "localStorage"): 1,
    ("shariff-opened.min.js", "localStorage"): 1,
    ("shariff-consents.min.js", "localStorage"): 1,
    ("shariff-compat.min.js", "fetch("): 1,
    ("shariff-compat.min.js", "https:"): SHARE_ADDRESSES + 2,
    ("shariff-actions.min.js", "https:"): 2,
    ("shariff-server.min.js", "https:"): 1,
    ("shariff-stubs.min.js", "https:"): 1,
}
"""What is there on purpose: the one place that stores, the adapter's question for counts, the addresses links lead to."""


def script(name: str) -> Any:
    """One of the project's scripts, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build_static, build_widget_data = script("build_static"), script("build_widget_data")


@pytest.mark.parametrize("name", build_static.BUILT)
def test_a_minified_file_was_built_from_the_sources_beside_it(name: str) -> None:
    first_line = (STATIC / name).read_text().split("\n", 1)[0]

    assert first_line == f"/* {build_static.fingerprint(name)} */", "Run: python3 scripts/build_static.py"


def test_every_source_is_built_into_something() -> None:
    there = {path.name for path in STATIC.iterdir() if ".min." not in path.name and path.suffix != ".html"}

    assert there == {source for entry, *_ in build_static.BUILT.values() for source in build_static.sources(entry)}


def test_a_source_that_nothing_imports_would_be_noticed(tmp_path: Path) -> None:
    assert build_static.IMPORTED.findall('import { a } from "./a.js";\n@import "./b.css";') == ["a.js", "b.css"]


@pytest.mark.parametrize("name", ["brands.css", "script_globals.js", "services.js", "wording.js"])
def test_the_widgets_data_is_that_of_the_registry_and_the_texts(name: str) -> None:
    made = getattr(build_widget_data, name.partition(".")[0])()

    assert (STATIC / name).read_text() == made, "Run: .venv/bin/python scripts/build_widget_data.py"


def test_share_bar_and_gate_cost_a_visitor_little() -> None:
    weight = sum(len(brotli.compress((STATIC / name).read_bytes(), quality=11)) for name in build_static.ALWAYS)

    assert weight <= build_static.BUDGET


@pytest.mark.parametrize("name", sorted(build_static.BUILT.keys() - set(build_static.ALWAYS)))
def test_a_file_that_is_loaded_where_it_is_needed_has_a_bound_of_its_own(name: str) -> None:
    weight = len(brotli.compress((STATIC / name).read_bytes(), quality=11))

    assert weight <= build_static.LATER_BUDGETS[name]


@pytest.mark.parametrize("name", build_static.BUILT)
@pytest.mark.parametrize(
    "forbidden", ["http:", "https:", ": url(", "@import", "innerHTML", "localStorage", "document.cookie", "fetch("]
)
def test_the_widget_loads_nothing_and_stores_in_one_place(name: str, forbidden: str) -> None:
    text = (STATIC / name).read_text().replace("http://www.w3.org/2000/svg", "")
    allowed = ALLOWED.get((name, forbidden), 0)

    assert text.count(forbidden) == allowed
