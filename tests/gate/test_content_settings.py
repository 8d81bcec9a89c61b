"""Settings that name content by its public address, as page builders keep them for their scripts: an empty element becomes a gate, and of one
with content of its own it is said what it names."""

from __future__ import annotations

import html

import pytest
from support.golden import ORIGIN, SETTINGS
from support.platform_content import closed, is_untouched, opened, released

from shariff_py.gate import gate_html

VIDEO = "https://www.youtube.com/watch?v=AbCdEfGhIjK"
FRAME = "https://www.youtube.com/embed/AbCdEfGhIjK"
VIMEO = "https://vimeo.com/123456789"
ELEMENTOR = '<div class="elementor-widget-container"><div class="elementor-wrapper elementor-open-inline"><div class="elementor-video"></div></div></div>'

OVERLAY = ELEMENTOR.replace(
    "</div></div></div>",
    '</div><div class="elementor-custom-embed-image-overlay"><img src="/a.jpg" alt="Film"><div class="elementor-custom-embed-play" role="button"><i></i>'
    '<span class="elementor-screen-only">Abspielen</span></div></div></div></div>',
)


def told(document: str) -> list[tuple[str, str, str, str]]:
    """Outcome, name, kind and address of what is found on a page of a portal that has released nothing."""
    return [(str(f.outcome), f.found, f.kind, f.address) for f in gate_html(document, released()).findings]


def settings(text: str) -> str:
    """Settings in an attribute, slashes escaped as PHP does."""
    return html.escape(text.replace("/", r"\/"))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (settings(f'{{"youtube_url":"{VIDEO}","video_type":"youtube","controls":"yes"}}'), VIDEO),
        (settings(f'{{"video_type":"vimeo","vimeo_url":"{VIMEO}","image_overlay":{{"id":7,"url":"/a.jpg"}}}}'), VIMEO),
        (settings('{"dailymotion_url":"https://www.dailymotion.com/video/x8abcde"}'), "https://www.dailymotion.com/video/x8abcde"),
        (html.escape("{videoURL:'http://youtu.be/AbCdEfGhIjK',containment:'self',mute:false}"), VIDEO),
        (html.escape('{"sources":[{"type":"video/youtube","src":"https://youtu.be/AbCdEfGhIjK"}]}'), VIDEO),
        (html.escape('{"embedUrl": "//open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk"}'), "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("inside", ["", ELEMENTOR, OVERLAY, '<img src="/a.jpg" alt="Film"><button>Abspielen</button>'])
def test_an_empty_element_whose_settings_name_content_is_gated(written: str, address: str, inside: str) -> None:
    document = f'<div class="elementor-widget-video" data-settings="{written}">{inside}</div><p>Danach</p>'
    platform = gate_html(document, released()).findings[0].platform

    assert [found[0] for found in closed(document)[1]] == ["linked"]
    page, found = opened(document, platform)
    assert [(outcome, shown) for outcome, _, shown in found] == [("gated", address)]
    assert page.endswith("<p>Danach</p>")


@pytest.mark.parametrize(
    "name", ["data-video-url", "data-video", "data-youtube", "data-youtube-url", "data-src", "data-embed", "data-player-src", "data-jarallax-video"]
)  # fmt: skip
@pytest.mark.parametrize("tag", ["div", "span", "figure", "x-player"])
def test_so_is_one_with_an_attribute_that_says_so(name: str, tag: str) -> None:
    assert told(f'<{tag} {name}="{VIDEO}"></{tag}>') == [("linked", f"{tag}[{name}]", "video", VIDEO)]


def test_an_attribute_without_a_value_changes_nothing() -> None:
    assert told(f'<div data-jarallax data-video-src="{VIDEO}"></div>') == [
        ("linked", "div[data-video-src]", "video", VIDEO)
    ]
    assert told(f'<div hidden data-src="{FRAME}"></div>')[0][0] == "linked"


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (f'<section data-vc-video-bg="{VIDEO}"><h2>Willkommen</h2></section>', "section[data-vc-video-bg]"),
        (f'<div data-settings="{settings(f"""{{"youtube_url":"{VIDEO}"}}""")}"><img src="/a.jpg" alt=""><p>Ein Film</p></div>', "div[data-settings]"),
        (f'<div data-props="{html.escape(f"""{{"title":"Ein Film","video_url":"{VIDEO}"}}""")}"></div>', "div[data-props]"),
        (f'<div data-props="{html.escape(f"""{{"video_a":"{VIDEO}","video_b":"{VIMEO}"}}""")}"></div>', "div[data-props]"),
        (f"""<div x-data="{{ video: '{FRAME}' }}"><template><iframe :src="video"></iframe></template></div>""", "div[x-data]"),
        (f'<a href="/film" data-video-url="{VIDEO}">Film</a>', "a[data-video-url]"),
        (f'<script type="application/json">{{"video_url":"{VIDEO}"}}</script>', "script[application/json]"),
    ],
)  # fmt: skip
def test_what_has_other_content_stays_and_it_is_said_what_it_names(document: str, found: str) -> None:
    gated = gate_html(document, SETTINGS)

    assert gated.html is document
    assert {(str(f.outcome), f.found, f.kind) for f in gated.findings} == {("reported", found, "video")}
    assert VIDEO in {f.address for f in gated.findings}


@pytest.mark.parametrize(
    "document",
    [
        f'<div data-link="{VIDEO}"></div>',
        f'<div data-share-url="{VIDEO}"></div>',
        f'<div data-settings="{settings(f"""{{"url":"{VIDEO}","label":"Film"}}""")}"></div>',
        '<div data-youtube="https://www.youtube.com/@leinau" data-facebook="https://www.facebook.com/leinau"></div>',
        f'<div data-video-url="{ORIGIN}/film.mp4"></div>',
        '<div data-video-url="https://www.youtube.com/about"></div>',
        f'<div title="Video {VIDEO}" data-video-title="Siehe {VIDEO}"></div>',
        f'<a href="{VIDEO}" data-lightbox="video">Film</a>',
    ],
)
def test_a_link_that_a_script_makes_of_its_settings_is_no_content(document: str) -> None:
    assert is_untouched(document, "youtube")
    assert gate_html(document, SETTINGS).findings == ()


@pytest.mark.parametrize(
    "document",
    [
        f'<div class="wp-video"><video class="wp-video-shortcode" width="640" height="360" controls><source type="video/youtube" src="{VIDEO}&_=1" /><a href="{VIDEO}">{VIDEO}</a></video></div>',
        f'<video><source src="{VIDEO}"></video>',
        f'<video src="{VIDEO}" controls></video>',
        f"""<video class="video-js" data-setup='{{"techOrder": ["youtube"], "sources": [{{"type": "video/youtube", "src": "{VIDEO}"}}]}}'></video>""",
        f'<audio controls><source src="{VIDEO}">Ihr Browser spielt nichts ab</audio>',
    ],
)  # fmt: skip
def test_a_player_of_files_that_is_given_content_of_a_platform_is_gated(document: str) -> None:
    page, found = opened(f"<p>Davor</p>{document}<p>Danach</p>", "youtube")

    assert [one for one in found if one[0] == "gated"] == [("gated", "video", VIDEO)]
    assert "<video" not in page
    assert "<audio" not in page


def test_a_player_of_the_sites_own_files_stays() -> None:
    own = '<video controls poster="/a.jpg"><source src="/film.mp4" type="video/mp4"><track src="/film.vtt">Film</video>'

    assert is_untouched(own, "youtube")
    assert opened(f"{own}{f'<video><source src={chr(34)}{VIDEO}{chr(34)}></video>'}", "youtube")[0].startswith(own)
