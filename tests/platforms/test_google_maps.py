"""Google Maps: a page whose script makes a map goes on without the platform's script."""

from __future__ import annotations

import pytest
from support.platform_content import opened

SCRIPT = '<script async src="https://maps.googleapis.com/maps/api/js?key=API_KEY&callback=initMap"></script>'
OLD_SCRIPT = '<script src="//maps.google.com/maps/api/js?sensor=false"></script>'
LOADER = "<script>var s = document.createElement('script'); s.src = 'https://maps.googleapis.com/maps/api/js?key=1'; document.head.append(s)</script>"
MAP = "<script>function initMap() { new google.maps.Map(document.getElementById('map')) }</script>"


@pytest.mark.parametrize("script", [SCRIPT, OLD_SCRIPT, LOADER])
def test_what_makes_a_map_finds_something_to_call(script: str) -> None:
    html, _ = opened(f"{script}{MAP}", "google_maps")

    assert html == f'<script src="/shariff/static/shariff-stubs.min.js" data-of="google_maps"></script>{MAP}'


LIBRARIES = (
    '<script>(g=>{var h,a,k,p="The Google Maps JavaScript API",c="google",l="importLibrary",q="__ib__",m=document,b=window;b=b[c]||(b[c]={});var d='
    'b.maps||(b.maps={}),r=new Set,e=new URLSearchParams,u=()=>h||(h=new Promise(async(f,n)=>{await (a=m.createElement("script"));e.set("libraries",'
    '[...r]+"");for(k in g)e.set(k.replace(/[A-Z]/g,t=>"_"+t[0].toLowerCase()),g[k]);e.set("callback",c+".maps."+q);a.src='
    '`https://maps.${c}apis.com/maps/api/js?`+e;d[q]=f;a.onerror=()=>h=n(Error(p+" could not load."));m.head.append(a)}));d[l]?console.warn(p+'
    '" only loads once. Ignoring:",g):d[l]=(f,...n)=>r.add(f)&&u().then(()=>d[l](f,...n))})({key: "API_KEY", v: "weekly"});</script>'
)


@pytest.mark.parametrize(
    "script",
    [
        LIBRARIES,
        "<script type=module>const c = 'google'; const s = document.createElement('script'); s.src = `https://maps.${c}apis.com/maps/api/js?key=1`; "
        "document.head.append(s); start()</script>",
    ],
)
def test_a_loader_that_puts_the_host_together_leads_nowhere(script: str) -> None:
    html, found = opened(f"{script}<p>Text</p>", "google_maps")

    assert [outcome for outcome, _, _ in found] == ["inert"]
    assert "apis.com" not in html
    assert "https://xxxxxxx.invalid:1/maps/api/js?" in html
    assert html.startswith('<script src="/shariff/static/shariff-stubs.min.js" data-of="google_maps"></script><script')


def test_beside_a_frame_nothing_is_made_to_call() -> None:
    html, _ = opened('<iframe src="https://www.google.com/maps/embed?pb=!1m18"></iframe>', "google_maps")

    assert "shariff-stubs" not in html
