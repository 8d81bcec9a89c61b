"""Scripts of maps name the addresses of tiles with places that are filled in: a part of the host, and which tile it is."""

from __future__ import annotations

import pytest
from support.inert_scripts import OWN, inert
from support.platform_content import is_untouched, released

from shariff_py import gate_html

OSM = "tile.openstreetmap.org"
LOADING = [
    f'L.tileLayer("https://{{s}}.{OSM}/{{z}}/{{x}}/{{y}}.png").addTo(map);',
    f'L.tileLayer("//{{s}}.{OSM}/{{z}}/{{x}}/{{y}}.png", {{maxZoom: 19}});',
    f'var tiles = "https://{{s}}.{OSM}/{{z}}/{{x}}/{{y}}.png"; L.tileLayer(tiles);',
    f'L.tileLayer("https://" + server + ".{OSM}/{{z}}/{{x}}/{{y}}.png");',
    f"L.tileLayer(`https://${{server}}.{OSM}/${{z}}/${{x}}/${{y}}.png`);",
    f'new ol.source.XYZ({{url: "https://{{a-c}}.{OSM}/{{z}}/{{x}}/{{-y}}.png"}});',
    f'new maplibregl.Map({{style: {{sources: {{osm: {{tiles: ["https://{OSM}/{{z}}/{{x}}/{{y}}.png"]}}}}}}}});',
    f'var settings = {{layers: [{{url: "https://{{s}}.{OSM}/{{z}}/{{x}}/{{y}}.png"}}]}};',
    f'box.innerHTML = "<img src=https://{{s}}.{OSM}/1/2/3.png>".replace("{{s}}", "a");',
]


@pytest.mark.parametrize("code", LOADING)
def test_tiles_of_a_platform_are_not_loaded(code: str) -> None:
    page = gate_html(f"<script>{OWN}{code}</script>", released()).html

    assert page == f"<script>{OWN}{code.replace(OSM, inert(OSM))}</script>"


@pytest.mark.parametrize(
    "code",
    [
        'L.tileLayer("/tiles/{z}/{x}/{y}.png", {attribution: "© <a href=https://www.openstreetmap.org/copyright>OSM</a>"});',
        f'L.tileLayer("https://{{s}}.tiles.example.org/{{z}}/{{x}}/{{y}}.png?from={OSM}");',
        'if (link.hostname.endsWith(".openstreetmap.org")) link.classList.add("external");',
        'open("https://{s}.example.org/?to=https://www.openstreetmap.org/");',
        'var seen = "https://www.openstreetmap.org/#map={z}/{lat}/{lon}"; show(seen);',
    ],
)
def test_a_map_of_others_and_a_link_to_the_platform_stay(code: str) -> None:
    assert is_untouched(f"<script>{code}</script>", "openstreetmap")
