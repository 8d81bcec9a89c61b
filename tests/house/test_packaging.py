"""The artefact people install: the wheel, built from the sdist, alone in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from support.documents import blocks
from support.paths import ROOT

from shariff_py.cli import COMMANDS

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
    venv.create(folder)
    interpreter = folder / "bin" / "python"
    offline = ("--no-index", "--find-links", ROOT / ".wheelhouse")
    run(*pip(interpreter), "install", "--quiet", *offline, wheel, cwd=folder)
    return interpreter


def pip(interpreter: Path) -> tuple[str | Path, ...]:
    """A call of our pip for that environment, which needs none of its own."""
    return sys.executable, "-m", "pip", "--python", interpreter


def test_the_wheel_carries_the_widget_the_texts_the_templates_and_the_type_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "shariff_py/py.typed",
        "shariff_py/static/shariff.min.js",
        "shariff_py/static/shariff.min.css",
        "shariff_py/static/custom-elements.json",
        "shariff_py/platforms/third_parties/register.json",
        "shariff_py/texts/de.toml",
        "shariff_py/texts/en.toml",
    } <= names
    assert [name for name in names if name.startswith("shariff_py/consent_ui/templates/")]


def test_the_wheel_puts_exactly_one_package_into_an_environment(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"shariff_py"}


def test_the_sdist_carries_the_tests_and_the_documents(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {"/".join(name.split("/")[1:]) for name in archive.getnames()}

    assert {"README.md", "LICENSE", "CHANGELOG.md", "tests/house/test_packaging.py", "static/shariff.js"} <= names


def test_the_installed_package_serves_its_own_static_files(python: Path, tmp_path: Path) -> None:
    program = """
from flask import Flask
from shariff_py import Shariff
app = Flask("site")
app.secret_key = "only for these tests"
app.config["SHARIFF"] = {"counts": {"store": "memory:"}, "journal": {"path": "outgoing.jsonl"}}
Shariff(app)
for name in ("shariff.min.js", "shariff.min.css"):
    reply = app.test_client().get(f"/shariff/static/{name}")
    print(reply.status_code, len(reply.data) > 500)
"""

    response = run(python, "-c", program, cwd=tmp_path)

    assert response.splitlines() == ["200 True", "200 True"]


def test_the_installed_command_line_gates_a_file(python: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<p><iframe src="https://www.facebook.com/plugins/page.php?href=x"></iframe></p>'
    )

    response = run(python.parent / "shariff-py", "gate", "page.html", cwd=tmp_path)

    assert "<iframe" not in response
    assert "facebook.com/plugins" not in response


EXTRAS = {
    "granian",
    "playwright",
    "protego",
    "publicsuffixlist",
    "redis",
    "rich",
    "asgiref",
    "brotli",
    "zstandard",
    "cryptography",
    "h2",
}
"""What a site that only shows gates and share links does not need."""


def test_an_installation_without_extras_has_none_of_their_libraries(python: Path, tmp_path: Path) -> None:
    found = run(*pip(python), "list", "--format", "freeze", cwd=tmp_path)

    assert EXTRAS & {line.partition("==")[0].lower() for line in found.splitlines()} == set()


def test_the_smallest_app_of_the_readme_runs_without_extras(python: Path, tmp_path: Path) -> None:
    (source,) = blocks(ROOT / "README.md", "python")
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    program = "from app import app; reply = app.test_client().get('/'); print(reply.status_code, '<shariff-gate' in reply.text)"
    environ = {"PATH": "/nowhere", "SHARIFF_FRAME__SECRETS": '["only for these tests"]'}

    done = subprocess.run(
        [python, "-c", program], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )

    assert done.stdout == "200 True\n", done.stderr[-2000:]


CALLS = {
    "audit": ("http://127.0.0.1:9/",),
    "blocked": (),
    "channels": ("check",),
    "counts": ("https://www.example.org/",),
    "demo": ("--port", "0"),
    "doctor": (),
    "gate": ("page.html",),
    "journal": ("verify",),
    "notice": (),
    "previews": ("list", "--json"),
    "ranking": (),
    "refresh": (),
    "scan": ("page.html",),
    "serve": ("--port", "0"),
}
"""Each command, with arguments with which it does its work."""

NEEDS = {
    "audit": "pip install 'shariff_py[audit]'",
    "demo": "demo needs a checkout of shariff_py",
    "serve": "pip install 'shariff_py[server]'",
}
"""What a command says that does more than an installation without extras can do."""

SETTINGS = """
[site]
origin = "https://www.example.org"
[frame]
secrets = ["only for these tests"]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder in which every command finds what it works on."""
    (tmp_path / "shariff.toml").write_text(SETTINGS)
    (tmp_path / "page.html").write_text("<p>Nothing of a platform.</p>")
    return tmp_path


def test_every_command_is_called() -> None:
    assert set(CALLS) == set(COMMANDS)


@pytest.mark.parametrize("command", CALLS)
def test_a_command_works_without_extras_or_says_in_one_line_what_to_install(
    python: Path, site: Path, command: str
) -> None:
    program = python.parent / "shariff-py"

    done = subprocess.run([program, command, *CALLS[command]], cwd=site, capture_output=True, text=True, check=False)

    assert "Traceback" not in done.stderr
    if command in NEEDS:
        (line,) = done.stderr.splitlines()
        assert NEEDS[command] in line
        assert done.returncode == (3 if command == "audit" else 1)
    else:
        assert "pip install" not in done.stderr + done.stdout
        assert done.returncode in {0, 1}
        assert done.stdout or done.stderr


def test_every_command_explains_itself_without_extras(python: Path, tmp_path: Path) -> None:
    program = python.parent / "shariff-py"

    helps = run(program, "--help", cwd=tmp_path)

    assert [name for name in COMMANDS if f"\n  {name} " not in helps] == []


def test_a_store_that_needs_an_extra_says_which(python: Path, site: Path) -> None:
    program = python.parent / "shariff-py"
    environ = {"SHARIFF_COUNTS__STORE": "redis://127.0.0.1:6379/0"}

    done = subprocess.run([program, "ranking"], cwd=site, env=environ, capture_output=True, text=True, check=False)

    assert "pip install 'shariff_py[redis]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_asgi_middleware_says_which_extra_it_needs(python: Path, site: Path) -> None:
    program = """
from shariff_py import ConfigurationError
from shariff_py.web.asgi import ShariffMiddleware
try:
    ShariffMiddleware(None)
except ConfigurationError as error:
    print(error)
"""

    assert "pip install 'shariff_py[asgi]'" in run(python, "-c", program, cwd=site)
