"""Finding a browser, and the error that says how to install one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import shariff_py
from shariff_py.audit import run
from shariff_py.audit.visit.chromium import Setup, find_chromium
from shariff_py.errors import AuditError

PATH = os.pathsep.join(["/first", "/second"])


def test_the_browser_named_on_purpose_comes_first() -> None:
    environ = {"SHARIFF_CHROMIUM": "/opt/mine", "PATH": PATH}

    assert find_chromium(environ, {"/opt/mine", "/first/chromium"}.__contains__) == "/opt/mine"


def test_a_browser_named_on_purpose_that_is_missing_is_an_error_and_not_replaced() -> None:
    environ = {"SHARIFF_CHROMIUM": "/opt/mine", "PATH": PATH}

    with pytest.raises(AuditError, match="/opt/mine"):
        find_chromium(environ, {"/first/chromium"}.__contains__)


def test_chromium_is_preferred_to_its_relatives_wherever_it_is() -> None:
    there = {"/first/google-chrome", "/second/chromium"}

    assert find_chromium({"PATH": PATH}, there.__contains__) == "/second/chromium"


def test_without_any_browser_playwright_brings_its_own() -> None:
    assert find_chromium({"PATH": PATH}, lambda path: False) is None
    assert find_chromium({}, lambda path: True) is None


def test_all_features_that_are_turned_off_are_in_one_switch_because_a_browser_reads_the_last_one_only() -> None:
    setup = Setup(None, ("--disable-features=LocalNetworkAccessChecks", "--mute-audio"))

    arguments = setup.arguments(Path("profile"), Path("log"))

    assert [one for one in arguments if one.startswith("--disable-features=")] == [
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,LocalNetworkAccessChecks"
    ]
    assert "--mute-audio" in arguments


@pytest.mark.parametrize("address", ["www.example.org", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_what_is_no_address_is_refused_before_any_browser_starts(address: str) -> None:
    with pytest.raises(AuditError, match="not an address"):
        run([address])


def test_nothing_to_audit_and_unknown_languages_are_usage_errors() -> None:
    with pytest.raises(AuditError, match="at least one"):
        run([])
    with pytest.raises(AuditError, match="'fr'"):
        run(["https://www.example.org/"], lang="fr")


@pytest.mark.subprocess
def test_without_playwright_everything_imports_and_the_error_names_the_cure() -> None:
    program = (
        "import sys; sys.modules['playwright'] = None\n"
        "import shariff_py.audit, shariff_py.pytest_plugin\n"
        "from shariff_py.errors import AuditError\n"
        "try: shariff_py.audit.run(['https://www.example.org/'])\n"
        "except AuditError as error: print(error)\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "pip install 'shariff_py[audit]'" in done.stdout


def test_every_name_of_the_package_is_there_and_no_other() -> None:
    assert [name for name in shariff_py.__all__ if not hasattr(shariff_py, name)] == []
    assert set(shariff_py.__all__) <= set(dir(shariff_py))
    assert not hasattr(shariff_py, "gate_htm")


@pytest.mark.subprocess
@pytest.mark.parametrize("where", ["shariff_py.pytest_plugin", "shariff_py.cli"])
def test_loading_the_pytest_plugin_or_a_command_loads_nothing_that_is_not_used(where: str) -> None:
    heavy = "flask", "bs4", "pydantic", "turbohtml", "urllib3", "playwright", "shariff_py.gate", "shariff_py.audit"
    program = f"import sys, {where}; print([name for name in {heavy} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
