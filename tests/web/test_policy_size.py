"""How long our headers are: each host once, 3.5 kB together, and a warning before that."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from support.csp_evaluator import lets_through
from werkzeug.test import Client

from shariff_py import ConfigurationError, Settings, Shariff
from shariff_py.doctor import examine
from shariff_py.response_policy.budget import bytes_left, header_bytes
from shariff_py.response_policy.csp import POLICY
from shariff_py.response_policy.frames import frame_headers, sandbox
from shariff_py.response_policy.host_list import without_covered
from shariff_py.response_policy.pages import policy_headers, size_problems
from shariff_py.web.wsgi import ShariffMiddleware

LONGEST = 3_500
FULL = "would be longer than they may be (3,500 bytes for ours, 4,096 with the site's own)"
NEAR = "nearly as long as they may be (3,500 bytes for ours, 4,096 with the site's own)"


def settings(**over: Any) -> Settings:
    return Settings.from_mapping(
        {"site": {"origin": "https://www.leinau.example"}, "frame": {"secrets": ["only for these tests"]}, **over}
    )


def hosts(number: int) -> list[str]:
    return [f"https://static-{at}.partner-{at}.example" for at in range(number)]


def names(number: int, *directives: str) -> list[tuple[str, str]]:
    return [(POLICY, "; ".join(f"{name} {' '.join(hosts(number))}" for name in directives))]


@pytest.mark.parametrize("number", [0, 1, 30])
def test_each_host_is_named_once(number: int) -> None:
    added = policy_headers(settings(), names(number, "img-src"))

    assert header_bytes(added) < 550 + 40 * number
    assert [
        dict(added)[POLICY].count(f"{host} ") + dict(added)[POLICY].count(f"{host};") for host in hosts(number)
    ] == [1] * number


@pytest.mark.parametrize("number", [30, 1000])
def test_a_sites_policy_that_keeps_platforms_out_is_not_repeated_at_all(number: int) -> None:
    (_, theirs), *_ = names(number, "img-src", "script-src", "frame-src")

    assert POLICY not in dict(policy_headers(settings(), [(POLICY, f"default-src 'self'; {theirs}")]))


@pytest.mark.parametrize("number", [80, 100])
@pytest.mark.parametrize(("own", "mode"), [("default-src 'self'; ", "enforce"), ("", "off")])
def test_headers_that_name_no_host_are_sent_without_a_warning_however_little_room_there_is(
    own: str, mode: str, number: int
) -> None:
    made, given = settings(headers={"policy": mode}), [(POLICY, own + names(number, "img-src")[0][1])]

    added = [name for name, _ in policy_headers(made, given)]

    assert added == ["X-DNS-Prefetch-Control", "Referrer-Policy", "Permissions-Policy"]
    assert size_problems(made, given) == []


@pytest.mark.parametrize("length", [0, 200, 1_000, 2_000, 60_000])
def test_below_a_mount_point_with_a_long_name_ours_go_without_reports_rather_than_beyond(length: int) -> None:
    mounted = replace(settings(), frame=replace(settings().frame, prefix=f"/{'p' * length}/shariff"))

    for given in ([], names(30, "img-src"), names(300, "img-src")):
        added = policy_headers(mounted, given)

        assert header_bytes(added) <= LONGEST
        assert dict(added)[POLICY].startswith("default-src 'self'")
        assert length == 1_000 or ("report-uri" in dict(added)[POLICY]) == (length < 1_000)


def test_a_prefix_that_fills_the_headers_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"frame\.prefix: has more than 200 characters"):
        Settings.from_mapping({"frame": {"prefix": "/" + "p" * 200}})


@pytest.mark.slow
@pytest.mark.parametrize("number", [80, 100, 3000])
@pytest.mark.parametrize(
    "more", ["", "script-src 'nonce-r4nd0m'; default-src 'self'", "default-src https:", "worker-src *"]
)
def test_whatever_a_site_names_all_headers_stay_below_the_limit_and_none_of_its_lists_is_cut(
    number: int, more: str
) -> None:
    (_, theirs), *_ = names(number, "img-src", "font-src", "frame-src")
    own = f"{theirs}; {more}"
    added = policy_headers(settings(), [(POLICY, own)])

    assert header_bytes(added) <= LONGEST
    assert all(
        lets_through([own, dict(added)[POLICY]], kind, f"{hosts(number)[-1]}/x") for kind in ("image", "font", "frame")
    )
    assert not lets_through([own, dict(added)[POLICY]], "script", "https://www.facebook.com/x")
    assert policy_headers(settings(), [(POLICY, own), *added]) == []


@pytest.mark.parametrize("over", [
    {"gate": {"allow": [f"host-{at}.of-a-partner.example" for at in range(300)]}},
    {"site": {"origin": "https://www.leinau.example", "hosts": [f"host-{at}.of-the-city.example" for at in range(300)]}},
])  # fmt: skip
def test_whatever_is_set_all_headers_stay_below_the_limit(over: dict[str, Any]) -> None:
    added = policy_headers(settings(**over), [])

    assert header_bytes(added) <= LONGEST
    assert dict(added)[POLICY].startswith("default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:")
    (sentence,) = size_problems(settings(**over), [])
    assert FULL in sentence


def test_a_warning_comes_before_the_limit_and_names_the_cure() -> None:
    assert size_problems(settings(), names(30, "img-src")) == []
    assert size_problems(settings(), names(38, "img-src")) == []
    (soon,) = size_problems(settings(), [(POLICY, names(42, "img-src")[0][1] + "; script-src 'nonce-a' cdn.example")])
    (late,) = size_problems(settings(), names(60, "img-src"))

    assert soon == (
        f"The headers of a page are {NEAR}. Name a wildcard (*.example.org) in place of the hosts below it, or let the site's own policy say "
        "by itself what may be contacted (no *, scheme or nonce in script-src): then ours repeats no host."
    )
    assert FULL in late
    assert late.endswith("(default-src and hosts for what it loads): then ours repeats no host.")


def test_what_is_left_for_another_header_is_told() -> None:
    assert header_bytes([("A", "bc")]) == len("A: bc\r\n")
    assert bytes_left([("A", "b" * 95)]) == LONGEST - 100
    assert bytes_left([("A", "b" * 9999)]) == 0
    assert bytes_left([("A", "b" * 95)], [("B", "c" * 1995)]) == 4_096 - 200 - 2000 - 100
    assert bytes_left([("A", "b" * 95)], [("B", "c" * 4095)]) == LONGEST - 100


@pytest.mark.parametrize(("number", "kept"), [(30, 30), (40, 40), (60, 0)])
def test_site_and_library_fit_together_where_the_site_alone_does(number: int, kept: int) -> None:
    """4,096 bytes is the head that nginx takes unless it is told to take more."""
    own = f"script-src 'nonce-a'; {names(number, 'img-src')[0][1]}"
    added = policy_headers(settings(), [(POLICY, own)])

    assert header_bytes([(POLICY, own), *added]) <= 4_096 - 200
    assert dict(added)[POLICY].count("partner-") == kept
    assert lets_through([own, dict(added)[POLICY]], "image", f"{hosts(number)[-1]}/x")


def test_a_head_that_is_longer_by_itself_is_no_reason_to_name_fewer_hosts() -> None:
    given = [("Set-Cookie", "x" * 5000), *names(30, "img-src")]

    assert dict(policy_headers(settings(), given))[POLICY].count("partner-") == 30


@pytest.mark.parametrize(
    ("sources", "kept"),
    [
        (["a.example", "A.example", "a.example/"], ["a.example"]),
        (["b.a.example", "*.a.example", "a.example"], ["*.a.example", "a.example"]),
        (["*.b.a.example", "*.a.example"], ["*.a.example"]),
        (["https://a.example", "a.example"], ["a.example"]),
        (["http://a.example", "a.example"], ["http://a.example", "a.example"]),
        (["wss://a.example", "a.example"], ["wss://a.example", "a.example"]),
        (["a.example:8443", "a.example"], ["a.example:8443", "a.example"]),
        (["a.example:8443", "a.example:*", "a.example"], ["a.example:*"]),
        (["a.example/x/", "a.example"], ["a.example"]),
        (["a.example/x/", "a.example/X/"], ["a.example/x/", "a.example/X/"]),
        (["xa.example", "*.a.example"], ["xa.example", "*.a.example"]),
        (["https://c.a.example:8443/x", "*.a.example:*"], ["*.a.example:*"]),
    ],
)
def test_a_source_that_another_one_includes_is_left_out_and_no_other(sources: list[str], kept: list[str]) -> None:
    assert without_covered(sources) == kept


@pytest.mark.parametrize("source", ["'self'", "data:", "https:", "a.example/ü", ""])
def test_a_list_of_hosts_refuses_what_names_none(source: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{source!r} names no host")):
        without_covered(["a.example", source])


@pytest.mark.parametrize("character", ["x", "(", "*"])
@pytest.mark.parametrize("login", [False, True])
def test_the_headers_of_a_gate_frame_stay_below_the_limit_whatever_it_links_to(character: str, login: bool) -> None:
    platform = "https://www.facebook.com"
    link = f"{platform}/{character * 2048}"[:2048]
    short = frame_headers(platform, link=link[:200], tokens=sandbox(login=login), login=login)
    long = frame_headers(platform, link=link, tokens=sandbox(login=login), login=login)

    assert header_bytes(short.items()) < 2_200
    assert header_bytes(long.items()) <= LONGEST
    assert '"*://www.facebook.com"' in long["Connection-Allowlist"] or link in long["Connection-Allowlist"]


def application(own: str, **over: Any) -> Flask:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = {
        "site": {"origin": "https://www.leinau.example"}, "counts": {"store": "memory:", "scheduler": "outside"}, **over
    }  # fmt: skip
    app.add_url_rule("/", view_func=lambda: Response("<p>Hallo", headers={POLICY: own}, mimetype="text/html"))
    return app


def test_extension_and_middleware_say_once_that_the_limit_is_near(caplog: pytest.LogCaptureFixture) -> None:
    own = names(42, "img-src")[0][1]
    app = application(own)
    Shariff(app)
    wrapped = ShariffMiddleware(
        application(own), settings=settings(counts={"store": "memory:", "scheduler": "outside"})
    )

    with caplog.at_level(logging.WARNING, "shariff_py"):
        for client in (app.test_client(), Client(wrapped)):
            client.get("/")
            client.get("/")

    assert [record.getMessage().partition(". Name")[0] for record in caplog.records] == [
        f"The headers of a page are {NEAR}"
    ] * 2


@pytest.mark.slow
def test_doctor_says_how_long_the_headers_are(tmp_path: Path) -> None:
    own = {"counts": {"store": f"sqlite:///{tmp_path}/s"}, "journal": {"path": f"{tmp_path}/j"}}
    few, many = (
        next(d for d in examine(settings(gate={"allow": [f"host-{at}.of-a-partner.example" for at in range(number)]}, **own), date(2026, 11, 30))
             if d.what == "headers") for number in (3, 300)
    )  # fmt: skip

    assert few.well
    assert few.finding.endswith(" of 3,500 bytes on a page without a policy of its own")
    assert not many.well
    assert FULL in many.cure
