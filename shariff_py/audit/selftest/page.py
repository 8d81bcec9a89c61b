"""The self-test's page, built from the vectors. Pure: a port in, documents out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shariff_py.audit.selftest.vectors import VECTORS, Vector

SCRIPT, HTML = "text/javascript; charset=utf-8", "text/html; charset=utf-8"

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Known to leak</title>
{head}
<script type="speculationrules">{{"prerender": [{{"urls": ["/prerendered"], "eagerness": "immediate"}}]}}</script>
</head><body>
<h1>Known to leak</h1>
<p>This page contacts one made-up host for every way of leaking that the self-test knows.</p>
<button id="accept">Accept</button> <button id="withdraw" hidden>Withdraw</button> <button id="hovered">Hover</button>
<object data="/refused" type="text/html"></object>
{body}
<script>
{script}
{{const x = new XMLHttpRequest(); x.open('GET', '/refused', false); try {{ x.send() }} catch (e) {{}}}}
new Worker('/worker.js');
new SharedWorker('/shared-worker.js');
navigator.serviceWorker.register('/service-worker.js');
document.querySelector('#accept').onclick = () => {{
  document.querySelector('#accept').hidden = true;
  document.querySelector('#withdraw').hidden = false;
  {on_press}
}};
document.querySelector('#withdraw').onclick = () => {{
  document.querySelector('#withdraw').hidden = true;
  {on_withdrawal}
}};
</script></body></html>"""

FIXED_HEADERS = (
    ("Content-Security-Policy-Report-Only", "object-src 'none'; report-to csp"),
    ("NEL", '{"report_to":"nel","max_age":600,"success_fraction":1,"failure_fraction":1}'),
)
"""What the vectors among the headers need beside them."""


@dataclass(frozen=True, slots=True)
class Document:
    """One response of the self-test's site: ``hints`` go before it as Early Hints (RFC 8297)."""

    content_type: str
    body: str
    headers: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()


def documents(port: int, vectors: tuple[Vector, ...] = VECTORS) -> Mapping[str, Document]:
    """The site's documents by path. ``port`` is where the recorder stands in for every leaking host."""

    def all_of(field: str, joined: str = "\n") -> str:
        return joined.join(
            _filled(getattr(vector, field), vector, port) for vector in vectors if getattr(vector, field)
        )

    def scripts(field: str) -> str:
        return "\n".join(
            f"try {{ {_filled(getattr(vector, field), vector, port)} }} catch (e) {{}}"
            for vector in vectors
            if getattr(vector, field)
        )

    page = PAGE.format(
        head=all_of("head"),
        body=all_of("body"),
        script=scripts("script"),
        on_press=scripts("on_press"),
        on_withdrawal=scripts("on_withdrawal"),
    )
    headers: dict[str, list[str]] = {}
    for vector in vectors:
        if vector.header:
            headers.setdefault(vector.header[0], []).append(_filled(vector.header[1], vector, port))
    service_worker = f"oninstall = () => {{ skipWaiting(); {scripts('service_worker')} }};\nonactivate = e => e.waitUntil(clients.claim());"
    return {
        "/": Document(
            HTML,
            page,
            (*((name, ", ".join(values)) for name, values in headers.items()), *FIXED_HEADERS),
            tuple(_filled(vector.hints, vector, port) for vector in vectors if vector.hints),
        ),
        "/prerendered": Document(HTML, f"<!doctype html><title>Prerendered</title>{all_of('prerendered')}"),
        "/worker.js": Document(SCRIPT, scripts("worker")),
        "/shared-worker.js": Document(SCRIPT, f"onconnect = () => 0;\n{scripts('shared_worker')}"),
        "/service-worker.js": Document(SCRIPT, service_worker),
    }


def _filled(text: str, vector: Vector, port: int) -> str:
    return text.format(host=f"{vector.host}:{port}", name=vector.host, port=port)
