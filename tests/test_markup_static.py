"""The committed minified files: fresh, small, and free of anything that would load something else."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"

SPEC = importlib.util.spec_from_file_location("build_static", ROOT / "scripts" / "build_static.py")
assert SPEC is not None
assert SPEC.loader is not None
build_static = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(build_static)


@pytest.mark.parametrize("name", build_static.BUILT)
def test_a_minified_file_was_built_from_the_sources_beside_it(name: str) -> None:
    first_line = (STATIC / name).read_text().split("\n", 1)[0]

    assert first_line == f"/* {build_static.fingerprint(name)} */", "Run: python3 scripts/build_static.py"


def test_every_source_is_watched() -> None:
    sources = {path.name for path in STATIC.iterdir() if ".min." not in path.name}

    assert sources == {name for names in build_static.SOURCES.values() for name in names}


def test_share_bar_and_gate_cost_a_visitor_little() -> None:
    weight = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in build_static.BUILT)

    assert weight <= build_static.BUDGET, (
        "gzip is weaker than brotli: what fits here fits the promise with room to spare"
    )


@pytest.mark.parametrize("name", build_static.BUILT)
@pytest.mark.parametrize(
    "forbidden", ["http:", "https:", "url(", "@import", "innerHTML", "localStorage", "cookie", "fetch("]
)
def test_the_widget_neither_loads_nor_stores_anything(name: str, forbidden: str) -> None:
    assert forbidden not in (STATIC / name).read_text()
