"""Each name, element, method and property of a browser and of jQuery that a mere loader may use: with it the script still goes whole."""

from __future__ import annotations

import pytest
from support.inert_scripts import gated_script

FETCH = "fetch('//m.me/a')"
MADE = "var s=document.createElement('script');s.src='//m.me/a';"
PEER = "var p=new RTCPeerConnection({iceServers:[{urls:'stun:m.me'}]});"

NAMES = [
    "window", "self", "globalThis", "document", "location", "navigator", "screen", "Math", "Date", "URL", "Array", "Object", "CSS", "arguments",
    "fetch", "importScripts", "setTimeout", "requestIdleCallback", "encodeURIComponent", "escape", "addEventListener", "attachEvent", "onload", "$",
    "jQuery", "Image", "XMLHttpRequest", "Blob", "Worker", "WebSocket",
]  # fmt: skip
ELEMENTS = ["script", "img", "iframe", "link", "embed", "object", "video", "audio", "source", "image"]
PLACES = [
    "head", "body", "documentElement", "currentScript", "scripts[0]", "body.parentNode", "body.parentElement", "body.firstChild", "body.lastChild",
    "body.nextSibling", "getElementsByTagName('a')[0]", "getElementById('a')", "querySelector('a')", "querySelectorAll('a')[0]",
    "body.querySelector('a')",
]  # fmt: skip
INSERTING = [
    "appendChild(s)", "append(s)", "prepend(s)", "insertBefore(s,null)", "before(s)", "after(s)", "replaceWith(s)", "replaceChild(s,null)",
    "insertAdjacentElement('beforeend',s)", "insertAdjacentHTML('beforeend','<img src=//m.me/a>')",
]  # fmt: skip
CALLS = [
    f"setTimeout(function(){{{FETCH}}})", f"requestIdleCallback(function(){{{FETCH}}})", "fetch('//m.me/a?'+encodeURIComponent(location))",
    "fetch('//m.me/a?'+escape(location))", "import('//m.me/a')", "importScripts('//m.me/a')", f"window.addEventListener('load',function(){{{FETCH}}})",
    f"window.attachEvent('onload',function(){{{FETCH}}})",
    "document.write('<img src=//m.me/a>')", "document.writeln('<img src=//m.me/a>')", "document.createContextualFragment('<img src=//m.me/a>')",
    "var r=new XMLHttpRequest();r.open('GET','//m.me/a');r.send()", f"{PEER}p.createDataChannel('')", f"{PEER}p.createOffer()",
    f"{PEER}p.setLocalDescription()", f"{PEER}p.addIceCandidate()", f"{MADE}s.setAttribute('async',1)", f"{MADE}s.setAttributeNS(null,'async',1)",
    f"{MADE}s.addEventListener('load',function(){{}})", f"{MADE}s.attachEvent('onload',function(){{}})",
    f"(function(){{{FETCH}}}).apply(0)", f"(function(){{{FETCH}}}).call(0)", f"(function(){{{FETCH}}}).bind(0)", f"(function(){{var n=function(){{}};n.push(1);{FETCH}}})()",
    f"{MADE}s.style='display:none'", f"{MADE}s.setAttribute('style','display:none')", f"{MADE}s.style.display='none'",
    f"{MADE}s.dataset.role='pixel'",
    "var s=document.createElementNS('','script');s.src='//m.me/a'",
    "fetch('//m.me/a?'+Math.random())", "fetch('//m.me/a?'+Math.floor(1))", "fetch('//m.me/a?'+Math.round(1))", "fetch('//m.me/a?'+Date.now())",
    "fetch('//m.me/a?'+new Date().getTime())", "fetch('//m.me/a?'+Math.PI.toString())", "fetch('//m.me/a?'+location.href.slice(1))",
    "fetch('//m.me/a?'+location.href.indexOf('a'))", "new Worker(URL.createObjectURL(new Blob([\"fetch('//m.me/a')\"])))", "fetch('//m.me/a?'+new URL(location))",
    "navigator.sendBeacon('//m.me/a')", "navigator.serviceWorker.register('//m.me/a')", "CSS.paintWorklet.addModule('//m.me/a')",
    f"{FETCH}.then(function(){{}})", f"{FETCH}.catch(function(){{}})", f"{FETCH}.finally(function(){{}})",
    "$.getScript('//m.me/a')", "$.getJSON('//m.me/a')", "$.ajax({url:'//m.me/a'})", "$.get('//m.me/a')", "$.post('//m.me/a')", "jQuery.get('//m.me/a')",
    "$('#a').html('<img src=//m.me/a>')", "$('#a').append('<img src=//m.me/a>')", "$('#a').prepend('<img src=//m.me/a>')", "$('#a').before('<img src=//m.me/a>')",
    "$('#a').after('<img src=//m.me/a>')", "$('#a').replaceWith('<img src=//m.me/a>')", "$('#a').attr('src','//m.me/a')", "$('#a').prop('src','//m.me/a')",
    "$('#a').load('//m.me/a')", "jQuery('#a').load('//m.me/a')", f"$(document).ready(function(){{{FETCH}}})", "new Image().src='//m.me/a'",
    "new WebSocket('wss://m.me/a')", "new EventSource('//m.me/a')", "new SharedWorker('//m.me/a')", "new Audio('//m.me/a')", "new WebTransport('//m.me/a')",
    "import a from '//connect.facebook.net/x.js';a()", "import {a} from '//connect.facebook.net/x.js';a()",
    "import * as a from '//connect.facebook.net/x.js';a.start()",
    f"window.onload=function(){{{FETCH}}}", f"{MADE}s.onload=function(){{}}", f"{MADE}s.onerror=function(){{}}", f"{MADE}s.onreadystatechange=function(){{}}",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_loader_may_ask_for_what_a_browser_has(name: str) -> None:
    assert gated_script(f"if({name}){FETCH}") == ""


@pytest.mark.parametrize("element", ELEMENTS)
def test_a_loader_may_make_an_element_that_loads(element: str) -> None:
    assert gated_script(f"var e=document.createElement('{element}');e.src='//m.me/a';document.body.append(e)") == ""


@pytest.mark.parametrize("place", PLACES)
def test_a_loader_may_put_its_element_at_a_place_of_the_page(place: str) -> None:
    assert gated_script(f"{MADE}document.{place}.append(s)") == ""


@pytest.mark.parametrize("inserted", INSERTING)
def test_a_loader_may_insert_its_element(inserted: str) -> None:
    assert gated_script(f"{MADE}document.body.{inserted}") == ""


@pytest.mark.parametrize("call", CALLS)
def test_a_loader_may_call_what_belongs_to_loading(call: str) -> None:
    assert gated_script(call) == ""


@pytest.mark.parametrize("own", ["menu", "Menu", "setInterval", "performance"])
def test_a_script_that_asks_for_a_name_of_the_pages_own_is_no_mere_loader(own: str) -> None:
    assert gated_script(f"if({own}){FETCH}") == f"if({own})fetch('//xx:1/a')"
