"""What importing the package takes: few other libraries, and nothing that only some systems have."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.subprocess

EVERYTHING = """
import importlib, json, pkgutil, sys, traceback

failed = {}
for module in pkgutil.walk_packages([sys.argv[1]], sys.argv[2] + ".", onerror=lambda name: None):
    try:
        importlib.import_module(module.name)
    except Exception:
        failed[module.name] = traceback.format_exc().splitlines()[-1]
print(json.dumps(failed))
"""

AS_ON_WINDOWS = """
import os, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pwd", "resource", "termios"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in ("fork", "forkpty", "geteuid", "getuid", "killpg", "register_at_fork", "setsid"):
    delattr(os, name)
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
"""

LATE = (
    "asyncio", "babel.dates", "bleach", "bs4", "click.testing", "granian", "nh3", "pydantic", "rich", "sqlite3", "stringzilla", "tinycss2",
    "tree_sitter", "tree_sitter_javascript", "turbohtml", "urllib3",
)  # fmt: skip
"""What is loaded when it is needed and not before: each takes as long to load as a large part of Flask."""


def run(program: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def failures(package: Path) -> dict[str, str]:
    """The modules of a package that cannot be imported where the system is no Unix, each with its error."""
    path = f"import sys\nsys.path.insert(0, {str(package.parent)!r})\n"
    found: dict[str, str] = json.loads(run(AS_ON_WINDOWS + path + EVERYTHING, str(package), package.name))
    return found


def test_every_module_can_be_imported_where_there_is_no_fork_and_no_fcntl() -> None:
    import shariff_py

    assert failures(Path(shariff_py.__file__).parent) == {}


def test_a_module_that_needs_a_unix_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "unixonly"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "locks.py").write_text("import fcntl\n")
    (package / "forks.py").write_text("import os\nos.register_at_fork(after_in_child=print)\n")

    assert failures(package) == {
        "unixonly.forks": "AttributeError: module 'os' has no attribute 'register_at_fork'",
        "unixonly.locks": "ModuleNotFoundError: No module named 'fcntl'",
    }


def test_the_extension_loads_what_it_needs_and_no_more() -> None:
    """`benchmarks/start.py` measures what that comes to; this names the library that came back."""
    loaded = run("import sys\nfrom shariff_py import Shariff\nprint(*sys.modules)").split()

    assert [name for name in LATE if name in loaded] == []


def test_the_settings_of_a_site_load_its_languages_and_no_others() -> None:
    program = """
from shariff_py import Settings
from shariff_py.texts import LANGUAGES, language
Settings.from_mapping({})
language("de-AT", "en")
print(*LANGUAGES._read)
"""

    assert run(program).split() == ["de"]
