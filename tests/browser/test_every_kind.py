"""Each kind of content of each platform in a browser: silence, one frame with what its record declares, silence again.

What is declared is written here, not read from the records. The network log of the browser is the evidence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.engines import until
from support.gated_site import gated_site, reports

from shariff_py.platforms.registry import REGISTRY
from shariff_py.testing import StandIn

pytestmark = [pytest.mark.browser, pytest.mark.full]

SEND_THE_SITES_NAME = {"dailymotion", "google_maps", "vimeo", "youtube"}
"""Platforms that refuse to show something without; all others are sent no referrer."""
WITH_CREDENTIALS = {"youtube"}
"""Platforms that show nothing in a frame without cookies."""

SCREEN = {"fullscreen", "picture-in-picture"}
FEATURES: dict[str, set[str]] = {
    "apple_podcasts": {"encrypted-media", "clipboard-write", "fullscreen"},
    "ard": SCREEN, "bluesky": SCREEN, "peertube": SCREEN, "reddit": SCREEN, "tumblr": SCREEN, "zdf": SCREEN,
    "arte": {*SCREEN, "encrypted-media"}, "instagram": {*SCREEN, "encrypted-media"}, "linkedin": {*SCREEN, "encrypted-media"},
    "threads": {*SCREEN, "encrypted-media"}, "vimeo": {*SCREEN, "encrypted-media"}, "x": {*SCREEN, "encrypted-media"},
    "youtube": {*SCREEN, "encrypted-media"},
    "calendly": set(), "podigee": set(), "google_calendar": set(), "google_forms": set(), "soundcloud": set(), "typeform": set(),
    "dailymotion": SCREEN,
    "deezer": {"encrypted-media", "clipboard-write"},
    "facebook": {*SCREEN, "encrypted-media", "clipboard-write"},
    "facebook page": set(),
    "issuu": {"fullscreen", "clipboard-write"},
    "spotify": {*SCREEN, "encrypted-media", "clipboard-write"},
}  # fmt: skip
"""What a frame may use, by platform, or by platform and kind; all others may go full screen, and nothing else. Chromium on Linux does not know
``web-share``."""
ALL_OF_THEM = set().union(*FEATURES.values())

SERVERS = {
    "mastodon": {"servers": {"social.example.org": {}}},
    "peertube": {"servers": {"video.example.org": {}}},
}
OPERATOR = {"operator": "Stadt", "address": "Rathaus", "country": "DE", "privacy_url": "https://www.leinau.example/d"}

KINDS = [
    (platform.name, kind.name, kind.samples[0])
    for platform in REGISTRY.values()
    for kind in platform.embeds
    if kind.becomes == "gate" and kind.retired is None and kind.script is None
]
"""What a script shows needs an isolated host, and is tried with it."""


def test_every_platform_with_content_is_tried() -> None:
    assert len(KINDS) >= 60
    assert FEATURES.keys() - {f"{name} {kind}" for name, kind, _ in KINDS} <= {name for name, _, _ in KINDS}


def test_before_the_press_and_after_the_withdrawal_nobody_is_contacted_and_between_them_one_host(
    visitor: Any, serve: Any, stand_in: StandIn, tmp_path: Path
) -> None:
    pages = {f"/{name}/{kind}": address for name, kind, address in KINDS}
    servers = {host: stand_in.origin for each in SERVERS.values() for host in each["servers"]}
    app = gated_site(
        stand_in,
        tmp_path,
        pages,
        sorted({name for name, _, _ in KINDS}),
        hosts={**stand_in.settings, **servers},
        addresses=True,
        platforms_settings={
            name: {"servers": dict.fromkeys(each["servers"], OPERATOR)} for name, each in SERVERS.items()
        },
    )
    site = serve(app)
    with visitor(site) as visit:
        for name, kind, _ in KINDS:
            seen = len(reports(stand_in))
            visit.page.goto(site.url(f"/{name}/{kind}"))
            visit.idle(0.2)
            visit.mark(f"before {name} {kind}")
            button = visit.page.locator("shariff-gate form button")
            button.click()
            visit.page.locator("shariff-gate[state=open]").wait_for()
            until(lambda seen=seen: len(reports(stand_in)) > seen)
            visit.mark(f"open {name} {kind}")
            button.click()
            visit.page.locator("shariff-gate[state=asking]").wait_for()
            visit.idle(0.2)
            visit.mark(f"after {name} {kind}")
    told = reports(stand_in)

    quiet = [f"{when} {name} {kind}" for name, kind, _ in KINDS for when in ("before", "after")]
    assert visit.outside(*quiet) == ()
    platform = f"localhost:{stand_in.port}"
    assert {
        f"{name} {kind}": sorted({contact.endpoint for contact in visit.outside(f"open {name} {kind}")})
        for name, kind, _ in KINDS
    } == {f"{name} {kind}": [platform] for name, kind, _ in KINDS}
    wrong = [
        (name, kind, report)
        for (name, kind, _), report in zip(KINDS, told, strict=True)
        if report["referrer"] != (site.url("/") if name in SEND_THE_SITES_NAME else "")
        or report["withoutCredentials"] is (name in WITH_CREDENTIALS)
        or ALL_OF_THEM & set(report["features"]) != FEATURES.get(f"{name} {kind}", FEATURES.get(name, {"fullscreen"}))
    ]
    assert wrong == []
