"""Install what the demonstration and the tests need: an environment, the packages, a browser. Run by ``make``.

Everything is done once; a second run finds it done and needs no network. Only the standard library is used.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
WHEELHOUSE = ROOT / ".wheelhouse"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY_TEST, READY_DEMO = ENVIRONMENT / ".ready-test", ENVIRONMENT / ".ready-demo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Prepare for what is named on the command line: ``demo`` (packages) or ``test`` (packages, tools, browser)."""
    for_tests = sys.argv[1:] == ["test"]
    _packages(for_tests)
    if for_tests:
        _browser()


def _packages(for_tests: bool) -> None:
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    # What the tests need includes what the demonstration needs.
    enough = (READY_TEST,) if for_tests else (READY_TEST, READY_DEMO)
    if any(done.is_file() and done.read_text() == wanted for done in enough):
        return
    if not PYTHON.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    if for_tests:
        _pip("install", "--upgrade", "pip>=25.1")
        _pip("install", "--group", "dev", "--editable", ".[audit]")
        # The packaging test installs the wheel into an environment of its own; these are the packages it finds there.
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        _pip("download", "--dest", str(WHEELHOUSE), *project["dependencies"])
    else:
        _pip("install", "--editable", ".")
    enough[-1].write_text(wanted)


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def _browser() -> None:
    """A Chromium that is there already, else Debian's package where it can be installed, else Playwright's own."""
    if os.environ.get("SHARIFF_CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
        if subprocess.run(command, check=False).returncode == 0:
            return
    subprocess.run([str(PYTHON), "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


if __name__ == "__main__":
    main()
