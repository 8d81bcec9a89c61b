"""The documentation site builds without a warning and has every public name in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile
from support.documents import DOCS

import shariff_py
import shariff_py.testing
from shariff_py import errors

pytestmark = [pytest.mark.subprocess, pytest.mark.full]

PUBLIC = {
    *(f"shariff_py.{name}" for name in shariff_py.__all__ if not hasattr(errors, name)),
    *(f"shariff_py.errors.{name}" for name in shariff_py.__all__ if hasattr(errors, name)),
    *(f"shariff_py.testing.{name}" for name in shariff_py.testing.__all__),
    "shariff_py.Settings.from_mapping",
    "shariff_py.Shariff.init_app",
    "shariff_py.pytest_plugin.AuditedPage",
    "shariff_py.service.counts_updated",
    "shariff_py.web.asgi.ShariffMiddleware",
    "shariff_py.web.wsgi.ShariffMiddleware",
}
"""What people import."""


def build(source: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-d", f"{site}-trees"]
    return subprocess.run([*command, str(source), str(site)], capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = build(DOCS, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_navigation(site: Path) -> None:
    """A page that no list of contents names is a warning, and so would have failed the build."""
    made = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}

    assert {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md")} <= made


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")

    named = {name for kind, names in inventory.data.items() if kind.startswith("py:") for name in names}

    assert PUBLIC - named == set()


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")

    assert 'src="http' not in page
    assert 'rel="stylesheet" type="text/css" href="http' not in page


def test_every_page_says_in_which_language_it_is(site: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html") if path.stem not in {"search"}}

    languages = {path: re.findall(r"<html[^>]* lang=\"(\w+)\"", text) for path, text in pages.items()}

    assert languages == {path: ["de" if path.parent.name == "de" else "en"] for path in pages}


def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\n', encoding="utf-8")
    (tmp_path / "index.md").write_text("# Title\n\n[nowhere](gone.md)\n", encoding="utf-8")

    done = build(tmp_path, tmp_path / "site")

    assert done.returncode == 1
    assert "gone.md" in done.stderr
