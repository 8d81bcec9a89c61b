"""Starting the browser and what drives it: Playwright, which is imported when called."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shariff_py.audit.visit.chromium import CURE_BROWSER, Setup
from shariff_py.errors import AuditError

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright

CURE_PLAYWRIGHT = (
    "The audit drives a real browser through Playwright, which is not installed. "
    "Install it with: pip install 'shariff_py[audit]'"
)


@contextmanager
def browser(
    setup: Setup, profile: Path, log_file: Path, javascript: bool, playwright: Playwright
) -> Iterator[BrowserContext]:
    launched = _firefox if setup.wire is not None else _launched
    context = launched(setup, profile, log_file, javascript, playwright)
    try:
        yield context
    finally:
        with suppress(Exception):  # A terminated driver closes nothing.
            context.close()


def _launched(setup: Setup, profile: Path, log_file: Path, javascript: bool, playwright: Playwright) -> BrowserContext:
    """Start the browser; a second time without its sandbox where that is what failed."""
    Error = playwright_error()
    options: dict[str, Any] = {"executable_path": setup.program} if setup.program else {"channel": "chromium"}
    for sandbox in (True, False):
        try:
            return playwright.chromium.launch_persistent_context(
                profile,
                headless=True,
                no_viewport=True,
                java_script_enabled=javascript,
                handle_sigint=False,  # A terminal sends Ctrl+C to the driver, too; the run itself ends the browser.
                ignore_default_args=True,
                args=[*setup.arguments(profile, log_file, sandbox=sandbox), "about:blank"],
                **options,
            )
        except Error as error:
            if not sandbox or "sandbox" not in str(error).lower():
                raise AuditError(f"{CURE_BROWSER}. The attempt ended with: {one_line(error)}") from None
    raise AuditError(CURE_BROWSER)


def _firefox(setup: Setup, profile: Path, log_file: Path, javascript: bool, playwright: Playwright) -> BrowserContext:
    """Start an ordinary Firefox. The sink's certificates are its own, so certificate errors mean nothing here."""
    try:
        return playwright.firefox.launch_persistent_context(
            profile,
            channel="moz-firefox",
            executable_path=setup.program,
            headless=True,
            no_viewport=True,
            handle_sigint=False,  # As above.
            ignore_https_errors=True,
            firefox_user_prefs={} if javascript else {"javascript.enabled": False},
        )
    except playwright_error() as error:
        raise AuditError(
            f"Firefox could not be started: {one_line(error)}. Install firefox-esr, or leave out --engine."
        ) from None


@contextmanager
def driver() -> Iterator[Playwright]:
    """A running Playwright, to be shared by the visits of one thread."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise AuditError(CURE_PLAYWRIGHT) from None
    with sync_playwright() as playwright:
        yield playwright


def process_of(playwright: Playwright) -> int:
    """The driver's process, for the watchdog; 0 where it is unknown."""
    with suppress(AttributeError):
        return int(playwright._impl_obj._connection._transport._proc.pid)  # type: ignore[attr-defined]
    return 0


def one_line(error: Exception) -> str:
    """The browser's message in one line, without the name of the call that failed."""
    first = (str(error).strip().splitlines() or [""])[0]
    return first.partition(": ")[2] or first


def playwright_error() -> type[Exception]:
    """Playwright's own error, known only where Playwright is."""
    from playwright.sync_api import Error

    return Error


def print_page(page: Path, target: Path, setup: Setup) -> None:
    """Print a page on disk as PDF, with the browser that audits."""
    with (
        driver() as playwright,
        tempfile.TemporaryDirectory(prefix="shariff-print-", ignore_cleanup_errors=True) as folder,
    ):
        profile = Path(folder) / "profile"
        setup.prepare(profile)
        context = _launched(setup, profile, Path(folder) / "netlog.json", False, playwright)
        sheet = context.pages[0]
        sheet.goto(page.resolve().as_uri(), timeout=120_000)
        sheet.pdf(path=target, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        context.close()
