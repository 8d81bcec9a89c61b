"""The pytest fixtures for any test suite: a silent page in one line, four phases in three."""

from __future__ import annotations

from typing import Any

import pytest
from support.audited_sites import HEAD, OTHER_TOOL, gated_site, pages_site

pytestmark = pytest.mark.browser


def test_one_line_in_any_suite_passes_a_silent_page(serve: Any, silent_before_consent: Any) -> None:
    site = serve(gated_site("http://127.0.0.1:1"))

    assert silent_before_consent(site.url("/"), idle_seconds=0.5) is None


@pytest.mark.parametrize("javascript", [True, False])
def test_one_line_in_any_suite_fails_a_leaking_page_by_name(
    javascript: bool, serve: Any, silent_before_consent: Any
) -> None:
    site = serve(gated_site("http://127.0.0.1:1", extra='<link rel="dns-prefetch" href="//tracker.test">'))

    with pytest.raises(pytest.fail.Exception, match=r"before consent:\n  tracker.test by dns"):
        silent_before_consent(site.url("/"), idle_seconds=0.5, javascript=javascript)


def test_a_page_that_does_not_load_is_not_called_silent(serve: Any, silent_before_consent: Any) -> None:
    site = serve(gated_site("http://127.0.0.1:1"))

    with pytest.raises(pytest.fail.Exception, match="did not load"):
        silent_before_consent(site.url("/missing"), idle_seconds=0.1)


def test_four_phases_of_another_consent_tool_are_three_lines(serve: Any, audited_page: Any) -> None:
    site = serve(pages_site({"/": HEAD + OTHER_TOOL}))

    page = audited_page(site.url("/"), accept=["#yes"], withdraw=["text=Withdraw"], idle_seconds=0.5)

    assert page.contacted("before") == set()
    assert page.contacted("after") == {"stats.test"}
    assert page.contacted("withdrawn") == page.contacted("reloaded") == set()
    assert page.stored == set()


def test_a_phase_that_was_not_audited_is_not_called_silent(serve: Any, audited_page: Any) -> None:
    site = serve(pages_site({"/": HEAD}))

    page = audited_page(site.url("/"), idle_seconds=0.3)

    with pytest.raises(pytest.fail.Exception, match="no blocked content found"):
        page.contacted("after")
