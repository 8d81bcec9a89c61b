"""Reading Facebook's answers: a number where there is one, and never a number where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.platforms.exchange import Count, Reading, Reply, Request, Unavailable
from shariff_py.platforms.facebook import ask, read

REPLIES = Path(__file__).parent / "replies" / "facebook"
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
    return ask(pages, "a-token", "v26.0")


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
        pytest.param(recorded("string.json"), Unavailable("malformed"), id="a number as text"),
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
def test_only_a_whole_number_that_is_there_becomes_a_count(reply: Reply, expected: Reading) -> None:
    assert read(request_for(PAGE), reply) == {PAGE: expected}


def test_answers_belong_to_the_pages_in_the_order_they_were_asked_about() -> None:
    request = request_for(PAGE + "a", PAGE + "b", PAGE + "c")

    readings = read(request, recorded("three_pages.json"))

    assert readings == {
        PAGE + "a": Count(17),
        PAGE + "b": Unavailable("timeout"),
        PAGE + "c": Unavailable("unknown-page"),
    }


def test_the_token_is_in_the_header_alone() -> None:
    request = ask([PAGE], "canary-token", "v26.0")

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
    readings = read(request_for(PAGE), Reply(status, {}, body))

    assert isinstance(readings[PAGE], Unavailable)


@given(answers=ANYTHING, content=ANYTHING, status=st.sampled_from([200, 400, 500]))
def test_json_of_any_shape_gives_a_reading_and_never_raises(answers: object, content: object, status: int) -> None:
    in_batch = [{"code": 200, "body": json.dumps(content)}]
    bodies = [json.dumps(shape).encode() for shape in (answers, [answers], in_batch)]

    found = [read(request_for(PAGE), Reply(status, {}, body))[PAGE] for body in bodies]

    assert all(isinstance(reading, Count | Unavailable) for reading in found)
