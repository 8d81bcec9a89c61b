"""Judging a visit: who may be contacted in which phase, and what may be concluded from silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shariff_py.audit.evidence.contact import Channel, Contact, endpoint_of_url
from shariff_py.audit.evidence.parties import own_endpoints, same_site
from shariff_py.audit.evidence.trace import FailureReason, Phase, PhaseName, Problem, Trace
from shariff_py.audit.verdict.judge import Audit, PageResult, Verdict, judge, outside
from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.pytest_plugin import AuditedPage

OWN = frozenset({"www.example.org"})
PHASES = (
    Phase(PhaseName.BEFORE, 0, 10),
    Phase(PhaseName.AFTER, 10, 20),
    Phase(PhaseName.WITHDRAWN, 20, 30),
    Phase(PhaseName.RELOADED, 30, float("inf")),
)
ALL = frozenset(PhaseName)


def contact(host: str, time: float, channel: Channel = Channel.REQUEST, **more: object) -> Contact:
    known = Contact(host, 443, channel, time, site="https://example.org")
    return replace(known, **more)  # type: ignore[arg-type]


def trace(*contacts: Contact, declared: str = "https://www.facebook.com") -> Trace:
    return Trace(
        "https://www.example.org/",
        OWN,
        PHASES,
        contacts,
        True,
        "Chromium 1",
        recipients=((0, declared),),
        completed=ALL,
    )


def judged(*contacts: Contact, declared: str = "https://www.facebook.com") -> PageResult:
    return judge(trace(*contacts, declared=declared), frozenset())


def test_a_site_that_contacts_only_itself_passes() -> None:
    result = judged(contact("www.example.org", 1), contact("www.example.org", 31))

    assert result.verdict is Verdict.PASS
    assert result.findings == ()


@pytest.mark.parametrize("channel", Channel)
def test_any_channel_to_a_platform_before_consent_is_a_finding(channel: Channel) -> None:
    result = judged(contact("static.xx.fbcdn.net", 1, channel))

    assert result.verdict is Verdict.FINDING
    (finding,) = result.findings
    assert (finding.phase, finding.platform, finding.channels) == ("before", "facebook", (channel,))
    assert finding.company.startswith("Meta")


def test_after_consent_the_opened_platform_is_expected_with_all_its_hosts() -> None:
    result = judged(contact("www.facebook.com", 11), contact("static.xx.fbcdn.net", 12))

    assert result.verdict is Verdict.PASS
    assert [group.endpoint for group in result.expected] == ["www.facebook.com", "static.xx.fbcdn.net"]


@pytest.mark.parametrize("time", [5, 25, 35])
def test_consent_allows_nothing_before_after_withdrawal_or_after_a_reload(time: float) -> None:
    assert judged(contact("www.facebook.com", time)).verdict is Verdict.FINDING


def test_consent_to_one_party_is_not_consent_to_another() -> None:
    result = judged(contact("tracker.example", 11))

    assert [finding.endpoint for finding in result.findings] == ["tracker.example"]


def test_a_gate_that_declares_an_unknown_party_does_not_make_it_allowed() -> None:
    result = judged(contact("tracker.example", 11), declared="https://tracker.example")

    assert result.verdict is Verdict.FINDING


def test_a_host_that_only_looks_like_a_platforms_is_not_allowed() -> None:
    assert judged(contact("www.facebook.com.evil.example", 11)).verdict is Verdict.FINDING
    assert judged(contact("notfacebook.com", 11)).verdict is Verdict.FINDING


def test_a_stand_in_on_this_machine_is_allowed_by_its_own_port_only() -> None:
    stand_in = contact("127.0.0.1", 11, port=9001, site="http://127.0.0.1")
    other = contact("127.0.0.1", 11, port=9002, site="http://127.0.0.1")

    assert judged(stand_in, declared="http://127.0.0.1:9001").verdict is Verdict.PASS
    assert judged(other, declared="http://127.0.0.1:9001").verdict is Verdict.FINDING


def test_silence_in_a_cut_log_is_incomplete_and_not_a_pass() -> None:
    result = judge(replace(trace(), whole=False), frozenset())

    assert result.verdict is Verdict.INCOMPLETE
    assert [problem.name for problem in result.problems] == [FailureReason.LOG_INCOMPLETE]


def test_a_failure_makes_a_silent_visit_incomplete() -> None:
    result = judge(replace(trace(), problems=(Problem(FailureReason.GATE_FAILED, "1"),)), frozenset())

    assert result.verdict is Verdict.INCOMPLETE


INVALIDATED = [
    (FailureReason.NO_CONSENT, "text=Typo", ["before"]),
    (FailureReason.GATE_FAILED, "1", ["before"]),
    (FailureReason.NO_WITHDRAWAL, "", ["before", "after"]),
    (FailureReason.CONTROL_VISIT_FAILED, "", ["before", "after", "withdrawn", "reloaded"]),
]


@pytest.mark.parametrize(("reason", "detail", "proven"), INVALIDATED)
def test_a_consent_that_was_never_given_or_withdrawn_proves_nothing_of_what_follows(
    reason: FailureReason, detail: str, proven: list[str]
) -> None:
    visit = replace(trace(), problems=(Problem(reason, detail),), control_contacts=())

    assert [phase for phase in PhaseName if visit.proves(phase)] == proven
    assert visit.proves("control") is (reason is not FailureReason.CONTROL_VISIT_FAILED)


@pytest.mark.parametrize("contacts", [(), (contact("tracker.example", 11), contact("tracker.example", 25))])
def test_in_a_test_suite_a_phase_without_consent_fails_instead_of_being_called_silent(
    contacts: tuple[Contact, ...],
) -> None:
    visit = replace(trace(*contacts), problems=(Problem(FailureReason.NO_CONSENT, "text=Typo"),))
    page = AuditedPage(judge(visit, frozenset()))

    assert page.contacted("before") == set()
    for phase in ("after", "withdrawn", "reloaded", "control"):
        with pytest.raises(pytest.fail.Exception, match="no_consent text=Typo"):
            page.contacted(phase)


def test_a_finding_stands_even_in_an_incomplete_visit() -> None:
    result = judge(replace(trace(contact("tracker.example", 1)), whole=False), frozenset())

    assert result.verdict is Verdict.FINDING


def test_the_browsers_own_traffic_is_listed_and_no_finding() -> None:
    by_itself = contact("update.googleapis.com", 1, site="")
    measured = contact("news.vendor.example", 1, site="")

    result = judge(trace(by_itself, measured), frozenset({"news.vendor.example"}))

    assert result.verdict is Verdict.PASS
    assert {group.endpoint for group in result.browser_background} == {"update.googleapis.com", "news.vendor.example"}


def test_a_host_the_browser_uses_too_is_a_finding_when_the_page_contacts_it() -> None:
    assert judged(contact("update.googleapis.com", 1, site="https://example.org")).verdict is Verdict.FINDING


CAUSED: list[dict[str, object]] = [
    {"channel": Channel.PREFETCH},
    {"channel": Channel.PRERENDER},
    {"channel": Channel.WEBRTC, "site": ""},
    {"channel": Channel.UDP, "site": ""},
    {"channel": Channel.BEACON, "site": ""},
    {"initiator": "https://www.example.org"},
    {"referrer": "https://www.example.org/"},
    {"declared": True},
]


@pytest.mark.parametrize("caused", CAUSED, ids=str)
@pytest.mark.parametrize("host", ["accounts.google.com", "content-autofill.googleapis.com", "measured.example"])
def test_what_a_page_causes_is_never_the_browsers_own_whatever_site_it_is_marked_with(
    host: str, caused: dict[str, object]
) -> None:
    by_itself = contact(host, 1, site=f"https://{host.partition('.')[2]}")
    background = frozenset({"measured.example"})

    assert judge(trace(by_itself), background).verdict is Verdict.PASS
    assert judge(trace(replace(by_itself, **caused)), background).verdict is Verdict.FINDING  # type: ignore[arg-type]


def test_a_page_with_a_field_chromium_asks_about_is_known_and_no_finding() -> None:
    asked = contact("content-autofill.googleapis.com", 1, site="https://example.org")

    for visit in ({"contacts": (asked,)}, {"control_contacts": (asked,)}):
        result = judge(replace(trace(), **visit), frozenset())
        assert (result.verdict, result.has_fields) == (Verdict.PASS, True)
    assert judge(trace(contact("update.googleapis.com", 1, site="")), frozenset()).has_fields is False


def test_traffic_for_no_site_to_an_unknown_host_is_not_waved_through() -> None:
    assert outside([contact("stun.example", 1, Channel.DNS, site="")], OWN, frozenset()) != ()


def test_a_site_with_an_umlaut_is_its_own_however_its_name_is_written() -> None:
    own = frozenset({endpoint_of_url("http://münchen.localhost:8000/"), "*.öffentlich.example"})
    visit = replace(
        trace(
            contact("xn--mnchen-3ya.localhost", 1, port=8000, site="http://xn--mnchen-3ya.localhost"),
            contact("media.xn--ffentlich-z7a.example", 2),
        ),
        own=own,
    )

    assert endpoint_of_url("http://MÜNCHEN.localhost:8000") == "xn--mnchen-3ya.localhost:8000"
    assert judge(visit, frozenset()).verdict is Verdict.PASS


def test_an_exception_for_a_name_with_an_umlaut_covers_it() -> None:
    rule = {"owner": "Town", "purpose": "maps", "legal_basis": "contract"}
    policy = AuditPolicy.from_mapping({"allow": [{"host": "karten.öffentlich.example", **rule}, {"host": "*.straße.example", **rule}]})  # fmt: skip
    visit = trace(contact("karten.xn--ffentlich-z7a.example", 1), contact("a.xn--strae-oqa.example", 2))

    assert judge(visit, frozenset(), policy).verdict is Verdict.PASS


def test_the_browsers_check_of_a_file_is_its_own_unless_a_page_requests_it() -> None:
    check = contact("sb-ssl.google.com", 1, site="")
    requested = replace(check, initiator="https://www.example.org")

    for visit in ({"contacts": (check,)}, {"control_contacts": (check,)}):
        judged = judge(replace(trace(), **visit), frozenset())
        assert (judged.verdict, [one.endpoint for one in judged.browser_background]) == (
            Verdict.PASS,
            ["sb-ssl.google.com"],
        )
    assert judge(trace(requested), frozenset()).verdict is Verdict.FINDING


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("https://example.org/", "https://www.example.org/a", True),
        ("https://www.stadt.example.org/", "https://portal.example.org/", True),
        ("https://example.co.uk/", "https://other.co.uk/", False),
        ("http://127.0.0.1/", "http://10.7.0.1/", False),
        ("http://[::1]/", "http://[fe80::1]/", False),
        ("http://192.0.2.7/", "https://192.0.2.7/", True),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/", False),
        ("http://localhost:8000/", "http://other.localhost:8000/", False),
    ],
)
def test_a_redirect_is_the_sites_own_within_one_registrable_domain_which_addresses_have_none_of(
    url: str, other: str, same: bool
) -> None:
    assert same_site(url, other) is same


def test_contacts_with_one_party_are_counted_together_by_phase() -> None:
    lookup = contact("tracker.example", 1, Channel.DNS, sent=True)
    request = contact("tracker.example", 2, url="https://tracker.example/a?b=c")

    (finding,) = judged(request, lookup, request).findings

    assert (finding.count, finding.first, finding.sent) == (3, 1, True)
    assert finding.channels == (Channel.REQUEST,)
    assert finding.urls == ("https://tracker.example/a?b=c",)


def test_the_sites_own_endpoints_are_its_addresses_and_its_domains() -> None:
    assert own_endpoints(["https://www.example.org/a", "*.example.org", "http://localhost:8000/", "http://[broken"]) == {
        "www.example.org", "*.example.org", "localhost:8000",
    }  # fmt: skip


def test_the_summary_of_a_page_has_its_judgement_without_the_contacts() -> None:
    for control in (None, (contact("tracker.example", 1),)):
        whole = judge(replace(trace(contact("tracker.example", 1)), control_contacts=control), frozenset())

        kept = whole.summary()

        assert (kept.verdict, kept.findings) == (whole.verdict, whole.findings)
        assert (kept.trace.contacts, kept.trace.control_contacts) == ((), None if control is None else ())


def test_one_finding_decides_over_all_pages_and_one_gap_over_silence() -> None:
    silent, found = judged(), judged(contact("tracker.example", 1))
    cut = judge(replace(trace(), whole=False), frozenset())

    def verdict(*pages: PageResult) -> Verdict:
        return Audit(pages, (), "Chromium 1", 0, 5).verdict

    assert verdict(silent, silent) is Verdict.PASS
    assert verdict(silent, cut) is Verdict.INCOMPLETE
    assert verdict(cut, found, silent) is Verdict.FINDING
    assert verdict() is Verdict.INCOMPLETE
