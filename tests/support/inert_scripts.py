"""What the tests of scripts share: a script in a page, what the gate makes of it, and the address that leads nowhere."""

from __future__ import annotations

from shariff_py.gate import gate_html
from support.golden import SETTINGS

OWN = "menu.init();"
"""A statement of the page's own, so that the script is no mere loader."""


LOADERS = [
    '(function(d,s,id){var js,fjs=d.getElementsByTagName(s)[0];if(d.getElementById(id))return;js=d.createElement(s);js.id=id;js.src="https://connect.facebook.net/de_DE/sdk.js#xfbml=1";fjs.parentNode.insertBefore(js,fjs)}(document,"script","facebook-jssdk"));',
    "!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');fbq('init','1');fbq('track','PageView');",
    'window.fbAsyncInit=function(){FB.init({appId:"1",xfbml:true})};(function(d,s){var js=d.createElement(s);js.src="//connect.facebook.net/x.js";d.head.appendChild(js)})(document,"script")',
    'import("https://connect.facebook.net/de_DE/sdk.js").catch(()=>0)',
    'import "https://connect.facebook.net/de_DE/sdk.js";',
    'import {a} from "https://connect.facebook.net/de_DE/sdk.js"; a()',
    'var s=document.createElement("script"); s.src="https://connect.facebook.net/de_DE/sdk.js"; document.head.append(s);',
    'const b="https://m.me/leinau/x.png"; const i=document.createElement("img"); i.src=b; document.body.append(i);',
    'new Image().src="https://m.me/leinau"',
    'fetch("https://m.me/leinau")',
    '$.getScript("//connect.facebook.net/de_DE/sdk.js",()=>FB.init({v:1}))',
    '(function (d, t, u) { var s = d.createElement(t); s.async = 1; s.src = u; d.body.appendChild(s); })(document, "script", "https://www.facebook.com/de_DE/all");',
    'document.getElementById("z").innerHTML = \'<img src="https://www.facebook.com/images/x.png" alt="">\';',
    'const r = new XMLHttpRequest(); r.open("GET", "https://www.facebook.com/ajax/bz"); r.send();',
    'new WebSocket("wss://gateway.facebook.com/ws/x");',
    'document.write(\'<script src="https://connect.facebook.net/x.js"><\\/script>\')',
]  # fmt: skip

OTHERS = [
    ("t.co", 'var r=document.referrer; menu.init(r=="https://leinau.example"); fetch("https://" + "t.co" + "/a")'),
    ("t.co", 'var h=r==="x"?"t.co":"a.example"; menu.init(); fetch("https://"+h+"/a")'),
    ('connect.facebook.net', 'require.config({paths:{facebook:"//connect.facebook.net/en_US/all",menu:"/js/menu"}})'),
    ('connect.facebook.net', 'menu.init(); var s=document.createElement("script"); s.src="https://connect.facebook.net/de_DE/sdk.js"; document.head.append(s);'),
    ('connect.facebook.net', 'function load(u){var s=document.createElement("script");s.src=u;document.head.appendChild(s)} load("https://connect.facebook.net/de_DE/sdk.js"); menu()'),
    ('connect.facebook.net', 'var cfg={sdk:"https://connect.facebook.net/de_DE/sdk.js"}; function go(){var s=document.createElement("script");s.src=cfg.sdk;} go(); menu()'),
    ('m.me', '["https://m.me/leinau/a.js"].forEach(function(u){var s=document.createElement("script");s.src=u;}); menu()'),
    ('connect.facebook.net', 'for (const u of ["https://connect.facebook.net/de_DE/sdk.js"]) { const s=document.createElement("script"); s.src=u; } menu()'),
    ('connect.facebook.net', 'loadjs(["https://connect.facebook.net/de_DE/sdk.js"]); menu()'),
    ('connect.facebook.net', 'loader.load({src:"https://connect.facebook.net/de_DE/sdk.js"}); menu()'),
    ('connect.facebook.net', 'var proto=location.protocol; x.src=proto+"//connect.facebook.net/x.js"; menu()'),
    ('connect.facebook.net', 'x.src=("https:"==location.protocol?"https://":"http://")+"connect.facebook.net/x.js"; menu()'),
    ('connect.facebook.net', 'class A{static U="https://connect.facebook.net/de_DE/sdk.js"; go(){ fetch(A.U) } } menu()'),
    ('connect.facebook.net', 'const f=()=>"https://connect.facebook.net/de_DE/sdk.js"; fetch(f()); menu()'),
    ('connect.facebook.net', 'var o={url:function(){return "https://connect.facebook.net/de_DE/sdk.js"}}; fetch(o.url()); menu()'),
    ('graph.facebook.com', 'var h="graph.facebook.com"; fetch("https://"+h+"/me"); menu()'),
    ('graph.facebook.com', 'fetch(`https://${"graph.facebook.com"}/me`); menu()'),
    ('m.me', '$("<img>",{src:"https://m.me/leinau"}).appendTo("body"); menu()'),
    ('m.me', 'Object.assign(document.createElement("link"),{rel:"preconnect",href:"https://m.me/leinau"}); menu()'),
    ('m.me', 'var l=document.createElement("link"); l.rel="preconnect"; l.href="https://m.me/leinau"; menu()'),
    ('m.me', '$(".x").attr("src","https://m.me/leinau"); menu()'),
    ('connect.facebook.net', 'window.FBSDK="https://connect.facebook.net/de_DE/sdk.js"; menu()'),
    ('m.me', 'el.style.backgroundImage="url(https://m.me/x)"; menu()'),
    ('m.me', 'el.style="background:url(https://m.me/leinau)"; menu()'),
    ('www.facebook.com', '$("#x").html("<iframe src=\'https://www.facebook.com/plugins/page.php?href=x\'></iframe>"); menu()'),
    ('www.facebook.com', 'var t="<iframe src=\'https://www.facebook.com/plugins/page.php?href=x\'></iframe>"; box.innerHTML=t; menu()'),
    ('m.me', 'setTimeout("document.body.innerHTML=\'<img src=https://m.me/leinau>\'",9); menu()'),
    ('connect.facebook.net', '(()=>{const {u}={u:"https://connect.facebook.net/de_DE/sdk.js"}; fetch(u)})(); menu()'),
    ('connect.facebook.net', '(async()=>{await import("https://connect.facebook.net/de_DE/sdk.js");menu()})()'),
    ('m.me', 'try{fetch("https://m.me/leinau")}catch(e){} menu()'),
    ('m.me', 'if(consent()) fetch("https://m.me/leinau"); '),
    ('m.me', 'this.src="https://m.me/leinau"; menu()'),
    ('m.me', 'img.srcset="https://m.me/leinau 2x"; menu()'),
    ('m.me', 'const u=new URL("https://m.me/leinau"); fetch(u); menu()'),
    ('m.me', '(function(){ var a="https://m.me/leinau",b=a; var c=b+"?x"; fetch(c) }()); menu()'),
    ('www.facebook.com', 'var f=document.createElement("iframe");f.setAttribute("src","https://www.facebook.com/plugins/page.php?href=x"); x.appendChild(f); menu()'),
    ('m.me', 'html`<img src="https://m.me/leinau">`; menu()'),
    ('m.me', 'return fetch("https://m.me/leinau"),menu()'),
    ('m.me', 'navigator.sendBeacon("https://m.me/leinau");menu()'),
    ('m.me', '$.ajax({type:"GET",url:"https://m.me/leinau"}); menu()'),
    ('m.me', 'var x = { ; s.src = "https://m.me/leinau"; menu('),
]  # fmt: skip
"""Scripts of the page's own, and the host in them that is contacted."""


def gated_script(code: str, *, policy_enforced: bool = False) -> str:
    """The script after the gate; empty where it went as a whole."""
    page = gate_html(f"<script>{code}</script>", SETTINGS, policy_enforced=policy_enforced).html
    return page.rpartition("<script>")[2].removesuffix("</script>") if "<script>" in page else ""


def notes(code: str, *, policy_enforced: bool = False) -> list[str]:
    """What the findings say, without the platform's name and the outcome."""
    found = gate_html(f"<script>{code}</script>", SETTINGS, policy_enforced=policy_enforced).findings
    return [finding.note.partition(". ")[2] for finding in found]


def inert(host: str) -> str:
    """What stands in place of a host: as long, and nowhere."""
    length = len(host) - len(":1")
    name = ".invalid".rjust(length, "x") if length > len(".invalid") else "x" * length
    return f"{name}:1"
