"""Each host of each platform: what is fetched from it goes, and what only looks like it stays."""

from __future__ import annotations

import pytest
from support.rows import REMOVED, gated, loads, silenced

from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY, platform_of, platform_of_address
from shariff_py.urls import parse

HOSTS = {
    "facebook": [
        "facebook.com", "facebook.net", "fb.com", "fb.me", "fb.watch", "fbcdn.net", "fbcdn.com", "fbsbx.com", "fburl.com", "tfbnw.net",
        "atdmt.com", "messenger.com", "m.me",
    ],
    "google_maps": [
        "maps.googleapis.com", "maps.gstatic.com", "khms0.googleapis.com", "khms1.googleapis.com", "khms2.googleapis.com",
        "khms3.googleapis.com", "maps.google.com", "maps.google.de", "maps.app.goo.gl",
    ],
    "instagram": ["instagram.com", "instagr.am", "cdninstagram.com", "ig.me"],
    "openstreetmap": ["openstreetmap.org", "osm.org"],
    "vimeo": ["vimeo.com", "vimeocdn.com"],
    "x": ["twitter.com", "x.com", "twimg.com", "t.co", "ads-twitter.com"],
    "youtube": ["youtube.com", "youtube-nocookie.com", "youtu.be", "ytimg.com", "yt3.ggpht.com", "googlevideo.com"],
    "apple_podcasts": ["podcasts.apple.com"],
    "calendly": ["calendly.com"],
    "deezer": ["deezer.com", "dzcdn.net", "deezer.page.link"],
    "flickr": ["flickr.com", "flic.kr", "staticflickr.com"],
    "giphy": ["giphy.com", "gph.is"],
    "google_calendar": ["calendar.google.com", "calendar.app.google"],
    "google_docs": ["drive.google.com", "drive.usercontent.google.com"],
    "google_forms": ["forms.gle"],
    "issuu": ["issuu.com", "isu.pub"],
    "komoot": ["komoot.com", "komoot.de"],
    "soundcloud": ["soundcloud.com", "sndcdn.com", "soundcloud.app.goo.gl"],
    "spotify": ["spotify.com", "scdn.co", "spotifycdn.com", "spotify.link"],
    "typeform": ["typeform.com"],
    "ard": ["ardmediathek.de"],
    "arte": ["arte.tv"],
    "gist": ["gist.github.com", "github.githubassets.com"],
    "podigee": ["podigee.io", "podigee-cdn.net", "podigee.com"],
    "bluesky": ["bsky.app", "bsky.social", "bsky.network"],
    "dailymotion": ["dailymotion.com", "dai.ly", "dmcdn.net"],
    "linkedin": ["linkedin.com", "licdn.com"],
    "pinterest": [
        "pinterest.at", "pinterest.ch", "pinterest.co.uk", "pinterest.com", "pinterest.de", "pinterest.dk", "pinterest.es", "pinterest.fr",
        "pinterest.ie", "pinterest.it", "pinterest.pt", "pinterest.se", "pinimg.com", "pin.it",
    ],
    "reddit": ["reddit.com", "redd.it", "redditstatic.com", "redditmedia.com"],
    "threads": ["threads.com", "threads.net"],
    "tiktok": [
        "tiktok.com", "tiktokcdn.com", "tiktokcdn-eu.com", "tiktokcdn-us.com", "ttwstatic.com", "tiktokv.com", "tiktokv.eu", "tiktokv.us",
    ],
    "tumblr": ["tumblr.com"],
    "twitch": ["twitch.tv", "ttvnw.net", "jtvnw.net", "twitchcdn.net"],
    "zdf": ["zdf.de"],
}  # fmt: skip
"""Registrable domains by platform; all names on and below them are the platform's."""

EVERY = [(name, host) for name, hosts in HOSTS.items() for host in hosts]


@pytest.mark.parametrize(("name", "host"), EVERY)
@pytest.mark.parametrize("before", ["", "www.", "a.b."])
def test_what_is_fetched_from_a_host_of_a_platform_goes(name: str, host: str, before: str) -> None:
    document = f'<img src="https://{before}{host}/a.png">'

    assert silenced(document) == REMOVED
    assert [found.platform for found in gated(document).findings] == [name]


@pytest.mark.parametrize(("name", "host"), EVERY)
def test_a_script_that_fetches_from_a_host_of_a_platform_goes(name: str, host: str) -> None:
    assert silenced(f"<script>fetch('https://{host}/a')</script>") == REMOVED


@pytest.mark.parametrize(("name", "host"), EVERY)
@pytest.mark.parametrize("look", ["own{}", "{}.leinau.example", "{}n", "own-{}"])
def test_a_host_that_only_looks_like_a_platforms_stays(name: str, host: str, look: str) -> None:
    document = f'<img src="https://{look.format(host)}/a.png">'

    assert gated(document).html is document
    assert not loads(document)


def test_every_platform_with_hosts_has_them_written_here() -> None:
    """What is written nowhere else in the tests could be lost unnoticed; what is written twice cannot."""
    assert {record.name for record in REGISTRY.values() if record.hosts} == HOSTS.keys()
    assert all(platform_of(host) is REGISTRY[name] for name, host in EVERY)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("www.google.com/maps", "google_maps"),
        ("www.google.com/maps?q=Rathaus", "google_maps"),
        ("www.google.com/maps/embed?pb=1", "google_maps"),
        ("www.google.com/mapsengine/documentation", ""),
        ("mt0.google.com/vt?lyrs=m", "google_maps"),
        ("www.google.com/vts", ""),
        ("docs.google.com/forms/d/e/1/viewform", "google_forms"),
        ("docs.google.com/formsets", ""),
        ("apis.google.com/js/platform.js?onload=x", "youtube"),
        ("www.google.com/calendars", ""),
    ],
)
def test_of_a_host_that_platforms_share_each_has_whole_parts_of_paths(place: str, name: str) -> None:
    found = platform_of_address(parse(f"https://{place}"))

    assert (found.name if found else "") == name


@pytest.mark.parametrize("host", ["", "www.", "m.", "web.", "mbasic.", "touch.", "de-de."])
def test_public_content_is_recognised_on_each_host_it_has_an_address_on(host: str) -> None:
    assert recognise(f"https://{host}facebook.com/leinau/posts/1").address == "https://www.facebook.com/leinau/posts/1"


@pytest.mark.parametrize(
    ("address", "kind"),
    [("https://fb.com/leinau", "page"), ("https://www.fb.com/leinau", "page"), ("https://fb.watch/aB1/", "video")],
)
def test_content_is_recognised_on_a_short_host(address: str, kind: str) -> None:
    assert recognise(address).kind == kind
