"""Every way of leaking that the self-test knows: one host each, so that one visit distinguishes them. Pure: a table.

A vector names the channel under which the report must list its host. ``{host}`` in it is replaced by that host with a port, ``{name}``
by the host alone, ``{port}`` by the port. Vectors were taken from what Chromium 156 really sends; the page is served over TLS and
HTTP/2, because Early Hints, reports and workers need both.
"""

from __future__ import annotations

from dataclasses import dataclass

from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.evidence.trace import PhaseName

DOMAIN = "leak.test"
"""Names below ``.test`` are reserved (RFC 6761)."""

SITE = "site.test"


@dataclass(frozen=True, slots=True)
class Vector:
    """One way of leaking.

    The field that is filled says where exactly it is: ``head`` and ``body`` are markup, ``script`` runs on load, ``header`` goes
    with the page, ``hints`` before it (103), ``worker`` and the like run in a worker of the site's own. ``phase`` is when it is sent;
    ``control`` marks what a browser only does while no debugger is attached.
    """

    name: str
    channel: Channel
    head: str = ""
    body: str = ""
    script: str = ""
    header: tuple[str, str] | None = None
    hints: str = ""
    worker: str = ""
    shared_worker: str = ""
    service_worker: str = ""
    on_press: str = ""
    on_withdrawal: str = ""
    prerendered: str = ""
    phase: PhaseName = PhaseName.BEFORE
    control: bool = False

    @property
    def host(self) -> str:
        """The host that only this vector contacts."""
        return f"{self.name}.{DOMAIN}"


def _markup(name: str, body: str, channel: Channel = Channel.REQUEST) -> Vector:
    return Vector(name, channel, body=body)


def _script(name: str, script: str, channel: Channel = Channel.REQUEST) -> Vector:
    return Vector(name, channel, script=script)


MARKUP = (
    _markup("image", '<img src="https://{host}/i.gif" alt="">'),
    _markup("srcset", '<img srcset="https://{host}/i.gif 1x" alt="">'),
    _markup("picture", '<picture><source srcset="https://{host}/i.gif"><img alt=""></picture>'),
    _markup("lazy-image", '<div style="height:3000px"></div><img loading="lazy" src="https://{host}/i.gif" alt="" width="9" height="9">'),
    _markup("input-image", '<input type="image" src="https://{host}/i.gif" alt="Send">'),
    _markup("css-background", '<p style="background:url(https://{host}/b.gif)">Text</p>'),
    _markup("css-image-set", "<p style=\"background:image-set('https://{host}/b.gif' 1x)\">Text</p>"),
    _markup("css-import", '<style>@import "https://{host}/t.css";</style>'),
    _markup("css-font", "<style>@font-face{{font-family:L;src:url(https://{host}/f.woff2)}}.l{{font-family:L}}</style><p class=l>Text</p>"),
    _markup("css-hover", "<style>.h:hover{{background:url(https://{host}/h.gif)}}</style><button class=h>Hover</button>"),
    _markup("css-content", "<style>.c::before{{content:url(https://{host}/c.gif)}}</style><p class=c>Text</p>"),
    _markup("style-sheet", '<link rel="stylesheet" href="https://{host}/s.css">'),
    _markup("script", '<script src="https://{host}/s.js"></script>'),
    _markup("module", '<script type="module" src="https://{host}/m.js"></script>'),
    _markup("modulepreload", '<link rel="modulepreload" href="https://{host}/m.js">'),
    _markup("preload", '<link rel="preload" as="image" href="https://{host}/p.gif">'),
    _markup("frame", '<iframe src="https://{host}/" title="Frame"></iframe>'),
    _markup("lazy-frame", '<div style="height:3000px"></div><iframe loading="lazy" src="https://{host}/" title="Frame"></iframe>'),
    _markup("srcdoc", "<iframe title=\"Frame\" srcdoc=\"<img src='https://{host}/i.gif' alt=''>\"></iframe>"),
    _markup("frame-refresh", "<iframe title=\"Frame\" srcdoc=\"<meta http-equiv='refresh' content='0;url=https://{host}/'>\"></iframe>"),
    _markup("object", '<object data="https://{host}/o.html" type="text/html"></object>'),
    _markup("embed", '<embed src="https://{host}/e.html" type="text/html">'),
    _markup("video", '<video src="https://{host}/v.mp4" preload="auto"></video>'),
    _markup("poster", '<video poster="https://{host}/p.gif" preload="none"></video>'),
    _markup("audio", '<audio src="https://{host}/a.mp3" preload="auto"></audio>'),
    _markup("track", '<video crossorigin="anonymous"><track default src="https://{host}/t.vtt"></video>'),
    _markup("svg-image", '<svg width="9" height="9"><image href="https://{host}/i.gif" width="9" height="9"/></svg>'),
    _markup("shadow-root", '<div><template shadowrootmode="open"><img src="https://{host}/i.gif" alt=""></template></div>'),
    _markup("redirect", '<img src="/redirect?to=https://{host}/i.gif" alt="">'),
)  # fmt: skip

HINTS = (
    Vector("dns-prefetch", Channel.DNS, head='<link rel="dns-prefetch" href="//{host}">'),
    Vector("preconnect", Channel.CONNECTION, head='<link rel="preconnect" href="https://{host}">'),
    Vector("prefetch", Channel.PREFETCH, head='<link rel="prefetch" href="https://{host}/n.html">'),
    Vector("header-dns-prefetch", Channel.DNS, header=("Link", "<https://{host}>; rel=dns-prefetch")),
    Vector("header-preconnect", Channel.CONNECTION, header=("Link", "<https://{host}>; rel=preconnect")),
    Vector("header-preload", Channel.REQUEST, header=("Link", "<https://{host}/p.gif>; rel=preload; as=image")),
    Vector("early-preload", Channel.EARLY_HINT, hints="<https://{host}/e.css>; rel=preload; as=style"),
    Vector("early-preconnect", Channel.CONNECTION, hints="<https://{host}>; rel=preconnect"),
    Vector("rules-prefetch", Channel.PREFETCH, head='<script type="speculationrules">{{"prefetch":[{{"urls":["https://{host}/n.html"],"eagerness":"immediate"}}]}}</script>'),
    Vector("rules-prerender", Channel.PRERENDER, prerendered='<img src="https://{host}/i.gif" alt="">', control=True),
    Vector("dictionary", Channel.REQUEST, head='<link rel="compression-dictionary" href="https://{host}/d.dict" crossorigin>'),
)  # fmt: skip

SCRIPTS = (
    _script("fetch", "fetch('https://{host}/f').catch(() => 0)"),
    _script("xhr", "{{const x = new XMLHttpRequest(); x.open('GET', 'https://{host}/x'); x.send()}}"),
    _script("event-source", "new EventSource('https://{host}/e')"),
    _script("new-image", "new Image().src = 'https://{host}/i.gif'"),
    _script("dynamic-import", "import('https://{host}/m.js').catch(() => 0)"),
    _script("beacon", "navigator.sendBeacon('https://{host}/b', 'x')", Channel.BEACON),
    _script("keepalive", "fetch('https://{host}/k', {{method: 'POST', body: 'x', mode: 'no-cors', keepalive: true}}).catch(() => 0)"),
    _script("websocket", "new WebSocket('wss://{host}/')", Channel.WEBSOCKET),
    _script("webtransport", "new WebTransport('https://{host}/').ready.catch(() => 0)", Channel.WEBTRANSPORT),
    _script("stun", "{{const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{host}'}}]}}); p.createDataChannel('d'); p.createOffer().then(o => p.setLocalDescription(o))}}", Channel.WEBRTC),
    _script("turn-tcp", "{{const p = new RTCPeerConnection({{iceServers: [{{urls: 'turn:{host}?transport=tcp', username: 'u', credential: 'c'}}]}}); p.createDataChannel('d'); p.createOffer().then(o => p.setLocalDescription(o))}}", Channel.WEBRTC),
    _script("fetch-later", "if (self.fetchLater) fetchLater('https://{host}/l', {{activateAfter: 500}})", Channel.BEACON),
    _script("fedcm", "navigator.credentials.get({{identity: {{providers: [{{configURL: 'https://{host}/fedcm.json', clientId: '1'}}]}}}}).catch(() => 0)", Channel.BROWSER),
    _script("webauthn", "navigator.credentials.get({{publicKey: {{challenge: new Uint8Array(16), rpId: '{name}', timeout: 1000}}}}).catch(() => 0)", Channel.BROWSER),
    _script("payment", "new PaymentRequest([{{supportedMethods: 'https://{host}/pay'}}], {{total: {{label: 't', amount: {{currency: 'EUR', value: '1'}}}}}}).canMakePayment().catch(() => 0)", Channel.BROWSER),
    _script("paint-worklet", "CSS.paintWorklet && CSS.paintWorklet.addModule('https://{host}/w.js').catch(() => 0)", Channel.WORKLET),
    _script("audio-worklet", "new AudioContext().audioWorklet.addModule('https://{host}/w.js').catch(() => 0)", Channel.WORKLET),
    _script("mouseover", "document.querySelector('#hovered').onmouseover = () => {{ new Image().src = 'https://{host}/i.gif' }}"),
    _script("focus", "document.querySelector('#hovered').onfocus = () => {{ new Image().src = 'https://{host}/i.gif' }}"),
    _script("scroll", "addEventListener('scroll', () => {{ new Image().src = 'https://{host}/i.gif' }}, {{once: true}})"),
    _script("leaving-beacon", "addEventListener('pagehide', () => navigator.sendBeacon('https://{host}/b', 'x'))", Channel.BEACON),
    _script("leaving-keepalive", "addEventListener('pagehide', () => fetch('https://{host}/k', {{method: 'POST', body: 'x', mode: 'no-cors', keepalive: true}}))", Channel.BEACON),
    _script("leaving-hidden", "addEventListener('visibilitychange', () => {{ if (document.hidden) navigator.sendBeacon('https://{host}/b', 'x') }})", Channel.BEACON),
    Vector("worker-fetch", Channel.WORKER, worker="fetch('https://{host}/w').catch(() => 0)"),
    Vector("worker-import", Channel.WORKER, worker="importScripts('https://{host}/w.js')"),
    Vector("worker-websocket", Channel.WEBSOCKET, worker="new WebSocket('wss://{host}/')"),
    Vector("shared-worker-fetch", Channel.WORKER, shared_worker="fetch('https://{host}/w').catch(() => 0)"),
    Vector("service-worker-fetch", Channel.WORKER, service_worker="fetch('https://{host}/w').catch(() => 0)"),
    Vector("background-fetch", Channel.BROWSER, script="navigator.serviceWorker.ready.then(r => r.backgroundFetch.fetch('l', 'https://{host}/b')).catch(() => 0)"),
)  # fmt: skip

BROWSER_FILES = (
    Vector("favicon", Channel.FAVICON, head='<link rel="icon" href="https://{host}/favicon.ico">'),
    Vector("manifest", Channel.MANIFEST, head='<link rel="manifest" href="https://{host}/m.webmanifest">'),
    Vector("open-search", Channel.BROWSER, head='<link rel="search" type="application/opensearchdescription+xml" title="S" href="https://{host}/o.xml">'),
    Vector("alt-svc", Channel.QUIC, header=("Alt-Svc", 'h3="{host}"; ma=600')),
)  # fmt: skip

REPORTS = (
    Vector("csp-report-uri", Channel.REPORT, header=("Content-Security-Policy-Report-Only", "object-src 'none'; report-uri https://{host}/r")),
    Vector("csp-report-to", Channel.REPORT, header=("Reporting-Endpoints", 'csp="https://{host}/r"')),
    Vector("deprecation-report", Channel.REPORT, header=("Reporting-Endpoints", 'default="https://{host}/r"')),
    Vector("network-errors", Channel.NEL, header=("Report-To", '{{"group":"nel","max_age":600,"endpoints":[{{"url":"https://{host}/n"}}]}}')),
)  # fmt: skip

AFTER = (
    Vector("pressed-image", Channel.REQUEST, on_press="new Image().src = 'https://{host}/i.gif'", phase=PhaseName.AFTER),
    Vector("ping", Channel.PING, on_press="{{const a = document.createElement('a'); a.href = '#'; a.ping = 'https://{host}/p'; a.click()}}", phase=PhaseName.AFTER),
    Vector("popup", Channel.REQUEST, on_press="open('https://{host}/', '_blank')", phase=PhaseName.AFTER),
    Vector("withdrawn-image", Channel.REQUEST, on_withdrawal="setTimeout(() => {{ new Image().src = 'https://{host}/i.gif' }}, 2500)", phase=PhaseName.WITHDRAWN),
    Vector("remembered", Channel.REQUEST, script="if (localStorage.remembered) new Image().src = 'https://{host}/i.gif'", on_press="localStorage.remembered = 1", phase=PhaseName.RELOADED),
)  # fmt: skip

VECTORS = (*MARKUP, *HINTS, *SCRIPTS, *BROWSER_FILES, *REPORTS, *AFTER)
