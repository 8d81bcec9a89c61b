"""Install what the demonstration and the tests need: an environment, the packages, browsers, servers, clients. Run by ``make``.

Everything is done once; a second run finds it done and needs no network. Only the standard library is used.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
WHEELHOUSE = ROOT / ".wheelhouse"
CLIENTS = ROOT / "tests" / "npm"
LOWEST = ENVIRONMENT / "lowest"
DEMO_LOCK, TEST_LOCK, LOWEST_LOCK = (ROOT / "requirements" / f"{name}.txt" for name in ("demo", "test", "lowest"))
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY_TEST, READY_DEMO = ENVIRONMENT / ".ready-test", ENVIRONMENT / ".ready-demo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OTHER_ENGINES = {
    "chromium-headless-shell": "chromium-headless-shell", "firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb",
}  # fmt: skip
"""Programs by which the widget is tried in Chromium without its toolbar, which is quicker, in Firefox and WebKit; and Debian's packages of them."""


def main() -> None:
    """Prepare for what is named on the command line: ``demo`` (packages), or ``test`` (packages, tools, browsers, servers, clients)."""
    for_tests = sys.argv[1:] == ["test"]
    _packages(for_tests)
    if for_tests:
        _lowest()
        _browsers()
        _redis()
        _clients()


def _packages(for_tests: bool) -> None:
    """What the lock files name, each file checked against its hash, and this checkout itself, which is not copied."""
    wanted = hashlib.sha256(
        b"".join(file.read_bytes() for file in (ROOT / "pyproject.toml", DEMO_LOCK, TEST_LOCK))
    ).hexdigest()
    # What the tests need includes what the demonstration needs.
    enough = (READY_TEST,) if for_tests else (READY_TEST, READY_DEMO)
    if any(done.is_file() and done.read_text() == wanted for done in enough):
        return
    if not PYTHON.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    _pip("install", "--require-hashes", "--requirement", str(TEST_LOCK if for_tests else DEMO_LOCK))
    _pip("install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", ".")
    if for_tests:
        # The packaging test installs the wheel into an environment of its own; these are the packages it finds there.
        _pip("download", "--require-hashes", "--dest", str(WHEELHOUSE), "--requirement", str(DEMO_LOCK))
    enough[-1].write_text(wanted)


def _lowest() -> None:
    """A second environment with the lowest version of each package that pyproject.toml allows; the tests' own tools are those of the first."""
    wanted, done = hashlib.sha256(LOWEST_LOCK.read_bytes()).hexdigest(), LOWEST / ".ready"
    if done.is_file() and done.read_text() == wanted:
        return
    venv.create(LOWEST, clear=True)
    _pip("--python", str(LOWEST), "install", "--require-hashes", "--requirement", str(LOWEST_LOCK))
    # Searched after its own packages, with what is installed there for editing: this checkout.
    further = Path(_site_packages(LOWEST)) / "further.pth"
    further.write_text(f"import site; site.addsitedir({_site_packages(ENVIRONMENT)!r})\n")
    done.write_text(wanted)


def _site_packages(environment: Path) -> str:
    return sysconfig.get_path("purelib", "venv", vars={"base": str(environment), "platbase": str(environment)})


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def _browsers() -> None:
    """Chromium, Firefox and WebKit: those that are there already, else Debian's packages where they can be installed, else Playwright's own."""
    if not (os.environ.get("SHARIFF_CHROMIUM") or any(shutil.which(name) for name in BROWSERS)):
        _from_debian("chromium", "fonts-dejavu-core") or _from_playwright("chromium")
    missing = [package for program, package in OTHER_ENGINES.items() if not shutil.which(program)]
    own = ENVIRONMENT / ".ready-engines"
    if missing and not own.is_file() and not _from_debian(*missing):
        _from_playwright("firefox", "webkit")
        own.touch()


def _from_playwright(*browsers: str) -> None:
    subprocess.run([str(PYTHON), "-m", "playwright", "install", "--with-deps", *browsers], check=True)


def _redis() -> None:
    """The server that the tests of the store start for themselves. (Valkey comes with the Python packages.)"""
    if not (shutil.which("redis-server") or _from_debian("redis-server")):
        sys.exit("The tests need redis-server: install it (on Debian: apt-get install redis-server) and try again.")


def _clients() -> None:
    """heise's own client, as its package has it, for the tests that hold our answers against it."""
    lock, done = CLIENTS / "package-lock.json", CLIENTS / "node_modules" / ".ready"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if done.is_file() and done.read_text() == wanted:
        return
    if not (shutil.which("npm") or _from_debian("npm")):
        sys.exit("The tests need npm: install Node.js with npm (on Debian: apt-get install npm) and try again.")
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=CLIENTS, check=True)
    done.write_text(wanted)


def _from_debian(*packages: str) -> bool:
    """Install packages of the system, where it is a Debian and this is its administrator; no service is started. Whether it worked."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    # Runlevel 1 is what keeps Debian's packages from starting the server they bring.
    environ = {**os.environ, "RUNLEVEL": "1", "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environ)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, env=environ).returncode == 0


if __name__ == "__main__":
    main()
