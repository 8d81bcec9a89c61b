"""Audits with --sink: third parties resolve to a recorder on this machine, and other engines are observed on the wire."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from support.audited_sites import HEAD, QUICK, pages_site

from shariff_py.audit import Audit, AuditOptions
from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.evidence.trace import FailureReason
from shariff_py.audit.sink import namespace
from shariff_py.audit.sink.sealing import resolved_run, sealed_run
from shariff_py.errors import AuditError

pytestmark = pytest.mark.browser


def sealed_site(serve: Any) -> str:
    leak = '<link rel="dns-prefetch" href="//hint.example"><img src="http://tracker.example/p.gif" alt=""><img src="http://203.0.113.9/n.gif" alt="">'
    return str(serve(pages_site({"/": HEAD + leak})).url("/"))


def before(audit: Audit) -> dict[str, tuple[tuple[Channel, ...], bool]]:
    return {
        line.endpoint: (line.channels, line.sent)
        for page in audit.pages
        for line in page.findings
        if line.phase == "before"
    }


def test_with_the_sink_everybody_with_a_name_is_a_recorder_on_this_machine(serve: Any) -> None:
    audit = resolved_run([sealed_site(serve)], AuditOptions(**QUICK))

    assert audit.sealed == "resolver"
    assert (
        before(audit).items()
        >= {"hint.example": ((Channel.DNS,), True), "tracker.example": ((Channel.REQUEST,), True)}.items()
    )


def test_the_sink_is_a_sealed_network_where_one_can_be_made(serve: Any) -> None:
    audit = sealed_run([sealed_site(serve)], AuditOptions(**QUICK))

    assert audit.sealed == ("namespace" if namespace.available() else "resolver")
    assert (
        before(audit).items()
        >= {"hint.example": ((Channel.DNS,), True), "tracker.example": ((Channel.REQUEST,), True)}.items()
    )
    assert "203.0.113.9" in before(audit)


@pytest.mark.full
@pytest.mark.parametrize(
    ("engine", "programs", "failures"),
    [("firefox", ("firefox-esr", "firefox"), set()), ("webkit", ("xvfb-run",), {FailureReason.PASSIVE_ONLY})],
)
def test_other_engines_are_audited_by_the_wire_where_they_are_and_a_network_can_be_sealed(
    engine: str, programs: tuple[str, ...], failures: set[FailureReason], serve: Any
) -> None:
    options = AuditOptions(engine=engine, **QUICK)
    there = any(map(shutil.which, programs)) and (
        engine == "firefox" or any(Path("/usr/lib").glob("*/webkit*gtk-4*/MiniBrowser"))
    )
    if not namespace.available() or not there:
        with pytest.raises(AuditError, match=r"sealed network|was found"):
            sealed_run([sealed_site(serve)], options)
        return

    audit = sealed_run([sealed_site(serve)], options)

    assert audit.engine == engine
    assert {problem.name for problem in audit.pages[0].problems} == failures
    assert before(audit).items() >= {"tracker.example": ((Channel.REQUEST,), True)}.items()
