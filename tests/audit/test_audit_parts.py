"""The audit's pure parts: declarations, causes, storage, DNS, crawling, comparison, and the forms for other tools."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit.evidence.channels import annotation, channel_of
from shariff_py.audit.evidence.contact import Channel, Contact, telling
from shariff_py.audit.evidence.declarations import Answer, Element, declarations, network_error_endpoints
from shariff_py.audit.evidence.initiator import Seen, announced, explained
from shariff_py.audit.evidence.redaction import cleaned, redacted, without_values
from shariff_py.audit.evidence.storage import Cookie, Snapshot, Stored, snapshot
from shariff_py.audit.evidence.trace import FailureReason, Journal, Phase, Problem, ServerRequest, Step, StepName, Trace
from shariff_py.audit.report import as_json, html, text
from shariff_py.audit.report.baseline import compare_with_baseline
from shariff_py.audit.report.ci import as_junit, as_sarif
from shariff_py.audit.report.picture import timeline
from shariff_py.audit.report.tables import COLUMNS, as_csv, as_har
from shariff_py.audit.report.wec import as_inspection
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.runner.archive import TRACE, Evidence
from shariff_py.audit.runner.crawl import Robots, listed, sitemap_pages
from shariff_py.audit.runner.frontier import Frontier, Planned
from shariff_py.audit.sink.names import AAAA, A, Addresses, answer, question
from shariff_py.audit.sink.recorder import Recorded
from shariff_py.audit.sink.wire import log_of
from shariff_py.audit.verdict.judge import Audit, judge
from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.errors import AuditError, SitemapError

NOON = 1795435200.0
OWN = frozenset({"www.example.org"})


def contact(host: str, channel: Channel = Channel.REQUEST, at: float = 1, **more: object) -> Contact:
    known = Contact(host, 443, channel, NOON + at, url=f"https://{host}/x?id=1", sent=True, method="GET")
    return replace(known, **more)  # type: ignore[arg-type]


def trace(*contacts: Contact, **more: object) -> Trace:
    phases = (Phase("before", 0, NOON + 10), Phase("after", NOON + 10, NOON + 20, 1), Phase("withdrawn", NOON + 20, NOON + 30), Phase("reloaded", NOON + 30, NOON + 40))  # fmt: skip
    known = Trace("https://www.example.org/", OWN, phases, contacts, True, "Chromium 156", completed=frozenset(p.name for p in phases), began=NOON, ended=NOON + 40)  # fmt: skip
    return replace(known, **more)  # type: ignore[arg-type]


def audit(*traces: Trace) -> Audit:
    return Audit(tuple(judge(one, frozenset()) for one in traces), (), "Chromium 156", NOON, 5, NOON + 40)


# Channels and causes


def test_the_hash_of_a_sender_is_chromiums_own() -> None:
    assert annotation("blink_resource_loader") == 101_845_102
    assert annotation("reporting") == 109_891_200


@pytest.mark.parametrize(
    ("headers", "channel"),
    [
        ({"sec-purpose": "prefetch;prerender", "sec-fetch-dest": "image"}, Channel.PRERENDER),
        ({"sec-fetch-dest": "sharedworker"}, Channel.WORKER),
        ({"content-type": "text/ping"}, Channel.PING),
        ({"sec-fetch-dest": "report"}, Channel.REPORT),
        ({}, Channel.REQUEST),
    ],
)
def test_a_request_is_named_by_what_it_was_for(headers: dict[str, str], channel: Channel) -> None:
    assert channel_of("https", 0, headers) is channel


def test_what_only_led_up_to_something_is_not_told() -> None:
    assert telling((Channel.DNS, Channel.QUIC, Channel.CONNECTION, Channel.REQUEST)) == (Channel.REQUEST,)
    assert telling((Channel.DNS, Channel.CONNECTION)) == (Channel.CONNECTION,)
    assert telling((Channel.DNS,)) == (Channel.DNS,)


def test_what_the_debugger_never_reported_was_a_worker_or_sent_on_leaving() -> None:
    asked = contact("a.example", kind="empty", initiator="https://www.example.org")
    posted = contact("b.example", kind="empty", initiator="https://www.example.org", method="POST")
    image = contact("c.example", kind="image", initiator="https://www.example.org")
    seen = [Seen(image.url, "GET", "image", "script https://www.example.org/a.js:7")]

    found = explained([asked, posted, image], seen, (), OWN)

    assert [one.channel for one in found] == [Channel.WORKER, Channel.BEACON, Channel.REQUEST]
    assert found[2].cause == "script https://www.example.org/a.js:7"


def test_a_contact_without_an_event_is_explained_by_what_the_page_declares() -> None:
    declared = declarations((), [Element("link rel=preconnect", "https://hint.example/")])

    (found,) = explained([contact("hint.example", Channel.CONNECTION, url="")], (), declared, OWN)

    assert found.cause == "link rel=preconnect"


def test_what_a_page_tells_browsers_to_contact_is_marked_and_what_it_only_names_or_allows_is_not() -> None:
    policy = Answer("https://www.example.org/", NOON, 200, (("content-security-policy", "img-src rules.example allowed.example"),))  # fmt: skip
    elements = [Element("script type=speculationrules", "https://rules.example/"), Element("script", "https://named.example/")]  # fmt: skip
    hosts = ("rules.example", "allowed.example", "named.example", "other.example")

    found = announced([contact(host) for host in hosts], declarations([policy], elements))

    assert [(one.cause, one.declared) for one in found] == [
        ("script type=speculationrules", True),
        ("content-security-policy img-src", False),
        ("script", False),
        ("", False),
    ]


HEADERS = Answer(
    "https://www.example.org/",
    NOON,
    200,
    (
        ("link", '<https://hint.example>; rel=preconnect, </own.css>; rel="preload"; as=style, <https://feed.example>; rel=alternate'),
        ("reporting-endpoints", 'a="https://reports.example/r"'),
        ("report-to", '{"group":"n","endpoints":[{"url":"https://nel.example/n"}]},{"group":"o","endpoints":[{"url":"https://other.example/o"}]}'),
        ("nel", '{"report_to":"n"}'),
        ("content-security-policy", "frame-src 'self' https://maps.example *.tiles.example; report-uri https://csp.example/r"),
        ("alt-svc", 'h3="alt.example:443"; ma=60, h3=":443"'),
        ("refresh", "5; url=https://next.example/"),
        ("speculation-rules", '"https://rules.example/r.json"'),
    ),
)  # fmt: skip


def test_headers_declare_who_may_be_contacted_later() -> None:
    found = {(one.host, one.how) for one in declarations([HEADERS])}

    assert found == {
        ("hint.example", "hint"), ("www.example.org", "hint"), ("reports.example", "report"), ("nel.example", "report"),
        ("other.example", "report"), ("maps.example", "policy"), ("*.tiles.example", "policy"), ("csp.example", "report"),
        ("alt.example", "alternative"), ("next.example", "refresh"), ("rules.example", "hint"),
    }  # fmt: skip
    assert network_error_endpoints([HEADERS]) == {"https://nel.example/n"}


def test_a_broken_header_declares_nothing_and_breaks_nothing() -> None:
    assert (
        declarations([Answer("https://www.example.org/", 1, 200, (("report-to", "{"), ("nel", "[]"), ("link", "<")))])
        == ()
    )


# Storage


def test_names_of_what_is_stored_are_kept_and_values_never() -> None:
    cookies = [{"name": "id", "value": "secret", "domain": ".x.example", "path": "/", "expires": -1}, {"name": "own", "value": "secret", "domain": "f.example", "ephemeral": True}]  # fmt: skip
    frames = [{"origin": "https://x.example", "local": ["a"], "session": [], "databases": ["d"], "caches": [], "workers": []}, {"origin": "null"}]  # fmt: skip

    found = snapshot("before", NOON, cookies, frames)

    assert found.names == {
        "cookie id (.x.example)",
        "localStorage a (https://x.example)",
        "IndexedDB d (https://x.example)",
    }
    assert "secret" not in repr(found)


def test_what_outlasts_withdrawal_and_is_not_declared_is_told() -> None:
    kept = Cookie("kept", "www.example.org", "/", None, False, False, "")
    gone, session = replace(kept, name="gone"), replace(kept, name="session_7")
    snapshots = (
        Snapshot("before", 1, (session,)),
        Snapshot("after", 2, (kept, gone, session)),
        Snapshot("withdrawn", 3, (kept, session)),
    )
    policy = AuditPolicy.from_mapping(
        {"storage": "judge", "keep": [{"name": "session_*", "purpose": "login", "legal_basis": "25(2)"}]}
    )

    result = judge(trace(snapshots=snapshots), frozenset(), policy)

    assert {(item.what, item.left) for item in result.stored} == {
        ("cookie kept (www.example.org)", True),
        ("cookie gone (www.example.org)", False),
    }
    assert result.verdict == "finding"


def test_what_a_frame_stored_that_is_gone_is_never_said_to_be_gone_as_well() -> None:
    answer = {"origin": "https://f.example", "local": ["uid"], "databases": ["track"]}
    private = {**answer, "origin": "https://g.example", "ephemeral": True}
    own = {"origin": "https://www.example.org", "local": ["since"]}
    after = snapshot("after", NOON, (), [own, answer, private])
    withdrawn = snapshot("withdrawn", NOON, (), [{**own, "local": []}], [after])
    reloaded = snapshot("reloaded", NOON, (), [{**own, "local": []}], [after, withdrawn])
    visit = trace(snapshots=(snapshot("before", NOON, (), [{**own, "local": []}]), after, withdrawn, reloaded))

    found = audit(visit)

    assert (withdrawn.unasked, reloaded.unasked) == (("https://f.example",), ("https://f.example",))
    assert {(item.what, item.left) for item in found.pages[0].stored} == {
        ("localStorage uid (https://f.example)", None),
        ("IndexedDB track (https://f.example)", None),
        ("localStorage since (https://www.example.org)", False),
    }
    assert html(found, "de").count(f"<td>{WORDS['de']['stored.unasked']}</td>") == 4
    assert json.loads(as_json(found))["pages"][0]["undeclared_storage"][0]["left"] is None


def test_what_a_frame_still_answers_after_withdrawal_was_left_even_if_it_is_gone_after_the_reload() -> None:
    answer = {"origin": "https://f.example", "local": ["uid"]}
    after = snapshot("after", NOON, (), [answer])
    withdrawn = snapshot("withdrawn", NOON, (), [answer], [after])
    reloaded = snapshot("reloaded", NOON, (), [], [after, withdrawn])

    (item,) = judge(trace(snapshots=(after, withdrawn, reloaded)), frozenset()).stored

    assert item.left is True


def test_frames_of_one_origin_are_told_together() -> None:
    frames = [{"origin": "https://f.example", "local": ["a"]}, {"origin": "https://f.example", "local": ["b"]}]

    assert snapshot("after", NOON, (), frames).stored == (Stored("https://f.example", ("a", "b")),)


COOKIE = Cookie("new", "www.example.org", "/", None, False, False, "")


def storing(policy: str = "judge", *cookies: Cookie) -> Audit:
    kept = cookies or (COOKIE,)
    one = trace(snapshots=tuple(Snapshot(phase, NOON, kept) for phase in ("before", "after", "withdrawn", "reloaded")))
    page = judge(one, frozenset(), AuditPolicy.from_mapping({"storage": policy}))
    return Audit((page,), (), "Chromium 156", NOON, 5, NOON + 40)


@pytest.mark.parametrize("lang", WORDS)
def test_a_page_that_only_stores_is_not_said_to_have_contacted_anybody(lang: str) -> None:
    words, found = WORDS[lang], storing()

    for written in (text(found, lang), html(found, lang)):
        assert words["verdict.finding"] in written
        assert words["meaning.stored"] in written
        assert words["meaning.finding"] not in written
        assert words["stored.undeclared"].format(what="cookie new (www.example.org)") in written
    assert words["advice.stored"] in html(found, lang)
    assert words["meaning.stored"] not in html(storing("list"), lang)


def test_what_is_stored_without_a_word_fails_in_continuous_integration() -> None:
    (suite,) = ElementTree.fromstring(as_junit(storing(), WORDS["en"]).encode())
    (result,) = json.loads(as_sarif(storing(), WORDS["en"], "1"))["runs"][0]["results"]

    assert (suite.attrib["failures"], suite[0][0].attrib["message"]) == ("1", "cookie new (www.example.org)")
    assert (result["ruleId"], result["level"]) == ("stored", "error")
    assert result["partialFingerprints"] == {"phaseAndEndpoint/v1": "before cookie new (www.example.org)"}
    for written in (as_junit(storing("list"), WORDS["en"]), as_sarif(storing("list"), WORDS["en"], "1")):
        assert "cookie new" not in written


def test_a_new_entry_on_the_device_is_new_to_the_comparison_if_storage_is_judged() -> None:
    another = replace(COOKIE, name="another")

    found = compare_with_baseline(storing("judge", COOKIE, another).pages, as_json(storing()))

    assert (found.new, found.gone) == ((("before", "cookie another (www.example.org)"),), ())
    assert found.same == (("before", "cookie new (www.example.org)"),)
    assert compare_with_baseline(storing("list").pages, as_json(storing("list"))).same == ()


def test_what_the_server_sent_is_not_told_as_the_browsers() -> None:
    asked = ServerRequest(NOON, "visit", "counts", "facebook", "POST", "graph.facebook.com", "/", (), ("host",), "200", False)  # fmt: skip
    written = text(audit(trace(journal=Journal((asked,), "0" * 64, 2))), "en")

    assert WORDS["en"]["meaning.server"] in written
    assert WORDS["en"]["meaning.finding"] not in written


# The second look, the server, aliases


def test_what_is_contacted_only_while_nobody_watches_is_a_finding_of_its_own() -> None:
    result = judge(
        trace(contact("a.example"), control_contacts=(contact("a.example"), contact("b.example"))), frozenset()
    )

    assert {(line.phase, line.endpoint) for line in result.findings} == {
        ("before", "a.example"),
        ("control", "b.example"),
    }
    assert (result.only_in_visit, result.only_in_control) == ((), ("b.example",))


@pytest.mark.parametrize(
    ("change", "why"),
    [({}, ""), ({"trigger": "visit"}, "visit"), ({"headers": ("host", "Cookie")}, "headers"), ({"host": "other.example"}, "host"), ({"host": "other.example", "blocked": True}, None)],
)  # fmt: skip
def test_the_servers_requests_are_judged_by_trigger_headers_and_host(
    change: dict[str, object], why: str | None
) -> None:
    usual = ServerRequest(
        NOON, "schedule", "counts", "facebook", "POST", "graph.facebook.com", "/", (), ("host",), "200", False
    )
    asked = replace(usual, **change)  # type: ignore[arg-type]

    result = judge(trace(journal=Journal((asked,), "0" * 64, 2)), frozenset())

    assert [line.why for line in (*result.findings, *result.expected)] == ([] if why is None else [why])


def test_an_own_name_that_leads_to_somebody_else_is_told() -> None:
    result = judge(
        trace(aliases=(("www.example.org", "example.edge.example"), ("other.example", "x.example"))), frozenset()
    )

    assert result.cloaked == (("www.example.org", "example.edge.example"),)


# DNS and the wire


def query(name: str, kind: int) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1)


def test_a_question_is_answered_with_the_address_given_for_its_name() -> None:
    reply = answer(query("a.Example", A), "127.8.0.2")

    assert question(query("a.Example", A)) == ("a.example", A)
    assert reply[:4] == b"\0\x07\x81\x80"
    assert reply.endswith(bytes([127, 8, 0, 2]))
    assert struct.unpack_from(">H", answer(query("a.example", AAAA), "127.8.0.2"), 6) == (0,)
    assert answer(query("a.example", A), None)[3] & 0x0F == 3


@pytest.mark.parametrize("packet", [b"", b"\0" * 11, query("a.example", A)[:-3], b"\0" * 12 + b"\xc0\x0c\0\1\0\1"])
def test_what_is_no_question_is_refused(packet: bytes) -> None:
    with pytest.raises(ValueError, match=r"DNS|name"):
        question(packet)


def test_every_name_has_an_address_of_its_own() -> None:
    addresses = Addresses()
    given = [addresses.of(f"h{number}.example") for number in range(600)]

    assert len(set(given)) == 600
    assert addresses.name(addresses.of("h5.example")) == "h5.example"


def test_what_a_recorder_saw_becomes_contacts() -> None:
    recorded = [
        Recorded("query", "old.example", NOON - 1), Recorded("query", "a.example", NOON), Recorded("connection", "a.example", NOON),
        Recorded("request", "a.example", NOON, "GET", "https://a.example/w", {"upgrade": "websocket", "origin": "https://o.example"}),
        Recorded("request", "a.example", NOON, "POST", "https://a.example/p", {"content-type": "text/ping", "cookie": "x=1"}),
    ]  # fmt: skip

    log = log_of(recorded, NOON, "Firefox")

    assert [one.channel for one in log.contacts] == [Channel.DNS, Channel.CONNECTION, Channel.WEBSOCKET, Channel.PING]
    assert log.contacts[3].cookies
    assert log.whole


# Crawling


SITEMAP = "https://x.example/sitemap.xml"


def test_a_sitemap_and_those_it_lists_are_read_compressed_or_not() -> None:
    files = {
        "https://x.example/index.xml": b"<sitemapindex><sitemap><loc>https://x.example/a.xml.gz</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/page.html</loc></sitemap></sitemapindex>",
        "https://x.example/a.xml.gz": gzip.compress(b"<urlset><url><loc>https://x.example/1</loc></url><url><loc> https://x.example/2?a=1&amp;b=2 </loc></url><url><loc/></url></urlset>"),
        "https://x.example/page.html": b"<html><body>Not found",
    }  # fmt: skip

    assert sitemap_pages("https://x.example/index.xml", files.get) == ["https://x.example/1", "https://x.example/2?a=1&b=2"]  # fmt: skip
    with pytest.raises(SitemapError, match="no sitemap"):
        sitemap_pages("https://x.example/none.xml", files.get)


BILLION = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>https://x.example/&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(BILLION, "document type", id="entities that grow"),
        pytest.param(b"<html><body>Not found</body></html>", "its root is 'html'", id="an error page"),
        pytest.param(zlib.compress(b" " * 52_428_801, 9, 31), "more than 52428800 bytes", id="too long once it is unpacked"),
    ],
)  # fmt: skip
def test_a_foreign_sitemap_is_read_within_the_same_bounds_as_our_own(content: bytes, why: str) -> None:
    with pytest.raises(SitemapError, match=rf"{SITEMAP} cannot be used: .*{why}"):
        sitemap_pages(SITEMAP, {SITEMAP: content}.get)


def test_an_index_that_lists_sitemaps_without_end_is_refused() -> None:
    def endless(url: str) -> bytes:
        number = int(url.rpartition("/")[2])
        return f"<sitemapindex><sitemap><loc>/{number + 1}</loc></sitemap></sitemapindex>".encode()

    with pytest.raises(SitemapError, match="more than 500"):
        sitemap_pages("https://x.example/0", endless)


def test_a_list_is_one_whole_address_a_line_or_the_quoted_first_column_of_a_table() -> None:
    whole = [
        "https://a.example/a,b.html",
        "https://a.example/?x=1,2",
        "https://a.example/c;v=2",
        "https://a.example/#/b",
    ]

    assert listed("# remark\n\n" + "\n".join(whole) + '\n"https://c.example/,1";"name"\n"https://d.example/"\n') == [
        *whole, "https://c.example/,1", "https://d.example/",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["www.example.org/a", "file:///etc/passwd", "url", "https://a.example/, Name", '"https://a.example/'])  # fmt: skip
def test_a_line_that_is_no_address_is_named_by_its_number_and_never_left_out(line: str) -> None:
    with pytest.raises(ValueError, match=r"line 3: .*alone on its line"):
        listed(f"https://a.example/\n# remark\n{line}\n")


@pytest.mark.parametrize("entry", ["file:///etc/passwd", "javascript:1"])
def test_an_entry_of_a_sitemap_that_is_no_address_is_refused(entry: str) -> None:
    with pytest.raises(SitemapError, match="no address"):
        sitemap_pages(SITEMAP, {SITEMAP: f"<urlset><url><loc>{entry}</loc></url></urlset>".encode()}.get)


def test_links_are_followed_within_the_site_and_as_robots_allows() -> None:
    robots = Robots({"https://x.example/robots.txt": b"User-agent: shariff-audit\nDisallow: /no\nCrawl-delay: 3\n"}.get)
    frontier = Frontier(depth=1, most=3, own=frozenset({"x.example"}))
    frontier.add(["https://x.example/"])
    assert frontier.take() == (1, "https://x.example/", 0)

    links = ["https://x.example/a#top", "https://x.example/a", "https://x.example/no/b", "https://x.example/c.pdf", "https://y.example/", "mailto:a@x.example", "https://x.example/d", "https://x.example/e"]  # fmt: skip
    frontier.follow(links, 0, robots.allows)
    frontier.done()

    assert [page.url for page in frontier.planned] == ["https://x.example/", "https://x.example/a", "https://x.example/d"]  # fmt: skip
    assert frontier.refused == ["https://x.example/no/b"]
    assert robots.delay("https://x.example/") == 3.0


def test_what_was_handed_out_and_not_filed_is_missing_like_what_never_was() -> None:
    frontier = Frontier()
    frontier.add(f"https://x.example/{name}" for name in "abc")
    first, second = frontier.take(), frontier.take()
    assert first is not None
    frontier.saved(first)

    frontier.stop()

    assert [page.number for page in frontier.planned if not frontier.has(page)] == [second and second.number, 3]
    frontier.done()
    frontier.done()
    assert frontier.take() is None


def test_an_address_somebody_named_keeps_its_fragment_and_a_link_loses_it() -> None:
    frontier = Frontier(depth=1, own=frozenset({"x.example"}))
    frontier.add(["https://x.example/#/video", "https://x.example/#/b"])

    frontier.follow(["https://x.example/c#top", "https://x.example/c"], 0, lambda url: True)

    assert [page.url.removeprefix("https://x.example/") for page in frontier.planned] == ["#/video", "#/b", "c"]


def test_the_whole_addresses_of_a_run_are_kept_until_it_is_complete(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path)
    evidence.begin({})
    frontier = Frontier(note=evidence.note)
    frontier.add(["https://x.example/?token=1"])
    frontier.add(["https://x.example/b"], depth=1)
    with (tmp_path / "unfinished.jsonl").open("a") as file:
        file.write('[3, "https://x.exam')

    assert evidence.planned() == frontier.planned
    evidence.note(Planned(3, "https://x.example/c", 1))
    assert [page.number for page in evidence.planned()] == [1, 2, 3]
    evidence.complete()
    with pytest.raises(AuditError, match="complete"):
        evidence.planned()


def test_a_file_of_another_page_is_not_taken_for_a_page_with_the_same_number(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path)
    evidence.begin({})
    evidence.save(1, trace())

    assert evidence.kept(1, "https://www.example.org/") is not None
    assert evidence.kept(1, "https://www.example.org/other") is None
    assert evidence.kept(2, "https://www.example.org/") is None


# BaselineComparison and forms


def test_an_earlier_report_tells_what_is_new_gone_and_the_same() -> None:
    earlier = as_json(audit(trace(contact("gone.example"), contact("same.example"))))

    found = compare_with_baseline(audit(trace(contact("same.example"), contact("new.example"))).pages, earlier)

    assert (found.new, found.gone, found.same) == (
        (("before", "new.example"),),
        (("before", "gone.example"),),
        (("before", "same.example"),),
    )
    with pytest.raises(AuditError, match=r"report\.json"):
        compare_with_baseline((), "{}")


def test_the_table_has_a_row_per_contact_and_no_cell_is_a_formula() -> None:
    nasty = contact("a.example", cause='=HYPERLINK("https://evil.example")')
    pages = [judge(trace(nasty, control_contacts=(nasty,)), frozenset())]

    rows = list(csv.DictReader(io.StringIO("".join(as_csv(pages, frozenset())))))

    assert tuple(rows[0]) == COLUMNS
    assert [row["source"] for row in rows] == ["visit", "control"]
    assert rows[0]["cause"].startswith("'=")


def test_the_table_has_what_the_server_asked_of_others() -> None:
    asked = ServerRequest(NOON + 5, "schedule", "counts", "facebook", "POST", "graph.facebook.com", "/v25.0/", (), ("host",), "200", False)  # fmt: skip
    held = replace(asked, time=NOON + 6, host="tracker.example", outcome="not allowed", blocked=True)
    pages = [judge(trace(contact("a.example"), journal=Journal((asked, held), "0" * 64, 2)), frozenset())]

    rows = list(csv.DictReader(io.StringIO("".join(as_csv(pages, frozenset())))))[1:]

    assert [(r["source"], r["phase"], r["endpoint"], r["channel"], r["address"], r["status"], r["sent"], r["cause"]) for r in rows] == [
        ("server", "before", "graph.facebook.com", "server", "https://graph.facebook.com/v25.0/", "200", "yes", "schedule: counts"),
        ("server", "before", "tracker.example", "server", "https://tracker.example/v25.0/", "not allowed", "no", "schedule: counts"),
    ]  # fmt: skip


def test_the_archive_holds_what_is_no_http_as_well() -> None:
    pages = [
        judge(
            trace(
                contact("a.example"), contact("s.example", Channel.WEBSOCKET), contact("d.example", Channel.DNS, url="")
            ),
            frozenset(),
        )
    ]

    entries = json.loads("".join(as_har(pages, "1", "Chromium 156")))["log"]["entries"]

    assert [(entry["_channel"], entry["request"]["method"]) for entry in entries] == [
        ("request", "GET"),
        ("websocket", "GET"),
        ("dns", "NONE"),
    ]
    assert entries[1]["_webSocketMessages"] == []


def test_continuous_integration_gets_failures_and_errors_and_one_result_each() -> None:
    words = WORDS["en"]
    found, cut = trace(contact("a.example", cause="script https://www.example.org/a.js?t=secret:7")), trace(completed=frozenset({"before"}), problems=(Problem(FailureReason.CRASHED, "x"),))  # fmt: skip

    root = ElementTree.fromstring(as_junit(audit(found, cut), words).encode())
    sarif = json.loads(as_sarif(audit(found, cut), words, "1"))

    assert (root.attrib["tests"], root.attrib["failures"], root.attrib["errors"]) == ("9", "1", "4")
    assert [suite.attrib["errors"] for suite in root] == ["0", "4"]
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["unallowed", "incomplete"]
    assert "secret" not in json.dumps(sarif)


@pytest.mark.parametrize("reason", FailureReason)
def test_whatever_was_in_the_way_is_an_error_to_continuous_integration(reason: FailureReason) -> None:
    for contacts in ((), (contact("a.example"),)):
        one = audit(trace(*contacts, problems=(Problem(reason, "text=Typo"),)))

        (suite,) = ElementTree.fromstring(as_junit(one, WORDS["de"]).encode())

        assert suite.attrib["errors"] == str(len(suite.findall(".//error"))) != "0"
        assert json.loads(as_sarif(one, WORDS["de"], "1"))["runs"][0]["invocations"] == [{"executionSuccessful": False}]


COLLECTORS: dict[str, Any] = {
    "title": "", "task_description": None, "uri_ins": "", "uri_refs": [""], "uri_dest": "", "uri_redirects": [],
    "secure_connection": {"https_redirect": True, "redirects": [], "https_support": True, "https_error": None, "http_error": None},
    "testSSLError": None, "testSSLErrorOutput": None, "testSSLErrorCode": None, "testSSL": None, "host": "",
    "script": {"host": "", "version": {"npm": "", "commit": None}, "config": {}, "cmd_args": "", "environment": {}, "node_version": None},
    "localStorage": {},
    "cookies": [{"name": "", "value": "", "domain": "", "path": "", "expires": 0.0, "size": 0, "httpOnly": True, "secure": True,
        "session": True, "sameSite": "", "expiresUTC": "", "expiresDays": 0.0, "firstPartyStorage": True}],
    "beacons": [{"filter": "", "listName": "", "query": None, "url": "",
        "log": {"stack": [{"fileName": "", "source": ""}], "timestamp": ""}, "occurrances": 0}],
    "links": {"firstParty": [{"href": "", "inner_text": "", "inner_html": ""}], "thirdParty": [{"href": ""}], "social": [], "keywords": []},
    "unsafeForms": [], "browser": {"name": "", "version": "", "user_agent": "", "platform": {"name": "", "version": ""},
        "extra_headers": {"dnt": 0}, "preset_cookies": {}},
    "browsing_history": [""],
    "hosts": {kind: {"firstParty": [], "thirdParty": []} for kind in (
        "requests", "beacons", "cookies", "localStorage", "links", "contentSecurityPolicy")},
    "websockets": {}, "start_time": "", "end_time": "", "websocketLog": {},
}  # fmt: skip
"""The form of the collector's own example (``tests/test_output/inspection.json`` of its version 2.1.1), without its contents."""


def forms(value: Any, path: str = "") -> set[tuple[str, str]]:
    """The fields of a document with the kind of their values; of a list its first entry. Nothing (``null``) is of any kind."""
    kind = "number" if isinstance(value, float | int) and not isinstance(value, bool) else type(value).__name__
    found = {(path, "" if value is None else kind)}
    if isinstance(value, dict):
        found |= {form for name, part in value.items() for form in forms(part, f"{path}.{name}")}
    if isinstance(value, list) and value:
        found |= forms(value[0], f"{path}[]")
    return found


def test_the_evidence_collectors_form_holds_the_state_before_consent() -> None:
    snapshots = (Snapshot("before", NOON, (Cookie("id", ".a.example", "/", NOON + 86_400, True, False, "None"),), (Stored("https://www.example.org", ("k",)),)),)  # fmt: skip
    one = trace(contact("a.example", Channel.BEACON), contact("after.example", at=15), snapshots=snapshots, links=("https://www.example.org/b", "https://c.example/"))  # fmt: skip

    document = json.loads(as_inspection(audit(one), [judge(one, frozenset())], "1"))

    assert forms(COLLECTORS) <= forms(document)
    assert document["uri_ins_host"] == "www.example.org"
    assert document["hosts"]["requests"] == {"firstParty": ["www.example.org"], "thirdParty": ["a.example"]}
    assert document["hosts"]["beacons"]["thirdParty"] == ["a.example"]
    assert [(c["name"], c["value"], c["expiresDays"]) for c in document["cookies"]] == [("id", "", 1.0)]
    assert document["localStorage"]["https://www.example.org"]["k"] == {"value": "", "firstPartyStorage": True}
    assert [link["href"] for link in document["links"]["thirdParty"]] == ["https://c.example/"]


def test_the_picture_shows_each_place_once_and_a_mark_for_each_contact() -> None:
    one = trace(contact("<b>.example"), contact("a.example", at=15), contact("a.example", at=35, sent=False), steps=(Step(NOON + 12, StepName.GATE_PRESSED, "1"),))  # fmt: skip

    drawn = str(timeline(judge(one, frozenset()), WORDS["en"]))

    assert "<b>.example" not in drawn
    assert "&lt;b&gt;.example" in drawn
    assert (drawn.count('class="finding'), drawn.count("hollow"), drawn.count('class="press"')) == (3, 1, 1)
    assert timeline(judge(trace(), frozenset()), WORDS["en"]) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:pw@host.example/p?a=1&b=#f", "https://host.example/p?a=…&b=…"),
        ("https://host.example/p?ERIKA-MUSTER-4711", "https://host.example/p?…"),
        ("https://host.example/p?a=1&user@example.org", "https://host.example/p?a=…&…"),
        ("https://host.example/p?user@example.org=1&=cmd", "https://host.example/p?…&…"),
        ("https://host.example/p?c2VjcmV0MTIz=&c2VjcmV0==&filter%5Bname%5D=x", "https://host.example/p?…&…&filter[name]=…"),
        ("https://host.example/a;jsessionid=42;v/b;4711?c=1", "https://host.example/a;jsessionid=…;…/b;…?c=…"),
        ("https://host.example/#/video?id=42", "https://host.example/#/video?id=…"),
        ("https://host.example/#access_token=42", "https://host.example/"),
        ("mailto:max@example.org?subject=x", "mailto:…"),
        ("/p?token=42", "/p?token=…"),
        ("about:blank", "about:blank"),
        ("", ""),
    ],
)  # fmt: skip
def test_an_address_keeps_the_names_of_its_parameters_and_nothing_that_may_be_a_value(address: str, shown: str) -> None:
    assert redacted(address) == shown
    assert redacted(shown) == shown


def test_addresses_lose_their_values_wherever_they_stand_in_a_sentence() -> None:
    assert cleaned("script https://x.example/a.js?v=secret:12 failed") == "script https://x.example/a.js?v=… failed"
    assert (
        cleaned("HTTPS://me:pw@X.example/?secret and //y.example/?secret") == "https://X.example/?… and //y.example/?…"
    )


def test_nothing_that_is_filed_has_a_value_in_it() -> None:
    there = "https://max:secret@www.example.org/p;s=secret?token=secret&secret#secret"
    asked = ServerRequest(NOON, "schedule", "counts", "facebook", "GET", "graph.facebook.com", "/?id=secret", (there,), (), "200", False)  # fmt: skip
    full = trace(
        contact("a.example", url=there, referrer=there, cause=f"script {there}:7"), url=there, links=(there, "mailto:secret@example.org"),
        control_contacts=(contact("a.example", url=there),), declarations=declarations((), [Element("img", there)]),
        steps=(Step(NOON, StepName.OPENED, there),), problems=(Problem(FailureReason.MOVED_AWAY, there),),
        snapshots=(Snapshot("before", NOON, (), (Stored("https://www.example.org", workers=(there,)),)),),
        journal=Journal((asked,), "0" * 64, 1),
    )  # fmt: skip

    assert "secret" not in TRACE.dump_json(without_values(full)).decode()
