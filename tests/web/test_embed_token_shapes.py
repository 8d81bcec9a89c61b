"""Embed tokens with our signature and another form than ours (of another version, of a program that has the key): 400, never 500."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from itsdangerous import Signer

from shariff_py.consent_ui.frame import SALT

KEY = "only for these tests"
POST = "https://www.facebook.com/leinau/posts/123"
GOOD: list[Any] = ["facebook", "post", POST, {"width": "500"}]
LONGEST_FORM = 16_384
HOW: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}

FOREIGN = [
    None,
    True,
    0,
    7,
    -1.5,
    10**400,
    "",
    "x",
    [],
    ["x"],
    {},
    {"x": "y"},
    [[]],
    {"a": {"b": []}},
    "\ud800",
    "a" * 10_000,
    "\0",
]
"""A value of every kind JSON has, for each field."""

FITTING = [(3, {}), (3, {"x": "y"})]
"""No parameters, and one that is left out: both are of our form."""

SHAPES = {
    "whole": FOREIGN,
    "field": [[*GOOD[:at], value, *GOOD[at + 1 :]] for at in range(4) for value in FOREIGN if (at, value) not in FITTING],
    "length": [GOOD[:count] for count in range(4)] + [[*GOOD, "more"], [*GOOD, None], [GOOD], GOOD * 2],
    "option": [[*GOOD[:3], {"width": value}] for value in FOREIGN if not isinstance(value, str)],
    "names": [
        ["facebook", "tweet", POST, {}], ["Facebook", "post", POST, {}], ["vk", "post", POST, {}], ["facebook", "post", "https://vk.com/wall1", {}],
        ["nobody", "post", POST, {}], ["facebook", "post", POST[5:], {}], ["facebook", "post", "javascript:alert(1)", {}],
        ["facebook", "post", POST + "a" * 3000, {}], ["facebook", "post", POST, {str(number): "x" for number in range(100)}],
        {"platform": "facebook", "kind": "post", "address": POST, "options": {}}, {0: "facebook", 1: "post", 2: POST, 3: {}},
    ],
}  # fmt: skip
WRONG = [(name, shape) for name, shapes in SHAPES.items() for shape in shapes]


def signed(described: Any) -> str:
    """Anything, with our signature."""
    payload = base64.urlsafe_b64encode(json.dumps(described).encode()).rstrip(b"=")
    return Signer(KEY, salt=SALT, **HOW).sign(payload).decode()


def refusal(token: str) -> int:
    """The status of a token that shows nothing: too large where its form is longer than a press posts, otherwise a bad request."""
    return 413 if len(f"embed={token}") > LONGEST_FORM else 400


def posted(client: FlaskClient, token: str) -> int:
    return client.post("/shariff/frame", data={"embed": token}).status_code


def test_the_right_form_shows_content(client: FlaskClient) -> None:
    assert posted(client, signed(GOOD)) == 200


@pytest.mark.parametrize("kind", SHAPES)
def test_every_other_form_is_a_bad_request(client: FlaskClient, kind: str) -> None:
    answers = {json.dumps(shape): posted(client, signed(shape)) for name, shape in WRONG if name == kind}

    assert {shape: status for shape, status in answers.items() if status != 400} == {}


@pytest.mark.parametrize(
    "payload", [b"", b"x", b".eJw", b"bm8", b"W10", b"._w", b"MTExMTEx" * 2000, b"W1tb" * 4000, b"Ww" * 10]
)
def test_a_signed_text_that_is_no_json_is_a_bad_request(client: FlaskClient, payload: bytes) -> None:
    token = Signer(KEY, salt=SALT, **HOW).sign(payload).decode()

    assert posted(client, token) == refusal(token)


@pytest.mark.parametrize(("length", "status"), [(16_378, 400), (16_379, 413)])
def test_a_signed_text_is_read_up_to_the_length_of_a_form(client: FlaskClient, length: int, status: int) -> None:
    signature = Signer(KEY, salt=SALT, **HOW).sign(b"").decode()
    token = Signer(KEY, salt=SALT, **HOW).sign(b"x" * (length - len(signature))).decode()

    assert len(token) == length
    assert posted(client, token) == status


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
)


@given(described=json_values | st.lists(json_values, min_size=4, max_size=4))
@example(described="a" * 20_000)
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_signed_value_breaks_the_gate_frame(client: FlaskClient, described: Any) -> None:
    token = signed(described)

    assert posted(client, token) == refusal(token)


@pytest.mark.slow
@given(kind=json_values, address=json_values, options=json_values)
@examples(suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(kind="post", address="a" * 20_000, options={})
def test_no_values_of_a_known_platform_break_it(client: FlaskClient, kind: Any, address: Any, options: Any) -> None:
    any_kind, post = signed(["facebook", kind, address, options]), signed(["facebook", "post", POST, options])

    assert posted(client, any_kind) == refusal(any_kind)
    assert posted(client, post) in {200, refusal(post)}
