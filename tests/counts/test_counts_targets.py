"""Which platforms are asked with which credentials, and what every source keeps to."""

from __future__ import annotations

import json
from operator import attrgetter
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.constants import NOW, PAGE

from shariff_py.counts.rate_limit import RateLimit
from shariff_py.counts.targets import Target, target_of, targets
from shariff_py.platforms.count_sources.cached_count import Unavailable
from shariff_py.platforms.count_sources.exchange import Reply
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings


def settings(**over: object) -> Settings:
    values = {
        "releases": {"facebook": {"state": "released"}},
        "platforms": {"facebook": {"token": "a-token"}},
        **over,
    }
    return Settings.from_mapping(values)


class TestTargets:
    def test_a_released_platform_with_its_token_is_a_target(self) -> None:
        assert list(targets(settings())) == ["facebook"]

    @pytest.mark.parametrize("state", ["not_released", "suspended", "withdrawn"])
    def test_a_platform_that_is_not_released_is_no_target(self, state: str) -> None:
        assert targets(settings(releases={"facebook": {"state": state}})) == {}

    def test_a_platform_without_its_token_is_no_target(self) -> None:
        assert targets(settings(platforms={})) == {}

    def test_the_configured_version_is_used_and_else_the_records(self) -> None:
        pinned = targets(settings(platforms={"facebook": {"token": "a-token", "version": "v25.0"}}))["facebook"]
        usual = targets(settings())["facebook"]

        assert pinned.source.build_request([PAGE], pinned.credentials).path == "/v25.0/"
        assert usual.source.build_request([PAGE], usual.credentials).path == f"/{usual.source.version}/"

    def test_a_sites_own_bound_of_an_hour_takes_the_place_of_the_records(self) -> None:
        own = targets(settings(platforms={"facebook": {"token": "t", "per_hour": 200}}))["facebook"]

        assert own.rate_limit == RateLimit(200, 200)
        assert own.refresh_policy.min_interval == 600

    def test_exchanged_credentials_are_noticed_and_not_revealed(self) -> None:
        keys = {
            targets(settings(platforms={"facebook": {"token": token, "version": version}}))["facebook"].fingerprint
            for token, version in (("a", "v25.0"), ("a", "v26.0"), ("b", "v26.0"), ("b", "v26.0"))
        }

        assert len(keys) == 3
        assert {len(key) for key in keys} == {8}


@pytest.mark.parametrize("platform", [p for p in REGISTRY.values() if p.counts], ids=attrgetter("name"))
class TestAnySource:
    def target(self, platform: Platform) -> Target:
        target = target_of(platform, settings())
        assert target is not None
        return target

    def test_a_full_batch_names_each_page_once_and_in_order(self, platform: Platform) -> None:
        target = self.target(platform)
        pages = [f"{PAGE}{n}?x=1&y=%C3%BC" for n in range(target.source.batch)]

        request = target.source.build_request(pages, target.credentials)

        assert request.pages == tuple(pages)
        assert request.host == target.credentials.host
        assert target.source.paths.fullmatch(request.path.partition("?")[0])

    def test_it_says_what_it_counts_and_keeps_within_its_own_bounds(self, platform: Platform) -> None:
        source = self.target(platform).source

        assert source.counts
        assert 1 <= source.batch <= source.burst <= source.per_hour
        assert source.shortest_interval.total_seconds() >= 360

    @given(body=st.binary(max_size=200), status=st.integers(100, 599))
    def test_random_bytes_are_unavailable_and_never_raise(self, platform: Platform, body: bytes, status: int) -> None:
        target = self.target(platform)
        request = target.source.build_request([PAGE], target.credentials)

        found = target.source.read(request, Reply(status, {}, body))
        reported = target.source.parse_quota(Reply(status, {"retry-after": body.decode("latin-1")}, body), NOW)

        assert found.keys() == {PAGE}
        assert isinstance(found[PAGE], Unavailable) or body.strip().isdigit() or b"{" in body or b"(" in body
        assert reported.wait >= 0


def test_facebook_takes_fifty_pages_per_request() -> None:
    target = targets(settings())["facebook"]
    pages = [f"{PAGE}{n}" for n in range(50)]

    (batch,) = parse_qs(target.source.build_request(pages, target.credentials).body.decode())["batch"]

    assert target.source.batch == 50
    assert [parse_qs(q["relative_url"].partition("?")[2])["id"][0] for q in json.loads(batch)] == pages
