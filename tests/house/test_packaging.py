"""The artefact people install: the wheel, built from the sdist, alone in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from support.paths import ROOT

pytestmark = pytest.mark.subprocess


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", folder, cwd=ROOT)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    source = next(path for path in folder.iterdir() if path.is_dir())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=source)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with nothing but the wheel and what it requires."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=True)
    interpreter = folder / "bin" / "python"
    offline = ("--no-index", "--find-links", ROOT / ".wheelhouse")
    run(interpreter, "-m", "pip", "install", "--quiet", *offline, wheel, cwd=folder)
    return interpreter


def test_the_wheel_carries_the_widget_the_texts_the_templates_and_the_type_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "shariff_py/py.typed",
        "shariff_py/static/shariff.min.js",
        "shariff_py/static/shariff.min.css",
        "shariff_py/static/custom-elements.json",
        "shariff_py/texts/de.toml",
        "shariff_py/texts/en.toml",
    } <= names
    assert [name for name in names if name.startswith("shariff_py/consent_ui/templates/")]


def test_the_sdist_carries_the_tests_and_the_documents(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {"/".join(name.split("/")[1:]) for name in archive.getnames()}

    assert {"README.md", "LICENSE", "CHANGELOG.md", "tests/house/test_packaging.py", "static/shariff.js"} <= names


def test_the_installed_package_serves_its_own_static_files(python: Path, tmp_path: Path) -> None:
    program = """
from flask import Flask
from shariff_py import Shariff
app = Flask("site")
app.secret_key = "only for this test"
app.config["SHARIFF"] = {"counts": {"store": "memory:"}, "journal": {"path": "outgoing.jsonl"}}
Shariff(app)
for name in ("shariff.min.js", "shariff.min.css"):
    reply = app.test_client().get(f"/shariff/static/{name}")
    print(reply.status_code, len(reply.data) > 500)
"""

    answer = run(python, "-c", program, cwd=tmp_path)

    assert answer.splitlines() == ["200 True", "200 True"]


def test_the_installed_command_line_gates_a_file(python: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<p><iframe src="https://www.facebook.com/plugins/page.php?href=x"></iframe></p>'
    )

    answer = run(python.parent / "shariff-py", "gate", "page.html", cwd=tmp_path)

    assert "<iframe" not in answer
    assert "facebook.com/plugins" not in answer


def test_the_audit_says_what_is_missing_when_playwright_is_not_installed(python: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [python.parent / "shariff-py", "audit", "http://127.0.0.1:9/"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 3
    assert "shariff_py[audit]" in done.stderr
    assert "Traceback" not in done.stderr
