"""Reading Facebook's replies: a number where there is one, and never a number where there is none."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import TESTS

from shariff_py.platforms.count_sources.cached_count import Count, CountResult, Unavailable
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply, Request
from shariff_py.platforms.known.facebook.count_source import SOURCE, build_request, parse_quota, read

REPLIES = TESTS / "replies" / "facebook"
PAGE = "https://www.example.org/"

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "code", "body", "og_object", "engagement", "count", "id"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


def request_for(*pages: str) -> Request:
    return build_request(pages, Credentials("graph.facebook.com", "a-token", "v26.0"))


def recorded(name: str, status: int = 200) -> Reply:
    return Reply(status, {}, (REPLIES / name).read_bytes())


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param(recorded("number.json"), Count(1234), id="a number"),
        pytest.param(recorded("zero.json"), Count(0), id="zero is known and none"),
        pytest.param(recorded("unknown_page.json"), Unavailable("unknown-page"), id="a page it has never seen"),
        pytest.param(recorded("no_engagement.json"), Unavailable("malformed"), id="an object without engagement"),
        pytest.param(recorded("negative.json"), Unavailable("malformed"), id="a negative number"),
        pytest.param(recorded("string.json"), Count(17), id="a number as text"),
        pytest.param(recorded("fraction.json"), Unavailable("malformed"), id="a fraction"),
        pytest.param(recorded("true.json"), Unavailable("malformed"), id="true is not one"),
        pytest.param(recorded("huge.json"), Unavailable("malformed"), id="a number of 5000 digits"),
        pytest.param(recorded("error_with_200.json"), Unavailable("temporary"), id="an error object with status 200"),
        pytest.param(recorded("too_many_calls.json", 400), Unavailable("rate-limited"), id="too many calls"),
        pytest.param(recorded("error_in_batch.json"), Unavailable("rate-limited"), id="too many calls, in the batch"),
        pytest.param(recorded("token_expired.json", 400), Unavailable("token"), id="an expired token"),
        pytest.param(recorded("permission.json", 400), Unavailable("permission"), id="a missing permission"),
        pytest.param(recorded("html.html"), Unavailable("malformed"), id="HTML instead of JSON"),
        pytest.param(recorded("html.html", 429), Unavailable("rate-limited"), id="429"),
        pytest.param(recorded("html.html", 500), Unavailable("temporary"), id="500"),
        pytest.param(recorded("number.json", 503), Unavailable("temporary"), id="503 with a number in it"),
        pytest.param(recorded("html.html", 404), Unavailable("refused"), id="404"),
        pytest.param(recorded("truncated.json"), Unavailable("malformed"), id="cut short"),
        pytest.param(recorded("wrong_encoding.json"), Unavailable("malformed"), id="not in UTF-8"),
        pytest.param(recorded("null_entry.json"), Unavailable("timeout"), id="no answer within the batch"),
        pytest.param(recorded("body_null.json"), Unavailable("malformed"), id="an answer without content"),
        pytest.param(recorded("empty_list.json"), Unavailable("malformed"), id="fewer answers than questions"),
        pytest.param(Reply(200, {}, b""), Unavailable("malformed"), id="nothing"),
        pytest.param(
            Reply(400, {}, b'{"error":{"code":[190]}}'), Unavailable("refused"), id="an error code that is a list"
        ),
        pytest.param(
            Reply(200, {}, b'[{"code":200,"body":"\\ud800"}]'),
            Unavailable("malformed"),
            id="half a character as content",
        ),
    ],
)
def test_only_a_whole_number_that_is_there_becomes_a_count(reply: Reply, expected: CountResult) -> None:
    assert read(request_for(PAGE), reply) == {PAGE: expected}


def test_results_belong_to_the_pages_in_the_order_of_the_request() -> None:
    request = request_for(PAGE + "a", PAGE + "b", PAGE + "c")

    results = read(request, recorded("three_pages.json"))

    assert results == {
        PAGE + "a": Count(17),
        PAGE + "b": Unavailable("timeout"),
        PAGE + "c": Unavailable("unknown-page"),
    }


def test_the_token_is_in_the_header_alone() -> None:
    request = build_request([PAGE], Credentials("graph.facebook.com", "canary-token", "v26.0"))

    assert request.headers["authorization"] == "Bearer canary-token"
    assert b"canary" not in request.body
    assert "canary" not in request.path


def test_a_page_address_with_special_characters_is_one_parameter_of_its_question() -> None:
    page = "https://www.example.org/a,b?x=1&y=%C3%BC"

    request = request_for(page)

    (batch,) = parse_qs(request.body.decode())["batch"]
    (question,) = json.loads(batch)
    assert parse_qs(question["relative_url"].partition("?")[2]) == {"id": [page], "fields": ["og_object{engagement}"]}


@given(body=st.binary(max_size=300), status=st.integers(100, 599))
def test_random_bytes_are_unavailable_and_never_raise(body: bytes, status: int) -> None:
    results = read(request_for(PAGE), Reply(status, {}, body))

    assert isinstance(results[PAGE], Unavailable)


@given(answers=ANYTHING, content=ANYTHING, status=st.sampled_from([200, 400, 500]))
def test_json_of_any_shape_gives_a_result_and_never_raises(answers: object, content: object, status: int) -> None:
    in_batch = [{"code": 200, "body": json.dumps(content)}]
    bodies = [json.dumps(shape).encode() for shape in (answers, [answers], in_batch)]

    found = [read(request_for(PAGE), Reply(status, {}, body))[PAGE] for body in bodies]

    assert all(isinstance(reading, Count | Unavailable) for reading in found)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (1, "temporary"), (2, "temporary"),
        (4, "rate-limited"), (17, "rate-limited"), (32, "rate-limited"), (341, "rate-limited"), (613, "rate-limited"),
        (80001, "rate-limited"), (80002, "rate-limited"),
        (102, "token"), (190, "token"), (104, "token"),
        (3, "permission"), (10, "permission"), (200, "permission"), (299, "permission"),
        (368, "blocked"), (2635, "version"),
        (100, "refused"), (506, "refused"), (99999, "refused"),
    ],
)  # fmt: skip
def test_error_codes_are_sorted_into_what_to_do_about_them(code: int, reason: str) -> None:
    error = json.dumps({"error": {"message": "…", "type": "OAuthException", "code": code}}).encode()

    assert read(request_for(PAGE), Reply(400, {}, error)) == {PAGE: Unavailable(reason)}


def test_an_address_it_does_not_accept_concerns_that_page_alone() -> None:
    refused = json.dumps({"error": {"message": "…", "code": 100}})
    body = json.dumps([{"code": 400, "body": refused}, None]).encode()

    assert read(request_for(PAGE, PAGE + "b"), Reply(200, {}, body)) == {
        PAGE: Unavailable("bad-address"),
        PAGE + "b": Unavailable("timeout"),
    }


BUSINESS = json.dumps(
    {
        "1234": [
            {
                "type": "pages",
                "call_count": 12,
                "total_cputime": 3,
                "total_time": 81,
                "estimated_time_to_regain_access": 0,
            }
        ],
        "5678": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 19}],
    }
)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        pytest.param({}, b"[]", QuotaHeaders(), id="nothing is said"),
        pytest.param(
            {"x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":31}'},
            b"[]",
            QuotaHeaders(0.31),
            id="the app's share",
        ),
        pytest.param(
            {"x-business-use-case-usage": BUSINESS},
            b"[]",
            QuotaHeaders(1.0, 1140.0),
            id="minutes until it is open again",
        ),
        pytest.param({"x-app-usage": '{"call_count":44}'}, b"[]", QuotaHeaders(0.44), id="calls alone"),
        pytest.param({"x-app-usage": '{"total_cputime":44}'}, b"[]", QuotaHeaders(0.44), id="CPU time alone"),
        pytest.param({"x-app-usage": '{"total_time":44}'}, b"[]", QuotaHeaders(0.44), id="time alone"),
        pytest.param(
            {"x-app-usage": '{"total_time":1000000000}'}, b"[]", QuotaHeaders(), id="a share beyond all measure"
        ),
        pytest.param({"x-app-usage": '{"total_time":0}'}, b"[]", QuotaHeaders(0.0), id="nothing used"),
        pytest.param({"retry-after": "30", "x-app-usage": "{}"}, b"[]", QuotaHeaders(None, 30.0), id="Retry-After"),
        pytest.param(
            {"x-app-usage": '{"call_count":10}'},
            b'[{"code":200,"headers":[{"name":"X-App-Usage","value":"{\\"call_count\\":44}"}],"body":"{}"},null]',
            QuotaHeaders(0.44),
            id="in the headers of an answer inside",
        ),
        pytest.param(
            {"x-app-usage": "HTML?", "x-business-use-case-usage": "[1]"}, b"<html>", QuotaHeaders(), id="nonsense"
        ),
        pytest.param(
            {"x-app-usage": '{"call_count":-3,"total_time":true,"total_cputime":"9"}'},
            b"[]",
            QuotaHeaders(),
            id="no percentages",
        ),
        pytest.param(
            {"x-business-use-case-usage": '{"a":[{"estimated_time_to_regain_access":1e300},7]}'},
            b"{}",
            QuotaHeaders(),
            id="a wait beyond all measure",
        ),
    ],
)
def test_what_its_headers_say_about_the_quota(headers: dict[str, str], body: bytes, expected: QuotaHeaders) -> None:
    assert parse_quota(Reply(200, headers, body), 0.0) == expected


@pytest.mark.parametrize(
    ("version", "ends"),
    [
        ("v21.0", "2027-01-21"), ("v22.0", "2027-05-20"), ("v23.0", "2027-10-08"), ("v24.0", "2028-02-18"), ("v25.0", "2028-07-29"),
        ("v26.0", None),
    ],
)  # fmt: skip
def test_when_a_version_of_the_interface_ends_is_known(version: str, ends: str | None) -> None:
    assert SOURCE.version_ends.get(version) == ends


@given(value=ANYTHING)
def test_headers_of_any_shape_say_something_or_nothing_and_never_raise(value: object) -> None:
    text = json.dumps(value)
    body = json.dumps([{"headers": value}, value]).encode()

    found = parse_quota(Reply(200, {"x-app-usage": text, "x-business-use-case-usage": text}, body), 0.0)

    assert found.wait >= 0
