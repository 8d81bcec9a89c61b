"""A script that loads something of a platform and does anything of the page's own besides stays; the address in it becomes inert."""

from __future__ import annotations

import pytest
from support.inert_scripts import gated_script, inert

LOADER = 's=document.createElement("script");s.src="https://connect.facebook.net/de_DE/sdk.js";document.head.append(s);'
FRAME = "document.write(\"<iframe src='https://www.facebook.com/plugins/like.php?href=x'></iframe>\");"
SCRIPT = 'document.write("<script src=//connect.facebook.net/de_DE/sdk.js><\\/script>");'
QUERY = "$('#x').html('<iframe src=https://www.facebook.com/plugins/like.php?href=x></iframe>');"
IMAGE = 'new Image().src="https://www.facebook.com/tr?id=1";'

OWN_CALLS = [
    "nav.open()", "app.start()", "init()", "load('/a')", "track('own')", "load(menu)", "menu.load()", "queue.push(item)",
    "menu.ready(function(){})", "menu.on('x',function(){})", "menu.append(item)", "menu.appendChild(item)", "list.insertBefore(a,b)",
    "document.getElementById('menu').classList.add('open')", "document.getElementById('menu').remove()", "document.body.appendChild(menu)",
    "document.getElementById('menu').innerHTML='x'", "document.title='x'", "document.body.className+=' js'", "document.open()",
    "document.write('Stand: 2026')", "document.write('<p>Stand</p>')", "document.write('<img src=logo>')", "window.open('/a')",
    "window.app.start()", "window['app'].start()", "window.app=1", "window.menu.open=true", "dataLayer.push({event:'own'})", "window.dataLayer.push({event:'own'})", "ga('send','own')",
    "gtag('config','own')", "_paq.push(['own'])", "$('#menu').open()", "$('#menu').append('<li>x</li>')", "$('#menu').attr('aria-open','1')",
    "$('#menu').html(text)", "$('#menu').prop('hidden',0)", "$('#menu').load()", "$(start)", "$(document).ready(start)", "$('#menu').get()",
    "$.post('x',data)", "setTimeout(start,9)", "setTimeout('menu.open()',9)", "document.addEventListener('x',start)",
    "window.onload=start", "window.onload=menu.start", "window.addEventListener('load',window.start)", "s.onload=start",
    "s.text='menu.open()'", "s.setAttribute('onload','menu.open()')", "s.onclick='menu.open()'", "location.href='?a'", "location.assign('?a')",
    "history.back()", "localStorage.setItem('a',1)", "console.log(1)", "navigator.sendBeacon('count')", "fetch('count')", "import('menu')",
    "new Menu()", "new Image().src=count", "var i=new Image();i.src=location+'?'", "(function(w){w.app.start()})(window)",
    "(function(d){d.title='x'})(document)", "(function($){$('#menu').open()})(jQuery)", "(function(m){m.open()})(menu)",
    "(function(m){m.append(1)})(document.getElementById('menu'))", "var li=document.createElement('li');document.body.append(li)",
    "(function(d,t){var l=d.createElement(t);d.body.append(l)})(document,'li')", "counter++", "window.counter++", "delete menu.open",
    "throw 1", "class A{}", "if(menu)s.id=1", "document.getElementsByTagName('li')[0].setAttribute('id','x')", "menu.src='x'",
    "(function(){app.start()}).call(0)", "Promise.all(x).then(start)", "document.querySelector('form').submit()",
    "document.getElementById('a').append('x')", "html`<p>`", "apply(menu)", "call()", "bind()", "send()", "menu.send()", "menu.setAttribute('a','b')",
    "document.currentScript.remove()", "navigator.serviceWorker.register('own')", "new Worker('own')", "new Blob(['menu.open()'])",
    "importScripts('own')", "requestIdleCallback(start)", "menu.then(start)", "addEventListener('load',start)", "s=menu",
    "s.menu=class{}", "debugger", "window.setTimeout('menu.open()',9)", "s.menu=<p>x</p>", "s.menu=<p/>",
]  # fmt: skip
"""Calls and assignments of a page's own, many of them named as a loader's are."""

FOR_OTHER_SCRIPTS = [
    "var config={menu:1}",
    "var menu={open:1};menu.open",
    "var own=function(){}",
    "function own(){}",
    "export default 1",
]
"""Names that a page's other scripts see, outside functions."""


@pytest.mark.parametrize("own", [*OWN_CALLS, *FOR_OTHER_SCRIPTS])
def test_what_is_the_pages_own_beside_a_loader_stays(own: str) -> None:
    code = f"var {LOADER}{own}"

    assert gated_script(code) == code.replace("connect.facebook.net", inert("connect.facebook.net"))


@pytest.mark.parametrize("own", OWN_CALLS)
def test_what_is_the_pages_own_within_a_loader_stays(own: str) -> None:
    code = f"(function(){{var {LOADER}s.onload=function(){{{own}}}}})()"

    assert gated_script(code) == code.replace("connect.facebook.net", inert("connect.facebook.net"))


@pytest.mark.parametrize(
    "own", ["nav.open()", "app.start()", "load('/a')", "init()", "track('own')", "x.appendChild(a)"]
)
@pytest.mark.parametrize("first", [FRAME, SCRIPT, QUERY, IMAGE])
def test_what_is_the_pages_own_beside_markup_or_a_pixel_stays(first: str, own: str) -> None:
    kept = gated_script(first + own)

    assert kept.endswith(own)
    assert "facebook" not in kept


@pytest.mark.parametrize(
    "code",
    [
        "var u='//connect.facebook.net/'+location.hash;new Image().src=u",
        "(function(d){var s=d.createElement('script');s.src=(1?'https:':'http:')+'//connect.facebook.net/x.js';d.head.append(s)})(document)",
        "function f(d,u){var s=d.createElement('script');s.src=u;d.body.appendChild(s)}f(document,'//connect.facebook.net/x.js')",
        "var t=1?'//connect.facebook.net/x.js':'//connect.facebook.net/y.js';fetch(t+t)",
        "navigator.sendBeacon('https://m.me/leinau')",
        "$('#x').html('<iframe src=https://www.facebook.com/plugins/like.php></iframe>')",
        "var i=new Image();i.onload=function(){FB.init()};i.src='https://m.me/leinau'",
        "window.addEventListener('load',function(){fetch('https://m.me/leinau')})",
    ],
)
def test_what_is_nothing_but_a_loader_goes_whole(code: str) -> None:
    assert gated_script(code) == ""
