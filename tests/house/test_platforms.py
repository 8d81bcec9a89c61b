"""The registry: what it knows, what it recognises, what it refuses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.company import Transfer
from shariff_py.platforms.public_links import public_link
from shariff_py.platforms.recognition import Embed, embed_of, recognise
from shariff_py.platforms.record import Platform, ShareLink
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.policy import Controller, Policy, Release, ReleaseState
from shariff_py.texts import LANGUAGES

FACEBOOK = "https://www.facebook.com"


SHARED = [(platform, platform.share) for platform in REGISTRY.values() if platform.share is not None]


@pytest.mark.parametrize(("platform", "share"), SHARED, ids=lambda one: getattr(one, "name", ""))
class TestAnyShareLink:
    def test_it_hands_on_the_address_or_needs_none(self, platform: Platform, share: ShareLink) -> None:
        assert share.action in {"copy", "print", "native", "info"} or re.search(r"\{(?:url|text)\}", share.template)

    def test_it_names_the_recipient_of_what_is_shared_where_there_is_one(
        self, platform: Platform, share: ShareLink
    ) -> None:
        leads_away = share.template.startswith("https:")

        assert leads_away == bool(share.receiver) == (not platform.is_local)


def test_only_ways_of_sharing_on_the_device_itself_are_local() -> None:
    local = {record.name for record in REGISTRY.values() if record.is_local}

    assert local == {"clipboard", "info", "mail", "native", "print", "sms"}


@pytest.mark.parametrize(
    "anything",
    [{"any_server": True}, {"operator": REGISTRY["facebook"].operator}, {"counts": REGISTRY["lemmy"].counts}],
    ids=["servers", "a company", "counts"],
)
def test_what_somebody_else_is_involved_in_is_not_local(anything: dict[str, Any]) -> None:
    day = date(2026, 11, 30)

    assert Platform("town", "Town", day, share=ShareLink("town:{url}")).is_local
    assert not Platform("town", "Town", day, share=ShareLink("town:{url}"), **anything).is_local


@pytest.mark.parametrize("platform", REGISTRY.values(), ids=attrgetter("name"))
class TestAnyPlatform:
    def test_its_own_hosts_belong_to_it(self, platform: Platform) -> None:
        assert [host for host in platform.hosts if platform_of(f"www.{host}") is not platform] == []

    def test_who_receives_data_is_named_with_a_dated_transfer_basis(self, platform: Platform) -> None:
        if platform.hosts:
            assert platform.operator is not None
            assert platform.operator.checked_on > date(2026, 1, 1)
        else:
            assert platform.operator is None


@pytest.mark.parametrize(
    ("address", "kind", "public"),
    [
        ("https://www.facebook.com/hannover", "page", f"{FACEBOOK}/hannover"),
        ("https://de-de.facebook.com/stadt.leinau/?fref=ts", "page", f"{FACEBOOK}/stadt.leinau/"),
        ("https://www.facebook.com/profile.php?id=100064", "page", f"{FACEBOOK}/profile.php?id=100064"),
        ("https://www.facebook.com/pages/Leinau/123", "page", f"{FACEBOOK}/pages/Leinau/123"),
        ("https://m.facebook.com/watch/?v=123&ref=share", "video", f"{FACEBOOK}/watch/?v=123"),
        ("https://facebook.com/leinau", "page", f"{FACEBOOK}/leinau"),
        ("https://web.facebook.com/leinau", "page", f"{FACEBOOK}/leinau"),
        ("https://mbasic.facebook.com/leinau", "page", f"{FACEBOOK}/leinau"),
        ("https://touch.facebook.com/leinau", "page", f"{FACEBOOK}/leinau"),
        ("https://fb.com/leinau", "page", f"{FACEBOOK}/leinau"),
        ("https://www.fb.com/leinau", "page", f"{FACEBOOK}/leinau"),
        (
            "https://www.facebook.com/leinau/videos/sommerfest/123/",
            "video",
            f"{FACEBOOK}/leinau/videos/sommerfest/123/",
        ),
        ("https://www.facebook.com/reel/123456", "video", f"{FACEBOOK}/reel/123456"),
        ("https://fb.watch/abc123/?mibextid=q", "video", "https://fb.watch/abc123/"),
        ("https://www.facebook.com/leinau/posts/pfbid02abc", "post", f"{FACEBOOK}/leinau/posts/pfbid02abc"),
        ("https://www.facebook.com/story.php?story_fbid=1&id=2&x=y", "post", f"{FACEBOOK}/story.php?id=2&story_fbid=1"),
        ("https://www.facebook.com/photo?fbid=1&set=a.2&__cft__=t", "post", f"{FACEBOOK}/photo?fbid=1&set=a.2"),
        ("HTTPS://WWW.FACEBOOK.COM./leinau/posts/1#c", "post", f"{FACEBOOK}/leinau/posts/1"),
        (
            f"{FACEBOOK}/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1",
            "post",
            f"{FACEBOOK}/leinau/posts/1",
        ),
        (
            f"{FACEBOOK}/v19.0/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau",
            "page",
            f"{FACEBOOK}/leinau",
        ),
        (f"{FACEBOOK}/video/embed?video_id=99", "video", f"{FACEBOOK}/watch/?v=99"),
    ],
)
def test_public_content_is_recognised_and_freed_of_tracking(address: str, kind: str, public: str) -> None:
    embed = recognise(address)

    assert (embed.platform, embed.kind, embed.address) == ("facebook", kind, public)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("javascript:alert(1)", "not an absolute http"),
        ("data:text/html,x", "not an absolute http"),
        ("https://www.example.org/post/1", "does not belong to a known platform"),
        ("https://evilfacebook.com/leinau", "does not belong to a known platform"),
        ("https://www.facebook.com@evil.example/leinau", "does not belong to a known platform"),
        ("https://user@www.facebook.com/leinau", "user name"),
        ("https://www.facebook.com:8443/leinau", "port"),
        ("https://www.facebook.com/login.php?next=x", "not a page, post or video"),
        ("https://www.facebook.com/sharer/sharer.php?u=x", "not a page, post or video"),
        ("https://www.facebook.com/", "not a page, post or video"),
        ("https://www.facebook.com/home", "not a page, post or video"),
        ("https://www.facebook.com/Logout/", "not a page, post or video"),
        ("https://www.facebook.com/%6Cogout", "not a page, post or video"),
        ("https://www.facebook.com/pages/", "not a page, post or video"),
        ("https://about.fb.com/news", "not a page, post or video"),
        ("https://about.facebook.com/meta", "not a page, post or video"),
        ("https://developers.facebook.com/docs", "not a page, post or video"),
        ("https://business.facebook.com/leinau", "not a page, post or video"),
        ("https://apps.facebook.com/leinau", "not a page, post or video"),
        ("https://static.facebook.com/leinau", "not a page, post or video"),
        ("https://graph.facebook.com/leinau", "not a page, post or video"),
        ("https://l.facebook.com/leinau", "not a page, post or video"),
        ("https://evil.de-de.facebook.com/leinau", "not a page, post or video"),
        ("https://evil.fb.watch/abc123/", "not a page, post or video"),
        ("https://fb.me/abc123", "not a page, post or video"),
        ("https://fb.me/leinau/posts/1", "not a page, post or video"),
        ("https://connect.facebook.net/de_DE/sdk.js", "not a page, post or video"),
        (f"{FACEBOOK}/plugins/post.php?href=https%3A%2F%2Fevil.example%2F", "does not belong to a known platform"),
        (f"{FACEBOOK}/plugins/post.php", "not an absolute http"),
        ("https://fb.watch/abc123/more", "not a page, post or video"),
        (f"{FACEBOOK}/plugins/share_button.php?href=https%3A%2F%2Fwww.example.org", "replaced by a share link"),
        (f"{FACEBOOK}/{'a' * 5000}", "longer than"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(address: str, reason: str) -> None:
    with pytest.raises(EmbedRefused, match=reason):
        recognise(address)


@pytest.mark.parametrize("plugin", ["like", "comments"])
def test_plugins_that_ended_are_refused_with_their_date_and_a_way_on(plugin: str) -> None:
    with pytest.raises(EmbedRefused, match=r"10 February 2026.*[Oo]ffer a share link"):
        recognise(f"{FACEBOOK}/plugins/{plugin}.php?href=https%3A%2F%2Fwww.example.org")


def test_an_address_of_another_platform_than_the_markup_names_is_refused() -> None:
    post = REGISTRY["facebook"].kind("post")
    assert post is not None

    with pytest.raises(EmbedRefused, match="is not an address of Lemmy"):
        embed_of(REGISTRY["lemmy"], post, f"{FACEBOOK}/leinau/posts/1", {})


def test_a_frame_address_is_rebuilt_within_the_published_limits() -> None:
    embed = recognise(
        f"{FACEBOOK}/leinau", {"width": "9000", "height": "10", "tabs": "timeline,shop,events", "appId": "1"}
    )

    frame = urlsplit(embed.frame_address)

    assert frame.path == "/plugins/page.php"
    assert parse_qs(frame.query) == {
        "href": [f"{FACEBOOK}/leinau"],
        "tabs": ["timeline,events"],
        "width": ["500"],
        "height": ["70"],
        "adapt_container_width": ["true"],
    }


@pytest.mark.parametrize(
    ("address", "smallest", "largest"),
    [(f"{FACEBOOK}/leinau", 180, 500), (f"{FACEBOOK}/leinau/posts/1", 350, 750), (f"{FACEBOOK}/reel/1", 220, 1920)],
)
def test_widths_keep_to_what_the_platform_accepts(address: str, smallest: int, largest: int) -> None:
    assert recognise(address, {"width": "1"}).size[0] == smallest
    assert recognise(address, {"width": "99999"}).size[0] == largest


@pytest.mark.parametrize(("given", "taken"), [("90", "90"), ("999999", None), ("-1", None), ("1 or 2", None)])
def test_a_number_that_is_none_is_dropped(given: str, taken: str | None) -> None:
    start = recognise(f"{FACEBOOK}/reel/1", {"t": given})

    assert dict(start.options).get("t") == taken


def test_a_parameter_s_kind_is_one_that_is_known() -> None:
    kinds = {p.kind for platform in REGISTRY.values() for kind in platform.embeds for p in kind.parameters}

    assert kinds <= {"flag", "number", "choices"}


def test_a_record_names_the_texts_it_needs() -> None:
    assert REGISTRY["facebook"].text_keys() == (
        "data.ip", "data.browser", "data.language", "data.time", "data.content", "data.site_name",
        "kind.video", "kind.post", "kind.page",
    )  # fmt: skip
    assert REGISTRY["mail"].text_keys() == ()


@pytest.mark.parametrize(("platform", "kind"), [("nowhere", "post"), ("facebook", "postcard")])
def test_content_of_a_name_that_the_registry_does_not_know_cannot_be_made(platform: str, kind: str) -> None:
    with pytest.raises(EmbedRefused, match=f"has no '{kind}' of '{platform}'"):
        Embed(platform, kind, FACEBOOK)


def test_content_has_its_records_and_is_equal_by_what_it_shows() -> None:
    post = recognise(f"{FACEBOOK}/leinau/posts/1")

    assert (post.record.title, post.kind_record.name) == ("Facebook", "post")
    assert post == Embed("facebook", "post", f"{FACEBOOK}/leinau/posts/1", post.options)
    assert len({post, Embed("facebook", "post", f"{FACEBOOK}/leinau/posts/1", post.options)}) == 1


def test_a_record_without_the_day_it_was_checked_on_is_no_record() -> None:
    with pytest.raises(TypeError, match="checked_on"):
        Platform(name="new", title="New")  # type: ignore[call-arg]


@given(st.text(max_size=80))
def test_any_text_is_recognised_or_refused_and_never_fails_otherwise(text: str) -> None:
    for address in (text, f"{FACEBOOK}/{text}", f"{FACEBOOK}/plugins/post.php?href={text}"):
        try:
            embed = recognise(address)
        except EmbedRefused:
            continue
        assert isinstance(embed, Embed)
        assert urlsplit(embed.address).hostname in {"www.facebook.com", "fb.watch"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_contains_the_country_that_data_goes_to(code: str) -> None:
    words = LANGUAGES[code]
    filled_in = {"platform": "P", "mechanism": "M", "reference": "R", "country": "Elsewhere"}

    for key in ("details.transfer", "notice.transfer"):
        assert words.texts["country.US"] not in words.say(key, **filled_in)
    assert "Elsewhere" in words.say("notice.transfer", **filled_in)


def test_a_platform_without_a_basis_for_its_transfer_in_force_is_closed() -> None:
    facebook = REGISTRY["facebook"]
    assert facebook.operator is not None
    ended = replace(facebook.operator.transfer, in_force=False)
    without = replace(facebook, operator=replace(facebook.operator, transfer=ended))
    controller = Controller("Leinau", "/contact", "/privacy", "/")
    policy = Policy({"facebook": Release(ReleaseState.RELEASED)}, {"city": controller})

    assert policy.unavailable_reason(facebook) is None
    assert policy.unavailable_reason(without) == "unavailable.no_basis"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_missing_transfer_basis_is_named_as_the_reason(code: str) -> None:
    assert "Facebook" in LANGUAGES[code].say("unavailable.no_basis", platform="Facebook")


def test_a_transfer_s_record_has_to_say_whether_its_basis_is_in_force() -> None:
    with pytest.raises(TypeError, match="in_force"):
        Transfer("US", "M", "R", date(2026, 11, 22))  # type: ignore[call-arg]


def test_an_address_may_have_2048_characters_and_no_more() -> None:
    address = f"{FACEBOOK}/leinau/posts/1?x="
    longest = address.ljust(2048, "x")

    assert recognise(longest).kind == "post"
    with pytest.raises(EmbedRefused, match="is longer than 2048 characters"):
        recognise(longest + "x")


@pytest.mark.parametrize("letters", ["ü" * 400, "\udcff" * 300, "字" * 250])
def test_it_counts_as_it_is_written_in_the_end_with_every_letter_encoded(letters: str) -> None:
    address = f"{FACEBOOK}/leinau/posts/{letters}"
    assert len(address) < 500

    with pytest.raises(EmbedRefused, match="is longer than 2048 characters once it is encoded"):
        recognise(address)
    assert public_link(REGISTRY["facebook"], address) == ""
    assert public_link(REGISTRY["facebook"], f"{FACEBOOK}/leinau/posts/{letters[:40]}").startswith(
        f"{FACEBOOK}/leinau/posts/%"
    )
