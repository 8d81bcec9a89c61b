"""For anybody's test suite: nothing leaves this page before consent, in one line.

    def test_the_start_page_is_silent(silent_before_consent, live_server):
        silent_before_consent(live_server.url)

Works with any framework and any consent tool. Needs ``shariff_py[audit]`` and a Chromium, and only when the fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest


@pytest.fixture(scope="session")
def _browser_baseline() -> frozenset[str]:
    """The hosts this browser contacts by itself, measured once per session on an empty page."""
    from shariff_py.audit.browser import measure_baseline

    return measure_baseline(seconds=3)


@pytest.fixture
def silent_before_consent(_browser_baseline: frozenset[str]) -> Callable[..., None]:
    """A check: ``silent_before_consent(url, own=(), idle_seconds=5, javascript=True)``.

    Opens the page in a fresh real browser, scrolls, moves the mouse over everything, tabs through it, waits ``idle_seconds``
    and leaves. Fails the test, naming each contact, if anybody but the page's own host and those in ``own`` was contacted,
    requested or even only looked up; also if the page does not load, because then silence means nothing.
    """

    def check(url: str, *, own: Sequence[str] = (), idle_seconds: float = 5.0, javascript: bool = True) -> None:
        __tracebackhide__ = True
        from shariff_py.audit.browser import visit

        with visit(
            (url, *own), javascript=javascript, baseline=_browser_baseline, idle_seconds=idle_seconds
        ) as visitor:
            response = visitor.page.goto(url)
            visitor.look_around()
            visitor.idle()
        if response is None or response.status >= 400:
            pytest.fail(f"{url} did not load, so its silence says nothing", pytrace=False)
        found = dict.fromkeys(f"  {contact.place} by {contact.channel}" for contact in visitor.outside())
        if found:
            pytest.fail(f"{url} contacted others before consent:\n" + "\n".join(found), pytrace=False)

    return check
