"""A site that allowed a host by name keeps it when the host's platform becomes known. Tried on a copy of the package with one platform more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.paths import TESTS
from test_new_platform import copy, look

__all__ = ["copy"]

LOOK_AT_ALLOWED = r"""
import json, logging, sys
from datetime import date
from shariff_py import Settings, gate_html
from shariff_py.doctor import examine
from shariff_py.errors import ConfigurationError
from shariff_py.gate.hint_headers import without_hints
from shariff_py.response_policy.pages import policy_headers
from shariff_py.web.site import Site

HOST = "https://www.stranger.example/"
FRAME = f'<iframe src="{HOST}player?film=7"></iframe>'
PIECES = {
    "frame": FRAME,
    "lazy frame": f'<iframe data-src="{HOST}player?film=7"></iframe>',
    "object": f'<object data="{HOST}player?film=7"></object>',
    "no script": f"<noscript>{FRAME}<img src={HOST}pixel></noscript>",
    "document in an attribute": f'<iframe srcdoc="&lt;script src={HOST}a.js>&lt;/script>"></iframe>',
    "document in an address": f'<iframe src="data:text/html,<script src={HOST}a.js></script>"></iframe>',
    "placeholder": f'<div data-url="{HOST}player?film=7"></div>',
    "widget": '<div class="stranger-video" data-film="https://stranger.example/film/8"></div>',
    "script": f'<script src="{HOST}sdk.js"></script>',
    "loader": f"<script>var s=document.createElement('script');s.src='{HOST}sdk.js';document.head.appendChild(s)</script>",
    "module": f"<script type=module>import '{HOST}m.js'</script>",
    "handler": f"<button onclick=\"new Image().src='{HOST}p'\">x</button>",
    "import map": '<script type=importmap>{"imports":{"a":"%sa.js","b":"/b.js"}}</script>' % HOST,
    "speculation": '<script type=speculationrules>{"prefetch":[{"urls":["%sx"]}]}</script>' % HOST,
    "style": f"<style>@import '{HOST}a.css'; a {{ background: url({HOST}x.png) }}</style>",
    "attribute style": f'<p style="background:url({HOST}x.png)">x</p>',
    "hint": f'<link rel=preconnect href="{HOST}">',
    "picture": f'<img src="{HOST}a.png" srcset="{HOST}b.png 2x" alt="A">',
    "video": f'<video poster="{HOST}p.png" src="{HOST}v.mp4"></video>',
    "drawing": f'<svg><image href="{HOST}a.png"/><animate attributeName=href values="{HOST}a.png"/></svg>',
    "refresh": f'<meta http-equiv=refresh content="0;url={HOST}">',
    "stored": '<script type="application/json">{"a":"%splayer?film=7"}</script>' % HOST,
}
META = "<script>new Image().src='https://www.facebook.com/tr?x';new Image().src='%sp'</script>" % HOST


def settings_with(*allow):
    return Settings.from_mapping({
        "site": {"origin": "https://www.town.example.org"},
        "releases": {"stranger": {"state": "released"}},
        "controllers": {"town": {"name": "Town", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/"}},
        "counts": {"store": "memory:", "scheduler": "outside"},
        "frame": {"secrets": ["only for these tests"]},
        "gate": {"allow": list(allow)},
    })


def touched(settings):
    return [name for name, piece in PIECES.items() if (got := gate_html(piece, settings)).html != piece or got.findings]


def told(settings):
    return [f"{d.finding}. {d.cure}" for d in examine(settings, date(2026, 11, 29)) if d.what == "gate.allow" and not d.well]


said = []
logging.getLogger("shariff_py").addHandler(type("Kept", (logging.Handler,), {"emit": lambda self, r: said.append(r.getMessage())})())
none, exact = settings_with(), settings_with("www.stranger.example")
Site.create(exact)
print(json.dumps({
    "without": touched(none) == list(PIECES),
    "exact": touched(exact),
    "below": touched(settings_with("*.stranger.example")),
    "above": touched(settings_with("*.example")),
    "other host": touched(settings_with("cdn.stranger.example")) == [name for name in PIECES if name != "widget"],
    "too wide": touched(settings_with("*.com")) == list(PIECES),
    "meta goes alone": [gate_html(META, exact).html.count(text) for text in ("facebook.com", HOST)],
    "policy": ["stranger" in policy_headers(s, [])[0][1] for s in (none, exact)],
    "policy, too wide": "*.com" in policy_headers(settings_with("*.com", "www.stranger.example"), [])[0][1],
    "hint": [len(without_hints([("Link", f"<{HOST}>; rel=preconnect")], HOST, s.gate.allow)) for s in (none, exact)],
    "doctor": [told(none), told(exact)],
    "log": said,
}))
"""


@pytest.mark.subprocess
def test_an_allowed_host_stays_allowed_when_its_platform_becomes_known(copy: Path) -> None:
    shutil.copy(TESTS / "support" / "unknown_platform.py", copy / "shariff_py" / "platforms" / "known" / "stranger.py")

    done = look(copy, LOOK_AT_ALLOWED)

    assert done.returncode == 0, done.stderr
    sentence = (
        "www.stranger.example belongs to Stranger: pages load from it without asking the visitor. Take it out of gate.allow, and release "
        "stranger in releases: then visitors are asked first."
    )
    assert json.loads(done.stdout) == {
        "without": True,
        "exact": [],
        "below": [],
        "above": [],
        "other host": True,
        "too wide": True,
        "meta goes alone": [0, 1],
        "policy": [False, True],
        "policy, too wide": False,
        "hint": [0, 1],
        "doctor": [[], [sentence]],
        "log": [f"gate.allow: {sentence}"],
    }
