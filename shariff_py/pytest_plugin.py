"""Fixtures for any test suite: check in one line that a page contacts no third party before consent.

    def test_the_start_page_is_silent(silent_before_consent, live_server):
        silent_before_consent(live_server.url)

    def test_the_video_page_keeps_its_promise(audited_page, live_server):
        page = audited_page(live_server.url + "/video", accept=["text=Show video"], withdraw=["text=Remove video"])
        assert page.contacted("before") == set()
        assert page.contacted("after") == {"www.youtube-nocookie.com"}
        assert page.contacted("withdrawn") == page.contacted("reloaded") == set()

Works with any framework and any consent tool. ``shariff_py[audit]`` and a Chromium are needed only when a fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from shariff_py.audit.verdict.judge import PageResult

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class AuditedPage:
    """One page after its four phases. ``result`` is the whole judgement, with every contact in ``result.trace``."""

    result: PageResult

    def contacted(self, phase: str) -> set[str]:
        """The hosts contacted in a phase: ``before``, ``after``, ``withdrawn``, ``reloaded``, or ``control`` (only in the control visit).

        Fails the test if the phase was not completed, because then silence proves nothing.
        """
        __tracebackhide__ = True
        if not self.result.trace.proves(phase):
            problems = ", ".join(f"{problem.name} {problem.detail}".strip() for problem in self.result.problems)
            pytest.fail(
                f"the phase {phase!r} was not completed: {problems or 'no blocked content found'}", pytrace=False
            )
        return {group.endpoint for group in (*self.result.findings, *self.result.expected) if group.phase == phase}

    @property
    def stored(self) -> set[str]:
        """What was stored on the device before consent: ``cookie NAME (DOMAIN)``, ``localStorage NAME (ORIGIN)`` and so on."""
        return {
            name for snapshot in self.result.trace.snapshots if snapshot.phase == "before" for name in snapshot.names
        }


@pytest.fixture(scope="session")
def _browser_background() -> frozenset[str]:
    """The hosts this browser contacts by itself, measured once per session on an empty page."""
    from shariff_py.audit.visit.browser import measure_background
    from shariff_py.audit.visit.options import AuditOptions

    return _apart(lambda: measure_background(AuditOptions(idle_seconds=3)))


@pytest.fixture
def silent_before_consent(_browser_background: frozenset[str]) -> Callable[..., None]:
    """A check: ``silent_before_consent(url, own=(), idle_seconds=5, javascript=True)``.

    Opens the page in a fresh real browser, scrolls, moves the mouse over everything, tabs through it, waits ``idle_seconds``
    and leaves. Fails the test, naming each contact, if any host but the page's own and those in ``own`` was contacted,
    even if only looked up; also if the page does not load, because then silence proves nothing.
    """

    def check(url: str, *, own: Sequence[str] = (), idle_seconds: float = 5.0, javascript: bool = True) -> None:
        __tracebackhide__ = True
        loaded, contacts = _apart(lambda: _visited(url, own, idle_seconds, javascript, _browser_background))
        if not loaded:
            pytest.fail(f"{url} did not load, so its silence proves nothing", pytrace=False)
        found = dict.fromkeys(f"  {contact.endpoint} by {contact.channel}" for contact in contacts)
        if found:
            pytest.fail(f"{url} contacted third parties before consent:\n" + "\n".join(found), pytrace=False)

    return check


@pytest.fixture
def audited_page(_browser_background: frozenset[str]) -> Callable[..., AuditedPage]:
    """An audit of one page in its four phases: ``audited_page(url, own=(), accept=(), withdraw=(), idle_seconds=5)``.

    ``accept`` and ``withdraw`` name the controls of another consent tool, as CSS selectors or ``text=…``; gates of this library are found
    automatically. Returns an `AuditedPage`.
    """

    def audited(
        url: str,
        *,
        own: Sequence[str] = (),
        accept: Sequence[str] = (),
        withdraw: Sequence[str] = (),
        idle_seconds: float = 5.0,
    ) -> AuditedPage:
        from shariff_py.audit.evidence.redaction import without_values
        from shariff_py.audit.verdict.judge import judge
        from shariff_py.audit.verdict.policy import AuditPolicy, Consent
        from shariff_py.audit.visit.options import AuditOptions
        from shariff_py.audit.visit.page_visit import visit_page

        policy = AuditPolicy(consent=Consent(tuple(accept), tuple(withdraw)))
        options = AuditOptions(own=tuple(own), policy=policy, idle_seconds=idle_seconds, background=_browser_background)
        trace = _apart(lambda: visit_page(url, options))
        return AuditedPage(judge(without_values(trace), _browser_background))

    return audited


def _visited(
    url: str, own: Sequence[str], idle_seconds: float, javascript: bool, background: frozenset[str]
) -> tuple[bool, Sequence[Any]]:
    """Whether the page loaded, and the contacts with third parties."""
    from shariff_py.audit.visit.browser import browser_session
    from shariff_py.audit.visit.options import AuditOptions

    options = AuditOptions(idle_seconds=idle_seconds, background=background)
    with browser_session((url, *own), options, javascript=javascript) as session:
        response = session.page.goto(url)
        session.look_around()
        session.idle()
    return response is not None and response.status < 400, session.outside()


def _apart(work: Callable[[], Result]) -> Result:
    """Run in a separate thread: the test suite may drive a browser itself, and Playwright runs once per thread."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
