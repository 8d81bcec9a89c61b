"""Looks at everything that follows from the file of an unknown platform, in a copy of the package that has it. Prints what it saw as JSON."""

from __future__ import annotations

import json
import re
import sys
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from shariff_py import Settings, gate_html
from shariff_py.audit.verdict.companies import company_of
from shariff_py.cli import commands
from shariff_py.consent_ui.frame import frame_document
from shariff_py.consent_ui.notice import notice
from shariff_py.doctor import examine
from shariff_py.platforms.recognition import recognise
from shariff_py.response_policy.pages import policy_headers
from shariff_py.testing import StandIn
from shariff_py.texts import LANGUAGES

sys.path.insert(0, "scripts")
import platform_docs

PAGE = "https://www.example.org/"
PLAYER = "https://www.stranger.example/player?film=https%3A%2F%2Fstranger.example%2Ffilm%2F"
FORMS = {
    "frame": f'<iframe src="{PLAYER}1"></iframe>',
    "attribute": '<div class="stranger-video" data-film="https://stranger.example/film/2"></div>',
    "link inside": '<blockquote class="stranger-video"><p>A film <a href="https://stranger.example/film/3">of ours</a></p></blockquote>',
    "AMP": '<amp-stranger data-filmid="4" width="4" height="3"></amp-stranger>',
    "lazy": f'<iframe data-src="{PLAYER}5"></iframe>',
    "store": f'<div class="slider" data-settings="{{&quot;code&quot;: &quot;&lt;iframe src=\'{PLAYER}6\'&gt;&quot;}}"></div>',
    "other kind": '<iframe src="https://boards.stranger.example/b/news"></iframe>',
}
OTHERS = (
    '<iframe src="https://www.stranger.example/embed/new?of=stranger.example/film/9"></iframe>'
    '<iframe src="https://www.stranger.example/embed/new?of=https%3A%2F%2Fstranger.example%2Fmap%3Fn%3D7%26ref%3Dx"></iframe>'
    '<div class="stranger-club" data-club="7"></div>'
    '<iframe src="https://www.stranger.example/pixel?n=7"></iframe>'
    '<div class="stranger-video" data-chapters="true"></div>'
    '<div class="stranger-video" data-own="true"></div>'
)
WORDS = ("Stranger-Video", "Stranger video", "Stranger S.A.", "Video laden und Daten an Stranger senden", "Load video and send data to Stranger")  # fmt: skip


def settings(state: str = "released") -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.example.org"},
            "releases": {"stranger": {"state": state}},
            "controllers": {"town": {"name": "Town", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/"}},
            "frame": {"secrets": ["only for these tests"]},
            "services": ["stranger"],
        }
    )


def scanned() -> list[Any]:
    Path("page.html").write_text(FORMS["frame"], encoding="utf-8")
    Path("shariff.toml").write_text('[releases.stranger]\nstate = "released"\n[controllers.town]\nname = "Town"\ncontact_url = "/c"\nprivacy_url = "/p"\nalternative_url = "/"\n')  # fmt: skip
    with redirect_stdout(StringIO()) as printed:
        code = commands(["scan", "page.html", "--json"], standalone_mode=False)
    (finding,) = json.loads(printed.getvalue())
    return [code, [finding["outcome"], finding["address"]]]


def frame() -> dict[str, Any]:
    made = frame_document(settings(), LANGUAGES["en"], recognise("https://stranger.example/film/7"))
    (tag,) = re.findall(r"<iframe[^>]*>", made.html)
    policy = made.headers["Content-Security-Policy"]

    def value(name: str) -> str:
        return "".join(re.findall(rf' {name}="([^"]*)"', tag))

    return {
        "host": "".join(re.findall(r"frame-src ([^;]*);", policy)),
        "referrer": value("referrerpolicy"),
        "allow": value("allow"),
        "credentialless": " credentialless " in tag,
    }


def all_of_it() -> dict[str, Any]:
    given = settings()
    forms = {name: gate_html(code, given) for name, code in FORMS.items()}
    gates = {code: gate_html(FORMS["frame"], given, language_tag=code).html for code in ("de", "en")}
    closed = gate_html(FORMS["frame"], settings("suspended")).findings[0]
    bare = recognise("stranger.example/film/8")
    with StandIn() as stand_in:
        stand_in.counts[PAGE] = 17
        counted = urlopen(f"{stand_in.counts_origin}/count?page={PAGE}").read().decode()
        shown = urlopen(stand_in.origin + PLAYER.removeprefix("https://www.stranger.example") + "1").read().decode()
        hosts = sorted(host for host in stand_in.settings if "stranger" in host)
    return {
        "opened": recognise("https://stranger.example/film/7").frame_address,
        "forms": {
            name: [(str(f.outcome), f.platform, f.kind, f.address) for f in gated.findings]
            for name, gated in forms.items()
        },
        "address alone": [bare.kind, bare.address],
        "others": [(str(f.outcome), f.address) for f in gate_html(OTHERS, given).findings],
        "loads": any("/player" in gated.html for name, gated in forms.items() if name != "store"),
        "told": {code: [word for word in WORDS if word in gate] for code, gate in gates.items()},
        "frame": frame(),
        "page names it": any("stranger" in value for _, value in policy_headers(given, [])),
        "after withdrawal": [str(closed.outcome), closed.address],
        "scan": scanned(),
        "notice": {code: "Stranger S.A." in notice(given, LANGUAGES[code]) for code in ("de", "en")},
        "company": company.name if (company := company_of("www.stranger.example")) else "",
        "doctor": [d.what for d in examine(given, date(2026, 11, 29)) if d.what.startswith("stranger")],
        "counted": counted,
        "stand-in": "".join(re.findall(r'<p class="label">([^<]*)<', shown)),
        "documents": [name for name, text in platform_docs.documents().items() if "stranger.example" in text],
        "hosts": hosts,
    }


print(json.dumps(all_of_it()))
