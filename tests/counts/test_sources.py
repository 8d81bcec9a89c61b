"""Every source of counts, with every kind of reply: a number where there is one, never a zero where nothing is known.

The replies in ``replies/`` have the shapes that documentation and public code of 2025 and 2026 give; where a platform documents nothing,
they are what its known clients read.
"""

from __future__ import annotations

import json
from operator import attrgetter
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import TESTS

from shariff_py.counts.targets import Target, target_of, targets
from shariff_py.platforms.count_sources.cached_count import Count, CountResult, Unavailable
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.stores.count_store import SOON

REPLIES = TESTS / "replies"
PAGE = "https://www.example.org/"
COUNTED = [record for record in REGISTRY.values() if record.counts]
WITH_KEY = {"facebook", "reddit"}

NAMES = ["count", "total", "hits", "nbHits", "url", "points", "posts", "post", "counts", "upvotes", "data", "error",
         "children", "score", "response", "note_count", "og_object", "engagement", "code", "body", PAGE]  # fmt: skip
ANY_SHAPE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(PAGE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)
"""JSON of the names that sources have, in any shape."""

ANSWERS: dict[str, CountResult] = {
    "number": Count(17),
    "zero": Count(0),
    "unknown-page": Count(0),
    "error-with-200": Unavailable("malformed"),
    "html": Unavailable("malformed"),
    "negative": Unavailable("malformed"),
    "string": Count(17),
    "huge": Unavailable("malformed"),
    "too-many-requests": Unavailable("rate-limited"),
    "too-many-requests-retry-after": Unavailable("rate-limited"),
    "server-error": Unavailable("temporary"),
    "truncated": Unavailable("malformed"),
    "wrong-encoding": Unavailable("malformed"),
}
"""What each kind of reply is, where a platform has no other rule."""

OWN_ANSWERS: dict[tuple[str, str], CountResult] = {
    ("facebook", "unknown-page"): Unavailable("unknown-page"),
    ("pinterest", "unknown-page"): Unavailable("unknown-page"),
    ("facebook", "error-with-200"): Unavailable("temporary"),
}
"""The others look a page up in an index of everything they have: what they do not find has not been shared."""


def recorded(platform: str, kind: str) -> Reply:
    """A reply as it came over the line."""
    head, _, body = (REPLIES / platform / f"{kind}.http").read_bytes().partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Reply(int(status.split(" ")[1]), headers, body)


def target(name: str, **own: object) -> Target:
    values = {"token": "an-id:a-secret", **own}
    found = target_of(REGISTRY[name], Settings.from_mapping({"platforms": {name: values}}))
    assert found is not None
    return found


def read(name: str, reply: Reply, page: str = PAGE) -> CountResult:
    source_target = target(name)
    return source_target.source.read(source_target.source.build_request([page], source_target.credentials), reply)[page]


def test_the_sources_are_those_with_evidence_of_life() -> None:
    assert {record.name for record in COUNTED} == {
        "bluesky", "facebook", "hackernews", "hatena", "lemmy", "odnoklassniki", "pinterest", "reddit", "tumblr", "vk"
    }  # fmt: skip


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("platform", COUNTED, ids=attrgetter("name"))
def test_every_kind_of_reply_is_read_as_what_it_is(platform: Platform, kind: str) -> None:
    expected = OWN_ANSWERS.get((platform.name, kind), ANSWERS[kind])

    assert read(platform.name, recorded(platform.name, kind)) == expected


QUESTION = "https%3A%2F%2Fwww.leinau.example%2Fa%3Fb%3D1"

ADDRESSES = [
    ("bluesky", f"constellation.microcosm.blue/xrpc/blue.microcosm.links.getBacklinksCount?subject={QUESTION}&source=app.bsky.feed.post%3Aembed.external.uri"),
    ("hackernews", f"hn.algolia.com/api/v1/search?tags=story&restrictSearchableAttributes=url&hitsPerPage=100&query={QUESTION}"),
    ("hatena", f"bookmark.hatenaapis.com/count/entries?url={QUESTION}"),
    ("lemmy", f"lemmy.world/api/v3/search?q={QUESTION}&type_=Url&listing_type=All&limit=50"),
    ("odnoklassniki", f"connect.ok.ru/dk?st.cmd=extLike&tp=json&ref={QUESTION}"),
    ("pinterest", f"api.pinterest.com/v1/urls/count.json?callback=x&url={QUESTION}"),
    ("reddit", f"oauth.reddit.com/api/info?url={QUESTION}"),
    ("tumblr", f"api.tumblr.com/v2/share/stats?url={QUESTION}"),
    ("vk", f"vk.com/share.php?act=count&index=1&url={QUESTION}"),
]  # fmt: skip
"""What is asked of a service for the count of a page."""


@pytest.mark.parametrize(("name", "address"), ADDRESSES)
def test_a_request_names_the_page_as_the_platform_expects_it(name: str, address: str) -> None:
    source_target = target(name)

    request = source_target.source.build_request(["https://www.leinau.example/a?b=1"], source_target.credentials)

    assert (request.method, request.host + request.path) == ("GET", address)


@pytest.mark.parametrize("platform", COUNTED, ids=attrgetter("name"))
class TestAnySource:
    def test_it_says_how_long_to_wait(self, platform: Platform) -> None:
        parse_quota = target(platform.name).source.parse_quota

        assert parse_quota(recorded(platform.name, "too-many-requests-retry-after"), 0.0).wait == 120
        assert parse_quota(recorded(platform.name, "too-many-requests"), 0.0) == QuotaHeaders()

    def test_a_number_that_comes_with_an_error_status_is_none(self, platform: Platform) -> None:
        reply = recorded(platform.name, "number")._replace(status=503)

        assert read(platform.name, reply) == Unavailable("temporary")

    def test_counts_are_fetched_only_after_a_release_and_without_a_key_only_where_none_is_needed(
        self, platform: Platform
    ) -> None:
        released = Settings.from_mapping({"releases": {platform.name: {"state": "released"}}})

        assert targets(Settings.from_mapping({})) == {}
        assert set(targets(released)) == {platform.name} - WITH_KEY

    def test_its_question_carries_the_page_and_nothing_else_of_the_site(self, platform: Platform) -> None:
        source_target = target(platform.name)
        page = "https://www.example.org/a,b/%C3%BC?x=1&y=2"

        request = source_target.source.build_request([page], source_target.credentials)

        query = dict(parse_qsl(urlsplit(request.path).query))
        batch = dict(parse_qsl(request.body.decode()))
        assert (
            page in query.values()
            or page in parse_qs(json.loads(batch["batch"])[0]["relative_url"].partition("?")[2])["id"]
        )
        assert request.host == source_target.credentials.host
        assert set(request.headers) <= {"authorization", "content-type"}
        assert "a-secret" not in request.path

    @given(content=ANY_SHAPE)
    def test_json_of_any_shape_gives_a_result_and_never_raises(self, platform: Platform, content: object) -> None:
        value = json.dumps(content).encode()

        for body in (value, b"x(" + value + b")", b"VK.Share.count(1, " + value + b");"):
            found = read(platform.name, Reply(200, {}, body))
            assert isinstance(found, Count | Unavailable)


def test_no_platforms_shortest_interval_exceeds_that_of_a_changed_page() -> None:
    assert max(record.counts.shortest_interval.total_seconds() for record in COUNTED if record.counts) <= SOON


def test_hacker_news_counts_only_stories_about_the_page_itself() -> None:
    assert read("hackernews", recorded("hackernews", "other-addresses")) == Count(0)
    assert read("hackernews", recorded("hackernews", "spelt-otherwise")) == Count(42)


def test_a_story_whose_address_is_none_is_not_about_the_page() -> None:
    hits = [{"url": "javascript:void(0)", "points": 40}, {"url": PAGE, "points": 2}]
    found = {"hits": hits, "nbHits": 2, "nbPages": 1, "hitsPerPage": 100, "page": 0}

    assert read("hackernews", Reply(200, {}, json.dumps(found).encode())) == Count(2)


def test_a_search_that_was_cut_short_is_no_number() -> None:
    posts = [{"post": {"url": PAGE}, "counts": {"upvotes": 1}}] * 50

    assert read("hackernews", recorded("hackernews", "too-many-hits")) == Unavailable("incomplete")
    assert read("lemmy", Reply(200, {}, json.dumps({"posts": posts}).encode())) == Unavailable("incomplete")
    assert read("lemmy", Reply(200, {}, json.dumps({"posts": posts[:49]}).encode())) == Count(49)


def test_hatena_returns_many_pages_at_once_and_each_gets_its_own_number() -> None:
    source_target = target("hatena")
    pages = [f"{PAGE}{n}" for n in range(25)]
    request = source_target.source.build_request(pages, source_target.credentials)
    body = json.dumps({page: n for n, page in enumerate(pages) if n}).encode()

    results = source_target.source.read(request, Reply(200, {}, body))

    assert [value for _, value in parse_qsl(urlsplit(request.path).query)] == pages
    assert results[pages[7]] == Count(7)
    assert results[pages[0]] == Unavailable("malformed"), "it was not named, so nothing is known of it"


@pytest.mark.parametrize("name", [record.name for record in COUNTED if record.counts and record.counts.own_server])
def test_another_server_of_the_same_kind_is_used_where_the_site_names_one(name: str) -> None:
    source_target = target(name, server="index.example.net")

    assert source_target.source.build_request([PAGE], source_target.credentials).host == "index.example.net"


class TestRedditSignIn:
    def exchange(self, status: int, body: bytes) -> tuple[str, float] | Unavailable:
        token_request = target("reddit").source.token_request
        assert token_request is not None
        return token_request.read(Reply(status, {}, body))

    def test_the_credentials_are_exchanged_for_a_token(self) -> None:
        source_target = target("reddit")
        assert source_target.source.token_request is not None
        request = source_target.source.token_request.build_request(source_target.credentials)

        assert (request.method, request.host, request.path) == ("POST", "www.reddit.com", "/api/v1/access_token")
        assert request.headers["authorization"] == "Basic YW4taWQ6YS1zZWNyZXQ="
        assert request.pages == ()
        token = b'{"access_token":"a-token","token_type":"bearer","expires_in":86400,"scope":"*"}'
        assert self.exchange(200, token) == ("a-token", 86400.0)

    @pytest.mark.parametrize(
        ("status", "body", "reason"),
        [
            (401, b'{"message": "Unauthorized", "error": 401}', "token"),
            (403, b"<html>", "token"),
            (200, b'{"error": "unsupported_grant_type"}', "token"),
            (429, b"", "rate-limited"),
            (503, b"", "temporary"),
            (200, b"<html>", "malformed"),
            (200, b'{"access_token": "two\\nlines"}', "malformed"),
            (200, b'{"access_token": 7}', "malformed"),
        ],
    )
    def test_without_a_token_there_is_a_reason(self, status: int, body: bytes, reason: str) -> None:
        assert self.exchange(status, body) == Unavailable(reason)

    @pytest.mark.parametrize("lifetime", ['"x"', "0", "-1", "10000000"])
    def test_a_token_without_a_usable_lifetime_is_valid_for_an_hour(self, lifetime: str) -> None:
        assert self.exchange(200, f'{{"access_token": "a", "expires_in": {lifetime}}}'.encode()) == ("a", 3600.0)

    @pytest.mark.parametrize("seconds", [1, 9_999_999])
    def test_a_token_is_valid_for_as_long_as_its_reply_says(self, seconds: int) -> None:
        assert self.exchange(200, f'{{"access_token": "a", "expires_in": {seconds}}}'.encode()) == ("a", seconds)

    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            (
                {"x-ratelimit-used": "25", "x-ratelimit-remaining": "75.0", "x-ratelimit-reset": "300"},
                QuotaHeaders(0.25, 0.0),
            ),
            (
                {"x-ratelimit-used": "100", "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "300"},
                QuotaHeaders(1.0, 300.0),
            ),
            (
                {"x-ratelimit-used": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "300"},
                QuotaHeaders(1.0, 300.0),
            ),
            (
                {"x-ratelimit-used": "0", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "300"},
                QuotaHeaders(None, 300.0),
            ),
            (
                {"x-ratelimit-used": "3", "x-ratelimit-remaining": "1", "x-ratelimit-reset": "300"},
                QuotaHeaders(0.75, 0.0),
            ),
            ({"x-ratelimit-used": "x", "x-ratelimit-remaining": "-1"}, QuotaHeaders()),
            ({}, QuotaHeaders()),
        ],
    )
    def test_what_it_says_about_its_limit(self, headers: dict[str, str], expected: QuotaHeaders) -> None:
        assert target("reddit").source.parse_quota(Reply(200, headers, b""), 0.0) == expected
