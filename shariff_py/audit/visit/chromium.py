"""Chromium set up like a user's: where it is, how it is started, what its profile contains. Every deviation is in a table, with its reason.

Playwright's own switches are not used: they change what pages do (no third-party partitioning, no upgrade to HTTPS, no pop-up
blocking, an off-the-record profile that drops hints).
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shariff_py.audit.evidence.log import Log
from shariff_py.caches import cached
from shariff_py.errors import AuditError

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which Chromium and its nearest relatives are installed, best first."""

PREFERENCES: Mapping[str, Any] = {"profile": {"block_third_party_cookies": False, "cookie_controls_mode": 0}}
"""Third-party cookies as in Google's own builds. Debian's build blocks them, which understates what visitors send."""

FEATURES_OFF = "--disable-features="
"""A switch of which Chromium reads the last one only."""

NO_SUGGESTIONS = f"{FEATURES_OFF}WebUIOmniboxPopup,WebUIOmniboxAimPopup"
"""Without the two pages of its own that Chromium makes ready behind the address bar of each window: 40 % of what a start costs."""

SWITCHES: Mapping[str, str] = {
    "--net-log-capture-mode=Default": "names every host and path, but no cookie's value",
    "--short-reporting-delay": "reports, otherwise sent a minute later, are sent at once",
    "--headless=new": "the same browser without a window",
    "--window-size=1280,900": "an ordinary window",
    "--no-first-run": "no welcome page",
    "--no-default-browser-check": "no question about the default browser",
    "--password-store=basic": "no use of the operating system's keyring",
    "--disable-component-update": "the browser does not update itself during the audit",
    "--disable-back-forward-cache": "going back loads the page again, as after a restart: the case in which pages leak",
    "--disable-field-trial-config": "the browser as released, without its makers' experiments",
    "--disable-dev-shm-usage": "runs in containers with little shared memory",
    "--disable-blink-features=AutomationControlled": "a page cannot detect the automation",
    NO_SUGGESTIONS: "nothing is made ready for suggestions below the address bar, into which nobody types",
}
"""Every switch of the audited browser, with its reason. The report lists them."""

PLATFORMS = {"Windows": "Windows NT 10.0; Win64; x64", "Darwin": "Macintosh; Intel Mac OS X 10_15_7"}

CURE_BROWSER = (
    "No Chromium could be started. Install one (Debian: apt install chromium), name one in SHARIFF_CHROMIUM, "
    "or fetch Playwright's own with: playwright install chromium"
)


@dataclass(frozen=True, slots=True)
class Setup:
    """How to start the browser: ``program`` is its path or ``None`` for Playwright's own, ``switches`` come on top of `SWITCHES`.

    ``local_state`` goes into the profile; ``names`` gives the names behind addresses that a sink has assigned. ``wire`` is what a recorder
    saw since a moment: another engine writes no log, so the wire is its evidence (and ``program`` a Firefox). ``opener`` is a command that
    only opens a page, for an engine that cannot be driven; ``reached`` is whether it has requested anything of the site since a moment.
    """

    program: str | None = None
    switches: tuple[str, ...] = ()
    local_state: Mapping[str, Any] = field(default_factory=dict)
    names: Callable[[], Mapping[str, str]] = dict
    wire: Callable[[float], Log] | None = None
    opener: tuple[str, ...] = ()
    reached: Callable[[float], bool] = bool

    def prepare(self, profile: Path) -> None:
        """Create a fresh profile."""
        if self.wire is not None:
            profile.mkdir(parents=True, exist_ok=True)
            return
        (profile / "Default").mkdir(parents=True, exist_ok=True)
        (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES), encoding="utf-8")
        if self.local_state:
            (profile / "Local State").write_text(json.dumps(self.local_state), encoding="utf-8")

    def arguments(self, profile: Path, log: Path, *, sandbox: bool = True) -> list[str]:
        """The command line after the program. The debugging pipe is used to close the browser cleanly."""
        unsafe = [] if sandbox and not is_root() else ["--no-sandbox"]
        agent = user_agent(self.program) if self.program else ""
        return [
            f"--user-data-dir={profile}",
            f"--log-net-log={log}",
            *_together([*SWITCHES, *self.switches]),
            *([f"--user-agent={agent}"] if agent else []),
            *unsafe,
            "--remote-debugging-pipe",
        ]


def _together(switches: Sequence[str]) -> list[str]:
    """The switches with all features that they turn off in one."""
    features = [switch.removeprefix(FEATURES_OFF) for switch in switches if switch.startswith(FEATURES_OFF)]
    return [*(switch for switch in switches if not switch.startswith(FEATURES_OFF)), FEATURES_OFF + ",".join(features)]


def find_chromium(environ: Mapping[str, str], exists: Callable[[str], bool]) -> str | None:
    """The browser to drive: ``SHARIFF_CHROMIUM``, else one on the ``PATH``, else ``None`` for Playwright's own.

    ``exists`` says whether a path is a file. An explicit path that does not exist is an :class:`AuditError`.
    """
    named = environ.get("SHARIFF_CHROMIUM", "")
    if named:
        if exists(named):
            return named
        raise AuditError(f"SHARIFF_CHROMIUM names {named!r}, which is not there. Correct the path or unset it.")
    folders = [folder for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    paths = (os.path.join(folder, program) for program in PROGRAMS for folder in folders)  # noqa: PTH118 - any system's
    return next((path for path in paths if exists(path)), None)


def installed() -> str | None:
    """:func:`find_chromium` on this machine."""
    return find_chromium(os.environ, lambda path: Path(path).is_file())


def is_root() -> bool:
    """Whether this process may do everything; Chromium's sandbox does not start then."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


@cached("audit.visit.chromium.user_agent")
def user_agent(program: str) -> str:
    """The user agent of a browser with a window; a headless one is recognisable, and trackers stay silent. Empty if unknown."""
    try:
        output = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    version = re.search(r"(\d+)\.\d+\.\d+", output)
    if not version:
        return ""
    system = PLATFORMS.get(platform.system(), "X11; Linux x86_64")
    return f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version[1]}.0.0.0 Safari/537.36"
