"""Scripts that only mention a platform's address stay as they are, byte for byte."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.inert_scripts import gated_script

from shariff_py.gate import Outcome, gate_html

KEPT = [
    'c.setAttribute("href","https://www.facebook.com/sharer/sharer.php?u="+u)',
    'a.setAttribute("href","https://www.facebook.com/stadt")',
    '// 2026-02: connect.facebook.net removed\nmenu.init()',
    'var t={name:"facebook",block:["connect.facebook.net"]}',
    'consent.init({services:[{name:"facebook",block:["https://connect.facebook.net/en_US/fbevents.js"]}]})',
    'if (s.src === "https://connect.facebook.net/en_US/sdk.js") s.remove()',
    'var from=r=>"t.co"===r?"x":"fb.me"==r||r!="m.me"?"fb":"";new Image().src="/count?from="+from(ref)',
    'if (s.src.indexOf("connect.facebook.net") > -1) s.remove()',
    'switch(u){case "https://connect.facebook.net/en_US/sdk.js": x()}',
    '["https://connect.facebook.net/en_US/sdk.js"].includes(s.src)',
    'var links={fb:"https://www.facebook.com/tr-stadtwerke"}',
    'window.__STATE__={"html":"<iframe src=\\"https://www.facebook.com/plugins/page.php?href=x\\"></iframe>","og":{"image":{"src":"https://scontent.fbcdn.net/x.jpg"}}}',
    'window.__S__="{\\"a\\":\\"<iframe src=https://www.facebook.com/plugins/page.php>\\"}"',
    'location.href="https://www.facebook.com/x"; window.open("https://www.facebook.com/sharer.php?u="+x)',
    'text="see https://www.facebook.com/leinau"',
    'a.href="https://www.facebook.com/leinau"',
    'links=["https://www.facebook.com/x"]',
    'document.querySelector(\'script[src*="connect.facebook.net"]\')',
    '/connect\\.facebook\\.net/.test(s)',
    'el.innerHTML=\'<a href="https://www.facebook.com/x">fb</a>\'',
    'var u="https://www.facebook.com/plugins/page.php"; if (x.src.startsWith(u)) y()',
    'var el=document.createElement("a"); el.href="https://www.facebook.com/x"; document.body.append(el)',
    'console.log("https://connect.facebook.net/en_US/sdk.js was blocked")',
    'console.warn("https://connect.facebook.net/en_US/sdk.js")',
    'new Set(["https://connect.facebook.net/en_US/sdk.js"]).has(s.src)',
    'var share=function(n){var m={fb:"https://www.facebook.com/sharer/sharer.php?u=",tw:"https://x.com/"};window.open(m[n]+u)}',
    'var s={"@type":"Org","sameAs":["https://www.facebook.com/x"],"logo":"/a.png"}; img.src=s.logo',
    'el.innerHTML="&u=https://www.facebook.com/x"',
    'ga("send","event","out","https://www.facebook.com/x")',
    'const x = `https://www.facebook.com/sharer/sharer.php?u=${u}`; b.onclick=()=>window.open(x)',
    'export default {blocked: ["connect.facebook.net"]}',
    'dataLayer.push({pixel:"https://connect.facebook.net/en_US/fbevents.js"})',
    'jQuery.extend(Drupal.settings,{"fb":{"url":"https://www.facebook.com/plugins/like.php"}})',
    'var p=u=>u==="https://connect.facebook.net/x.js"',
    'const deny = new RegExp("connect.facebook.net")',
    'if(!/facebook\\.com\\/tr/.test(u)) f()',
    '$("a[href*=\'facebook.com\']").addClass("x")',
    'navigator.share({url:"https://www.facebook.com/x"})',
    'el.dataset.share="https://www.facebook.com/sharer/sharer.php?u="+u',
    'history.pushState({}, "", "?ref=https://www.facebook.com/x")',
    'img.src="/proxy?u=https://www.facebook.com/x.png"',
    'fetch("/api?u="+encodeURIComponent("https://www.facebook.com/x"))',
    'fetch("/api", {body: JSON.stringify({u:"https://www.facebook.com/x"})})',
    'consent.block("\\\\/\\\\/connect.facebook.net")',
    'window.otBlock={"https://www.facebook.com/plugins/page.php":["C5"]}',
    'setTimeout("location.href=\\"https://www.facebook.com/x\\"",9)',
    'form.action="https://www.facebook.com/sharer/sharer.php"',
    'const w=open("","share"); w.location.href="https://www.facebook.com/sharer.php?u="+u',
    'blocked[id]="https://connect.facebook.net/en_US/sdk.js"',
    'class A{#page="https://www.facebook.com/x"; go(){location.assign(this.#page)}}',
]  # fmt: skip
"""Links, share links, comparisons, comments, lists of names, settings of consent tools, the page's own data."""

REPORTED = [
    'window.__reactRouterContext.streamController.enqueue("[{\\"_1\\":2},\\"html\\",\\"\\u003ciframe src=\\\\\\"https://www.facebook.com/plugins/page.php?href=x\\\\\\">\\"]\\n");',
    'window.__STATE__={"html":"<iframe src=\\"https://www.facebook.com/plugins/page.php?href=x\\"></iframe>"}',
    'self.__next_f.push([1,"a:T5,<iframe src=\\"https://www.facebook.com/plugins/page.php\\">"])',
    'window.__S__=JSON.parse("{\\"a\\":\\"<iframe src=https://www.facebook.com/plugins/page.php>\\"}")',
]
"""Data with embed code in it, that another script may insert."""


@pytest.mark.parametrize("code", KEPT)
def test_a_script_that_only_mentions_an_address_stays(code: str) -> None:
    assert gated_script(code) == code


@pytest.mark.parametrize("code", REPORTED)
def test_data_with_embed_code_stay_and_are_reported(code: str) -> None:
    page = f"<script>{code}</script>"
    gated = gate_html(page, SETTINGS)

    assert gated.html is page
    assert [finding.outcome for finding in gated.findings] == [Outcome.REPORTED]


def test_a_script_that_loads_the_same_address_would_be_noticed() -> None:
    assert gated_script('menu.init(); fetch("https://www.facebook.com/sharer/sharer.php?u=a")') != ""
    assert "facebook" not in gated_script('menu.init(); fetch("https://www.facebook.com/sharer/sharer.php?u=a")')
