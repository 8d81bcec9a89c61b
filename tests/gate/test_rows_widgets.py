"""Each element, class and frame address by which a platform's content is pasted: one small document, and what becomes of it."""

from __future__ import annotations

import pytest
from support.rows import REMOVED, gated, silenced

from shariff_py.errors import EmbedRefused
from shariff_py.gate import Outcome
from shariff_py.gate.snippet import read_snippet
from shariff_py.platforms.recognition import recognise

CONTENT = {
    "post": "https://www.facebook.com/leinau/posts/1",
    "video": "https://www.facebook.com/leinau/videos/1",
    "page": "https://www.facebook.com/leinau",
}

CLASSES = [
    ("fb-post", "post"), ("fb-video", "video"), ("fb-page", "page"), ("fb-like-box", "page"), ("fb-fan", "page"),
]  # fmt: skip
TAGS = [
    ("fb:post", "post"), ("fb:video", "video"), ("fb:page", "page"), ("fb:like-box", "page"), ("fb:like_box", "page"),
    ("fb:fan", "page"), ("amp-facebook", "post"), ("amp-facebook-page", "page"),
]  # fmt: skip
SHARED = ["fb-share", "fb-share-button", "fb:share", "fb:share-button", "fb:share_button"]
RETIRED = [
    "like", "comments", "comments-count", "comment-embed", "send", "follow", "subscribe", "activity", "facepile", "recommendations",
    "quote", "save", "group", "customerchat",
]  # fmt: skip
RETIRED_TAGS = [
    *(f"fb:{name}" for name in RETIRED), "fb:comments_count", "fb:comment_embed", "amp-facebook-like", "amp-facebook-comments",
]  # fmt: skip

FRAMES = [
    ("/plugins/post.php?href={post}", "post"), ("/plugins/video.php?href={video}", "video"), ("/video/embed?video_id=1", "video"),
    ("/plugins/page.php?href={page}", "page"), ("/plugins/likebox.php?href={page}", "page"), ("/plugins/fan.php?href={page}", "page"),
    ("/v19.0/plugins/post.php?href={post}", "post"), ("//plugins//post.php?href={post}", "post"),
]  # fmt: skip
SHARED_FRAMES = ["/plugins/share_button.php", "/plugins/share.php"]
RETIRED_FRAMES = [
    "like", "comments", "comment_embed", "feedback", "send", "follow", "subscribe", "activity", "facepile", "recommendations", "quote",
    "save", "group", "customerchat",
]  # fmt: skip

NO_WIDGET = [
    "html", "head", "body", "iframe", "embed", "object", "amp-iframe", "script", "link", "img", "source", "track", "input", "base",
]  # fmt: skip
"""Elements of which a class name makes no widget."""


def outcomes(document: str) -> list[tuple[Outcome, str]]:
    return [(found.outcome, found.kind) for found in gated(document).findings]


@pytest.mark.parametrize(("name", "kind"), CLASSES)
def test_a_widget_by_class_becomes_a_gate(name: str, kind: str) -> None:
    assert outcomes(f'<div class="own {name}" data-href="{CONTENT[kind]}"></div>') == [(Outcome.GATED, kind)]


@pytest.mark.parametrize(("name", "kind"), TAGS)
def test_a_widget_by_tag_becomes_a_gate(name: str, kind: str) -> None:
    assert outcomes(f'<{name} data-href="{CONTENT[kind]}"></{name}>') == [(Outcome.GATED, kind)]


@pytest.mark.parametrize("name", SHARED)
def test_a_share_button_becomes_a_share_link(name: str) -> None:
    tag = f"{name}" if ":" in name else f'div class="{name}"'

    assert outcomes(f'<{tag} data-href="https://www.leinau.example/x"></{tag.split()[0]}>') == [
        (Outcome.SHARED, "share-button")
    ]


@pytest.mark.parametrize("name", RETIRED)
def test_a_widget_that_is_no_more_goes(name: str) -> None:
    document = f'<div class="fb-{name}" data-href="https://www.leinau.example/x"></div>'
    page = f"<div id=fb-root></div>{document}"

    assert gated(page).html == REMOVED * 4


@pytest.mark.parametrize("attribute", ["data-href", "href", "data-uri", "uri"])
def test_a_button_that_saved_a_page_is_known_by_the_pages_address(attribute: str) -> None:
    assert gated(f'<div class="fb-save" {attribute}="https://www.leinau.example/x"></div>').html == REMOVED * 2


@pytest.mark.parametrize("name", RETIRED_TAGS)
def test_an_element_of_a_widget_that_is_no_more_goes(name: str) -> None:
    assert gated(f'<{name} data-href="https://www.leinau.example/x"></{name}>').html == REMOVED * 2


@pytest.mark.parametrize("tag", NO_WIDGET)
def test_a_class_name_makes_no_widget_of_what_fetches_or_holds_the_page(tag: str) -> None:
    document = f'<{tag} class="fb-post" data-href="{CONTENT["post"]}">'

    assert gated(document).html == document


def test_a_class_name_alone_makes_no_widget() -> None:
    document = '<li class="fb-share"><a href="https://www.facebook.com/leinau">x</a></li>'

    assert gated(document).html is document


@pytest.mark.parametrize(("path", "kind"), FRAMES)
def test_a_frame_of_content_becomes_a_gate(path: str, kind: str) -> None:
    document = f'<iframe src="https://www.facebook.com{path.format(**CONTENT)}"></iframe>'

    assert silenced(document)
    assert outcomes(document) == [(Outcome.GATED, kind)]


@pytest.mark.parametrize("path", SHARED_FRAMES)
def test_a_frame_of_a_share_button_becomes_a_share_link(path: str) -> None:
    document = f'<iframe src="https://www.facebook.com{path}?href=https://www.leinau.example/x"></iframe>'

    assert outcomes(document) == [(Outcome.SHARED, "share-button")]


@pytest.mark.parametrize("name", RETIRED_FRAMES)
def test_a_frame_of_a_widget_that_is_no_more_goes(name: str) -> None:
    document = f'<iframe src="https://www.facebook.com/plugins/{name}.php?href=https://www.leinau.example/x"></iframe>'

    assert silenced(document) == REMOVED


ADDRESSES = [
    ("/watch/?v=1", "video"), ("/watch/live/?v=1", "video"), ("/watch?v=1", "video"), ("/video.php?v=1", "video"),
    ("/leinau/videos/1", "video"), ("/leinau/videos/titel/1/", "video"), ("/videos/1", "video"), ("/reel/1", "video"),
    ("/share/v/aB1", "video"), ("/share/r/aB1", "video"),
    ("/leinau/posts/1", "post"), ("/permalink.php?id=2&story_fbid=1", "post"), ("/story.php?id=2&story_fbid=1", "post"),
    ("/leinau/photos/a.1/2", "post"), ("/photo/1", "post"), ("/photo.php?fbid=1", "post"), ("/photo/?fbid=1", "post"), ("/media/set/?set=a.1", "post"),
    ("/groups/1/posts/2", "post"), ("/groups/1/permalink/2", "post"), ("/notes/a/b/1", "post"), ("/share/p/aB1", "post"),
    ("/profile.php?id=1", "page"), ("/pages/Leinau/1", "page"), ("/people/Leinau/1", "page"), ("/pg/leinau", "page"), ("/p/leinau", "page"),
    ("/leinau", "page"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "kind"), ADDRESSES)
def test_a_public_address_is_recognised_with_what_belongs_to_it(path: str, kind: str) -> None:
    embed = recognise(f"https://www.facebook.com{path}")

    assert (embed.kind, embed.address) == (kind, f"https://www.facebook.com{path}")


FUNCTIONS = [
    "ads", "bookmarks", "checkpoint", "dialog", "directory", "events", "feed", "friends", "gaming", "groups", "hashtag", "help",
    "home", "legal", "login", "logout", "marketplace", "me", "media", "memories", "messages", "notifications", "photo", "photos",
    "plugins", "policies", "privacy", "public", "recover", "reel", "reg", "saved", "search", "settings", "share", "sharer",
    "stories", "terms", "tr", "v", "video", "videos", "watch",
]  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_of_the_platform_is_no_page(name: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://www.facebook.com/{name}")


OPTIONS = [
    ("video", "width", "219", "220"), ("video", "width", "1921", "1920"), ("video", "height", "119", "120"), ("video", "height", "1921", "1920"),
    ("video", "show_text", "1", "true"), ("video", "show_captions", "0", "false"), ("video", "t", "86401", "86400"),
    ("post", "width", "349", "350"), ("post", "width", "751", "750"), ("post", "height", "69", "70"), ("post", "height", "2001", "2000"),
    ("post", "show_text", "false", "false"), ("page", "tabs", "events,spam", "events"), ("page", "tabs", "messages", "messages"), ("page", "tabs", "timeline,events", "timeline,events"),
    ("page", "tabs", "timeline", "timeline"), ("page", "width", "179", "180"), ("page", "width", "501", "500"), ("page", "height", "69", "70"),
    ("page", "height", "2001", "2000"), ("page", "small_header", "", "true"), ("page", "hide_cover", "true", "true"), ("page", "hide_cta", "1", "true"),
    ("page", "show_facepile", "0", "false"), ("page", "adapt_container_width", "false", "false"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "given", "used"), OPTIONS)
def test_an_option_is_held_within_what_the_platform_takes(kind: str, name: str, given: str, used: str) -> None:
    assert dict(recognise(CONTENT[kind], {name: given}).options)[name] == used


@pytest.mark.parametrize(
    ("kind", "content", "shown"), [("post", "video", "post"), ("page", "post", "post"), ("video", "post", "post")]
)
def test_a_frame_is_of_the_kind_that_shows_the_content(kind: str, content: str, shown: str) -> None:
    """The frame of posts shows videos as well; otherwise the address decides."""
    embed, _ = read_snippet(f'<div class="fb-{kind}" data-href="{CONTENT[content]}"></div>')

    assert embed.frame_address.startswith(f"https://www.facebook.com/plugins/{shown}.php?")


def test_a_gate_says_what_the_platform_is_sent() -> None:
    page = gated(f'<html lang="en"><div class="fb-post" data-href="{CONTENT["post"]}"></div>').html

    assert (
        "IP address, browser and device, language, time of day, address of the content and in some browsers the name of this website; not the "
        "address of this page."
    ) in page


USUAL = [
    ("video", [("width", "500"), ("show_text", "false")]),
    ("post", [("width", "500"), ("show_text", "true")]),
    ("page", [("tabs", "timeline"), ("width", "500"), ("height", "500"), ("adapt_container_width", "true")]),
]


@pytest.mark.parametrize(("kind", "options"), USUAL)
def test_an_option_that_is_not_set_has_its_default_value(kind: str, options: list[tuple[str, str]]) -> None:
    assert list(recognise(CONTENT[kind]).options) == options


def test_an_unknown_option_or_an_impossible_value_is_dropped() -> None:
    assert recognise(CONTENT["post"], {"onload": "x", "width": "wide"}).options == recognise(CONTENT["post"]).options
