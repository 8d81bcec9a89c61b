"""All golden cases in a real Chromium, and which platform was contacted by which case, for each column of the table.

Each case is a site of its own (``https://NAME.localhost:PORT``), so the network log itself says for whom a name was looked up, a
connection opened or a request sent: by the site in the isolation key, or by the initiator where a page sends its visitor elsewhere.
Sites are served on TLS, because on plain http Chromium looks up the names of ordinary links. No platform is reached: names are
not resolved where there is no network, and what counts is that one was asked for.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from shariff_py.audit.evidence.contact import Channel, Contact
from shariff_py.audit.evidence.netlog.end_marker import appears_in_log, new_end_marker
from shariff_py.audit.evidence.netlog.reader import read
from shariff_py.audit.visit.chromium import FEATURES_OFF, PREFERENCES, SWITCHES, find_chromium
from shariff_py.platforms.registry import platform_of
from shariff_py.response_policy.pages import policy_headers
from shariff_py.settings import Settings
from shariff_py.urls import parse
from shariff_py.web.page_connections import connection_headers
from support.golden import CASES, CONFIGURATION, SETTINGS, Case
from support.headless_shell import headless_shell

COLUMNS: Mapping[str, tuple[bool, bool, bool]] = {
    "pasted": (False, False, False),
    "gate": (True, False, False),
    "policy": (False, True, False),
    "both": (True, True, False),
    "list": (False, False, True),
    "all": (True, True, True),
}
"""Whether the page is gated, whether the policy headers are sent, and whether the list of allowed connections is."""

LISTING = Settings.from_mapping({**CONFIGURATION, "headers": {"connections": "enforce", "reports": False}})

HOSTS = {
    "stun.facebook.com": "script-assembled-stun",
    "edge-chat.facebook.com": "script-assembled-websocket",
    "gateway.facebook.com": "script-literal-websocket",
}
"""Hosts that one case alone names, for look-ups that the log assigns to no page."""

WINDOWS, SETTLES = 4, 0.25
"""How many pages are open side by side, and for how many seconds after they were loaded. What scripts begin then belongs to them all the same.
Each has a window of its own: a page in a tab behind another fetches nothing in advance."""

ALONE_SETTLES = 2.0
"""The same for a page that is opened again by itself."""

PATIENCE, TO_ARRIVE = 6_000, 60_000
"""Milliseconds to wait for everything on a page, and for the page itself. One that never finishes has begun everything it begins; one
that has not come yet, from a busy machine, has begun nothing."""

OWN_FILES = {
    "/lader.js": ("text/javascript", b"import('https://connect.facebook.net/de_DE/sdk.js').catch(() => 0);"),
    "/rundgang.mp4": ("video/mp4", b""),
}
"""Files of the sites themselves that cases refer to."""


@dataclass(slots=True)
class Column:
    """What was measured in one column: the contacts with platforms by case, and those that belong to none."""

    whole: bool = True
    contacts: dict[str, list[Contact]] = field(default_factory=dict)
    stray: list[Contact] = field(default_factory=list)

    def add(self, other: Column) -> None:
        """Take over the contacts in another browser's log."""
        self.whole &= other.whole
        self.contacts |= other.contacts
        self.stray += other.stray


def application(column: str) -> Callable[..., Any]:
    """The sites of one column as a WSGI application."""
    gated, guarded, listed = COLUMNS[column]
    policy = policy_headers(SETTINGS, []) if guarded else []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        case, path = CASES.get(environ["HTTP_HOST"].partition(".")[0]), environ["PATH_INFO"]
        kind, body = OWN_FILES.get(path, ("text/plain", b""))
        if case is not None and path == "/":
            kind, body = f"text/html; charset={case.encoding}", page_of(case, gated=gated)
        known = path in OWN_FILES or path == "/"
        headers = [("Content-Type", kind), *policy]
        if listed and kind.startswith("text/html"):
            headers += connection_headers(LISTING, f"https://{environ['HTTP_HOST']}/", headers, policy, body, _refuse)
        start_response("200 OK" if known else "404 Not Found", headers)
        return [body]

    return app


def _refuse(sentence: str) -> None:
    """Every case has its list: one that had none would be measured as if it were held."""
    raise AssertionError(sentence)


def page_of(case: Case, *, gated: bool) -> bytes:
    return case.bytes(case.gate(case.source).html if gated else case.source)


def measure(port: int, name: str, opened: Collection[str], expected: Collection[str]) -> Column:
    """Open these cases in one column's way, and read from the browsers' logs who contacted a platform.

    That nobody is contacted is concluded from the whole browser alone. That pasted pages contact somebody can be seen in any Chromium, so
    those ``expected`` to are opened in the headless shell first where it is installed; under a policy what it leaves out is all there is.
    On a busy machine a page can be left before its scripts began, so those that did nothing are opened again, one after the other and for
    longer. Of cases that become the very same page one is opened.
    """
    column, whole = Column(), find_chromium(os.environ, lambda path: Path(path).is_file())
    alike = _alike(opened, gated=COLUMNS[name][0])
    pending = set(alike.values())
    wanted = {alike[case] for case in expected}
    if name == "pasted" and (shell := headless_shell()):
        seen = _measured(port, pending & wanted, _Round(shell, WINDOWS, SETTLES))
        # Its log often does not say for whom a name is looked up, so what belongs to no case says nothing here.
        column.add(Column(seen.whole, seen.contacts))
    column.add(_measured(port, pending - column.contacts.keys(), _Round(whole, WINDOWS, SETTLES)))
    if missing := wanted - column.contacts.keys():
        column.add(_measured(port, missing, _Round(whole, 1, ALONE_SETTLES)))
    column.contacts |= {case: column.contacts[one] for case, one in alike.items() if one in column.contacts}
    return column


def _alike(names: Iterable[str], *, gated: bool) -> dict[str, str]:
    """For each case the first one that becomes the very same page, read in the same way."""
    first: dict[tuple[bytes, str, bool], str] = {}
    return {
        name: first.setdefault((page_of(CASES[name], gated=gated), CASES[name].encoding, CASES[name].scripting), name)
        for name in sorted(names)
    }


def _measured(port: int, names: Collection[str], order: _Round) -> Column:
    with tempfile.TemporaryDirectory(prefix="shariff-matrix-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "netlog.json"
        mark = new_end_marker()
        asyncio.run(_visit(Path(folder) / "profile", log, mark, order, sorted(names, reverse=True), port))
        with log.open(encoding="utf-8", errors="replace") as lines:
            entries = read(lines, end_marker=mark)
    column = Column(entries.whole)
    for contact in entries.contacts:
        if platform_of(contact.host) is None:
            continue
        name = belongs_to(contact)
        if name is not None:
            column.contacts.setdefault(name, []).append(contact)
        elif not follows_a_navigation(contact):
            column.stray.append(contact)
    return column


def belongs_to(contact: Contact) -> str | None:
    """The case a contact belongs to: the site it was made for, who began it, or else the only case that names its address."""
    for place in (contact.site, contact.initiator):
        found = parse(place) if place else None
        if found is not None and found.host.endswith(".localhost"):
            return found.host.removesuffix(".localhost")
    if contact.host in HOSTS:
        return HOSTS[contact.host]
    naming = [name for name, case in CASES.items() if contact.url and f'"{contact.url}"' in case.source]
    return naming[0] if len(naming) == 1 else None


def follows_a_navigation(contact: Contact) -> bool:
    """Whether a contact was made for a platform's own page after a case had sent the browser there (which is counted itself).

    A page fetched in advance looks the same, and follows none.
    """
    if contact.channel is Channel.PREFETCH:
        return False
    place = parse(contact.site) if contact.site else None
    return (not contact.site and contact.speculative) or (place is not None and platform_of(place.host) is not None)


@dataclass(frozen=True, slots=True)
class _Round:
    """How pages are opened: in which browser (``None``: Playwright's own), how many side by side, for how long after they were loaded."""

    program: str | None
    windows: int
    settles: float


async def _visit(profile: Path, log: Path, mark: str, order: _Round, pending: list[str], port: int) -> None:
    """Open those ``pending``, the last first."""
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES), encoding="utf-8")
    options: dict[str, Any] = {"executable_path": order.program} if order.program else {"channel": "chromium"}
    # Playwright turns off features, too, and Chromium reads the last such switch only.
    switches = [switch for switch in SWITCHES if not switch.startswith(FEATURES_OFF)]
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile, headless=True, ignore_https_errors=True, args=[f"--log-net-log={log}", *switches], **options
        )
        windows = [await _new_window(context) for _ in range(order.windows)]
        await asyncio.gather(*(_walk(page, pending, port, order.settles) for page in windows))
        await asyncio.sleep(1)
        await _write_end_marker(context, log, mark)
        await context.close()


async def _write_end_marker(context: BrowserContext, log: Path, mark: str) -> None:
    page = await context.new_page()
    for _ in range(10):
        with suppress(Error):
            await page.goto(mark)
        if appears_in_log(mark, log, 3.0):
            return


async def _new_window(context: BrowserContext) -> Page:
    # Without a toolbar, which the browser would draw anew for each page.
    async with context.expect_page() as opening:
        await context.pages[0].evaluate("void open('about:blank', '', 'popup,noopener,width=1280,height=900')")
    return await opening.value


async def _walk(page: Page, pending: list[str], port: int, settles: float) -> None:
    session = await page.context.new_cdp_session(page)
    while pending:
        case = CASES[pending.pop()]
        await session.send("Emulation.setScriptExecutionDisabled", {"value": not case.scripting})
        await _open(page, f"https://{case.name}.localhost:{port}/")
        await asyncio.sleep(settles)
    with suppress(Error):
        await page.goto("about:blank")


async def _open(page: Page, address: str) -> None:
    # A page that sends its visitor elsewhere interrupts its own loading.
    with suppress(Error):
        await page.goto(address, timeout=TO_ARRIVE, wait_until="commit")
        await page.wait_for_load_state(timeout=PATIENCE)
