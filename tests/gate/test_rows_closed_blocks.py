"""Content of a platform that no gate can show: what is left is a working link, a text, or nothing, and the finding says why."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from support.rows import FILE, REMOVED, gated, loads, silenced

from shariff_py.gate import Outcome

LINKED_TO = re.compile(r'<p class="shariff-paper"><a href="([^"]*)"')
FACEBOOK = "https://www.facebook.com"

ADDRESSES = [
    ("/groups/leinau", "/groups/leinau"),
    ("/groups/1234567890/?ref=share&mibextid=K35XfP", "/groups/1234567890/"),
    ("/groups/leinau?view=permalink&id=7&fbclid=abc", "/groups/leinau?view=permalink&id=7"),
    ("/events/1234567890/", "/events/1234567890/"),
    ("/events/7?event_time_id=8&acontext=%7B%7D", "/events/7?event_time_id=8"),
    ("/leinau/events", "/leinau/events"),
    ("/hashtag/leinau", "/hashtag/leinau"),
    ("/marketplace/item/7/?ref=product", "/marketplace/item/7/"),
    ("/jobs/job-opening/7", "/jobs/job-opening/7"),
    ("/permalink.php?story_fbid=pfbid0-a&id=7&__tn__=x", "/permalink.php?story_fbid=pfbid0-a&id=7"),
    ("/stories/7/8", "/stories/7/8"),
    ("/profile.php?id=7&sk=photos&comment_tracking=x", "/profile.php?id=7&sk=photos"),
    ("/search/top?q=leinau&source=filter", "/search/top?q=leinau"),
    ("/ads/library/?id=7&active_status=all", "/ads/library/?id=7"),
    ("/ads/library/?country=DE&view_all_page_id=7&fbclid=x", "/ads/library/?view_all_page_id=7"),
    ("/", "/"),
]
"""Addresses that nothing is embedded of, and what of them belongs in a link."""

PASTED = {
    "widget": '<div class="fb-post" data-href="{address}"></div>',
    "widget with href": '<div class="fb-post" href="{address}"></div>',
    "element": '<fb:post href="{address}"></fb:post>',
    "AMP": '<amp-facebook data-href="{address}"></amp-facebook>',
    "frame of a plugin": '<iframe src="https://www.facebook.com/plugins/post.php?href={encoded}"></iframe>',
    "frame of a plugin nobody knows": '<iframe src="https://www.facebook.com/plugins/event.php?href={encoded}"></iframe>',
    "frame of a newer version": '<iframe src="https://www.facebook.com/v26.0/plugins/event.php?href={encoded}"></iframe>',
}
"""Ways to embed an address."""


def pasted(form: str, address: str) -> str:
    return PASTED[form].format(address=address.replace("&", "&amp;"), encoded=quote(address, safe=""))


def link_in(html: str) -> str:
    (found,) = LINKED_TO.findall(html)
    return str(found).replace("&amp;", "&")


@pytest.mark.parametrize(("path", "kept"), ADDRESSES)
@pytest.mark.parametrize("form", PASTED)
def test_what_cannot_be_shown_becomes_a_link_to_it(form: str, path: str, kept: str) -> None:
    result = gated(pasted(form, FACEBOOK + path))
    if "profile.php" in path:
        assert [found.outcome for found in result.findings] == [Outcome.GATED]
        return

    assert link_in(result.html) == FACEBOOK + kept
    assert [(found.outcome, found.address) for found in result.findings] == [(Outcome.LINKED, FACEBOOK + kept)]
    assert not loads(result.html)


@pytest.mark.parametrize("path", ["/groups/leinau?ref=x&id=7", "/events/7", "/hashtag/leinau"])
def test_a_frame_of_the_address_itself_becomes_a_link_to_it(path: str) -> None:
    after = silenced(f'<iframe src="http://m.facebook.com{path}"></iframe>')

    assert link_in(after) == FACEBOOK + path.replace("ref=x&", "")


SHOWN = [
    ("/watch/?v=7&ref=sharing", "video", "/watch/?v=7"),
    ("/leinau/posts/7?__cft__=x", "post", "/leinau/posts/7"),
    ("/leinau", "page", "/leinau"),
    ("/permalink.php?story_fbid=7&id=8", "post", "/permalink.php?id=8&story_fbid=7"),
    ("/plugins/likebox.php?id=7", "page", "/profile.php?id=7"),
    ("/plugins/fan.php?id=7&connections=10", "page", "/profile.php?id=7"),
    ("/connect/connect.php?id=7", "page", "/profile.php?id=7"),
    ("/widgets/fan.php?api_key=x&id=7", "page", "/profile.php?id=7"),
    ("/widgets/likebox.php?id=7", "page", "/profile.php?id=7"),
    ("/plugins/unknown.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F7", "post", "/leinau/posts/7"),
]


@pytest.mark.parametrize(("path", "kind", "shown"), SHOWN)
def test_a_frame_of_what_can_be_shown_becomes_a_gate(path: str, kind: str, shown: str) -> None:
    document = f'<iframe src="{FACEBOOK}{path}" width="400"></iframe>'

    assert "<shariff-gate" in silenced(document)
    assert [(f.outcome, f.kind, f.address) for f in gated(document).findings] == [
        (Outcome.GATED, kind, FACEBOOK + shown)
    ]


@pytest.mark.parametrize("attribute", ["profile_id", "profile-id", "data-profile-id"])
def test_a_page_by_its_number_becomes_a_gate(attribute: str) -> None:
    found = gated(f'<fb:fan {attribute}="7"></fb:fan>').findings

    assert [(f.outcome, f.address) for f in found] == [(Outcome.GATED, f"{FACEBOOK}/profile.php?id=7")]


SPELLINGS = [
    "www.facebook.com/x/posts/1", "facebook.com/x/posts/1", "m.facebook.com/x/posts/1", "//www.facebook.com/x/posts/1",
    "WWW.Facebook.com/x/posts/1", "http://facebook.com/x/posts/1", " https://www.facebook.com/x/posts/1 ", "fb.com/x/posts/1",
    "https%3A%2F%2Fwww.facebook.com%2Fx%2Fposts%2F1", "https://www.facebook.com/#!/x/posts/1", "https:/www.facebook.com/x/posts/1",
    "https:\\\\www.facebook.com\\x\\posts\\1",
]  # fmt: skip


@pytest.mark.parametrize("address", SPELLINGS)
@pytest.mark.parametrize(
    "form", ["widget", "widget with href", "element", "frame of a plugin", "frame of a plugin nobody knows"]
)
def test_an_address_is_understood_as_people_write_it(form: str, address: str) -> None:
    found = gated(pasted(form, address)).findings

    assert [(f.outcome, f.address) for f in found] == [(Outcome.GATED, f"{FACEBOOK}/x/posts/1")]


REFUSED = [
    "https://evil.example/groups/1", "javascript:alert(1)", "data:text/html,x", "https://user:pass@www.facebook.com/groups/1",
    "https://www.facebook.com:8443/groups/1", "https://www.facebook.com@evil.example/groups/1", "www.facebook.com@evil.example/x",
    "facebook.com:pass@evil.example/groups/1", "https://facebook.com.evil.example/groups/1", "https://l.facebook.com/l.php?u=x",
    "https://www.facebook.com/l.php?u=https%3A%2F%2Fevil.example", "https://www.facebook.com/plugins/like.php?href=x",
    "https://www.facebook.com/dialog/feed?app_id=7", "", "https://help.facebook.com/groups/1",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
@pytest.mark.parametrize("form", ["element", "AMP", "frame of a plugin"])
def test_no_link_leads_anywhere_else(form: str, address: str) -> None:
    result = gated(pasted(form, address))

    assert LINKED_TO.findall(result.html) == []
    assert [found.outcome for found in result.findings] == [Outcome.REMOVED]


WITHOUT_HOST = [
    ("page", "leinau", "/leinau"), ("page", "stadt.leinau", "/stadt.leinau"), ("page", "123456", "/123456"), ("page", "/leinau", "/leinau"),
    ("page", "pages/Leinau/7", "/pages/Leinau/7"), ("page", "profile.php?id=7&ref=x", "/profile.php?id=7"), ("likebox", " leinau ", "/leinau"),
    ("post", "leinau/posts/7?ref=x", "/leinau/posts/7"), ("video", "watch/?v=7", "/watch/?v=7"), ("unknown", "leinau", "/leinau"),
    ("fan", "St%C3%A4dte", "/St%C3%A4dte"),
]  # fmt: skip


@pytest.mark.parametrize(("plugin", "address", "shown"), WITHOUT_HOST)
def test_an_address_without_host_is_one_of_the_platform_to_a_frame(plugin: str, address: str, shown: str) -> None:
    document = f'<iframe src="{FACEBOOK}/plugins/{plugin}.php?href={quote(address, safe="")}"></iframe>'

    assert "<shariff-gate" in silenced(document)
    assert [(f.outcome, f.address) for f in gated(document).findings] == [(Outcome.GATED, FACEBOOK + shown)]


@pytest.mark.parametrize(
    ("plugin", "address", "linked"),
    [
        ("page", "groups/leinau?ref=x", "/groups/leinau"),
        ("page", "x", "/x"),
        ("event", "events/7", "/events/7"),
        ("group", "groups/leinau", "/groups/leinau"),
        ("page", "plugins/like.php", "/"),
        ("page", "/plugins/like.php?href=x", "/"),
    ],
)
def test_an_address_without_host_that_is_no_content_is_linked(plugin: str, address: str, linked: str) -> None:
    document = f'<iframe src="{FACEBOOK}/plugins/{plugin}.php?href={quote(address, safe="")}"></iframe>'

    assert link_in(silenced(document)) == FACEBOOK + linked


HELPERS = [
    "/connect/xd_arbiter.php?version=46", "/x/connect/xd_arbiter/?version=46", "/xd_arbiter.php", "/connect/ping?client_id=7",
    "/v26.0/connect/ping", "/x/oauth/status", "/v26.0/dialog/oauth?client_id=7", "/dialog/feed", "/tr?id=7&ev=PageView&noscript=1",
    "/tr/?id=7", "/extern/login_status.php", "/common/cavalry_endpoint.php", "/connect/canvas_proxy.php", "/ai.php", "/fr/u.php?p=1",
]  # fmt: skip


@pytest.mark.parametrize("path", HELPERS)
@pytest.mark.parametrize("host", ["www.facebook.com", "staticxx.facebook.com"])
def test_a_frame_that_shows_nothing_goes_and_the_finding_says_so(host: str, path: str) -> None:
    result = gated(f'<iframe src="https://{host}{path}"></iframe>')

    assert result.html == REMOVED
    assert [found.note for found in result.findings] == [
        "Facebook: entfernt. Es zeigt nichts an, sondern zählt oder tauscht Nachrichten mit Facebook aus."
    ]


BUTTONS = ["like", "send", "follow", "subscribe", "quote", "save"]


@pytest.mark.parametrize("name", BUTTONS)
@pytest.mark.parametrize(
    "form",
    ['<div class="fb-{}" data-href="{}/leinau"></div>', '<iframe src="{1}/plugins/{0}.php?href={1}/leinau"></iframe>'],
)
def test_a_button_that_is_no_more_leaves_nothing(form: str, name: str) -> None:
    result = gated(form.format(name, FACEBOOK))

    assert set(result.html.split(REMOVED)) == {""}
    assert ["seit dem" in found.note for found in result.findings] == [True]


@pytest.mark.parametrize("name", ["group", "facepile", "activity", "comment-embed"])
def test_what_a_plugin_showed_that_is_no_more_is_linked(name: str) -> None:
    result = gated(f'<div class="fb-{name}" data-href="{FACEBOOK}/groups/leinau?ref=x"><p>Text</p></div>')

    assert link_in(result.html) == f"{FACEBOOK}/groups/leinau"
    assert "<p>Text</p>" in result.html
    assert [(found.outcome, "seit dem" in found.note) for found in result.findings] == [(Outcome.LINKED, True)]


def test_the_quote_in_a_widget_that_cannot_be_shown_stays() -> None:
    words = '<blockquote cite="https://www.facebook.com/events/7"><a href="https://www.facebook.com/events/7">Fest</a></blockquote>'
    after = gated(f'<div class="fb-post" data-href="{FACEBOOK}/events/7">{words}</div>').html

    assert link_in(after) == f"{FACEBOOK}/events/7"
    assert words in after


@pytest.mark.parametrize("form", ["element", "AMP"])
def test_an_element_that_names_a_path_alone_goes(form: str) -> None:
    """To the platform's script it is one of the page's own site."""
    assert [found.outcome for found in gated(pasted(form, "groups/1")).findings] == [Outcome.REMOVED]


ITEMS = [
    "<ul><li {}>a</li><li>b</li></ul>",
    "<ul><li {}>a<li>b</ul>",
    "<dl><dt {}>a<dd>b</dl>",
    "<dl><dt>a<dd {}>b</dl>",
]


@pytest.mark.parametrize(
    ("name", "path"), [("post", "/events/7"), ("post", "/leinau/posts/7"), ("share", "/leinau"), ("like", "/leinau")]
)
@pytest.mark.parametrize("markup", ITEMS)
def test_a_list_stays_one(markup: str, name: str, path: str) -> None:
    page = markup.format(f'class="fb-{name}" data-href="{FACEBOOK}{path}"')

    after = [
        child.name
        for child in BeautifulSoup(gated(page).html, "html5lib").select_one("ul, dl").find_all(recursive=False)
    ]

    assert after == [
        child.name for child in BeautifulSoup(page, "html5lib").select_one("ul, dl").find_all(recursive=False)
    ]


def test_a_gate_is_whole_where_the_end_of_its_element_is_left_out() -> None:
    after = gated(f'<div><p class="fb-post" data-href="{FACEBOOK}/leinau/posts/7">a<div>b</div></div>').html

    assert after.count("<shariff-gate ") == after.count("</shariff-gate>") == 1
    assert "</shariff-gate></div><p>a<div>b</div></div>" in after


def test_a_form_may_hold_the_link() -> None:
    after = gated(f'<form><iframe src="{FACEBOOK}/groups/7"></iframe></form>').html

    assert link_in(after) == f"{FACEBOOK}/groups/7"


def test_a_paragraph_is_closed_before_the_block() -> None:
    after = gated(f'<p>a<iframe src="{FACEBOOK}/groups/7"></iframe>b</p>').html

    assert after.startswith('<p>a</p><div class="shariff-block">')
    assert after.endswith("<p>b</p>")


PICTURES = [
    (f'<img src="{FILE}" alt="Das Freibad">', f"{REMOVED}Das Freibad{REMOVED}"),
    (f'<img src="{FILE}" alt="">', REMOVED),
    (f'<img src="{FILE}">', REMOVED),
    (f'<img src="{FILE}" alt=" a\n b ">', f"{REMOVED}a b{REMOVED}"),
    (f'<img src="{FILE}" alt="&lt;b&gt; &amp;amp; &quot;x&quot;">', f"{REMOVED}&lt;b&gt; &amp;amp; &quot;x&quot;{REMOVED}"),
    (f'<img src="{FILE}" alt="x --><script>EVIL()</script>">', f"{REMOVED}x --&gt;&lt;script&gt;EVIL()&lt;/script&gt;{REMOVED}"),
    (f'<a href="/x"><img src="{FILE}" alt="Mehr"></a>', f'<a href="/x">{REMOVED}Mehr{REMOVED}</a>'),
    (f'<img data-src="{FILE}" src="/own.gif" alt="Freibad">', f"{REMOVED}Freibad{REMOVED}"),
    (f'<picture><source srcset="{FILE}"><img src="{FILE}" alt="Freibad"></picture>', f"<picture><source>{REMOVED}Freibad{REMOVED}</picture>"),
    (f'<img src="{FILE}" alt="Pixel" width="1" height="1">', REMOVED),
    (f'<img src="{FILE}" alt="Pixel" style="display: none">', REMOVED),
    (f'<img src="{FILE}" alt="Pixel" hidden>', REMOVED),
    ('<img src="https://www.facebook.com/tr?id=7" alt="Pixel">', REMOVED),
    (f'<input type="image" src="{FILE}" alt="Suchen">', '<input type="image" alt="Suchen">'),
    (f'<input type="image" src="{FILE}" name="los">', '<input type="image" name="los">'),
    (f'<noscript><img src="{FILE}" alt="Freibad"></noscript>', f"<noscript>{REMOVED}Freibad{REMOVED}</noscript>"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "after"), PICTURES)
def test_the_text_of_a_picture_stays_in_its_place(document: str, after: str) -> None:
    assert gated(document).html == after


def test_a_text_does_not_join_what_stands_before_it_to_a_tag() -> None:
    assert gated(f'a <<img src="{FILE}" alt="script">').html == f"a <{REMOVED}script{REMOVED}"


OBJECTS = [
    ("<p>Ersatz <a href=/x>mehr</a></p>", True), ("Ersatztext", True), ('<img src="/a.png" alt="Plan">', True), ("", False), (" \n", False),
    ('<param name="movie" value="/a"><p>Film vom Fest</p>', True), (f'<embed src="{FACEBOOK}/v/7">', False), ('<iframe src="/a"></iframe>a', False),
]  # fmt: skip
"""What an object may hold for where it is not shown, and whether that stays: what shows the same for other browsers does not."""


@pytest.mark.parametrize(("content", "stays"), OBJECTS)
@pytest.mark.parametrize("path", ["/groups/leinau", "/plugins/like.php", "/connect/ping"])
def test_what_an_object_holds_stays_where_no_gate_takes_its_place(path: str, content: str, stays: bool) -> None:
    after = silenced(f'<object data="{FACEBOOK}{path}">{content}</object>')

    assert "<object" not in after
    assert after.endswith(f"{content}{REMOVED}" if stays else ("</div></div>" if "groups" in path else REMOVED))


def test_a_gate_takes_the_place_of_what_an_object_holds() -> None:
    after = silenced(f'<object data="{FACEBOOK}/leinau/posts/7">Ersatztext</object>')

    assert "Ersatztext" not in after


def test_objects_that_are_alike_but_for_their_content_are_told_apart_by_nothing_so_the_content_goes() -> None:
    one = f'<object data="{FACEBOOK}/groups/7">Ersatztext</object>'
    other = f'<object data="{FACEBOOK}/groups/7"><embed src="/a"></object>'

    assert "Ersatztext" not in gated(one + other).html
