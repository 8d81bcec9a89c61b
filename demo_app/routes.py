"""The portal's addresses: every page once, with its path in each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request
from werkzeug.wrappers import Response

from demo_app import views
from demo_app.languages import language_of


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the view that makes it, which also names it, and its paths."""

    view: Callable[..., str | Response | tuple[str, int]]
    paths: dict[str, str]
    methods: tuple[str, ...] = ("GET",)

    @property
    def name(self) -> str:
        """Its endpoint."""
        return self.view.__name__


PAGES = (
    Page(views.start, {"de": "/", "en": "/en/"}),
    Page(views.news, {"de": "/aktuelles", "en": "/en/news"}),
    Page(views.article, {"de": "/aktuelles/<slug>", "en": "/en/news/<slug>"}),
    Page(views.events, {"de": "/veranstaltungen", "en": "/en/events"}),
    Page(views.month, {"de": "/veranstaltungen/<month>", "en": "/en/events/<month>"}),
    Page(views.event, {"de": "/veranstaltungen/<month>/<slug>", "en": "/en/events/<month>/<slug>"}),
    Page(views.event_file, {"de": "/veranstaltungen/<month>/<slug>.ics", "en": "/en/events/<month>/<slug>.ics"}),
    Page(views.channels, {"de": "/kanaele", "en": "/en/channels"}),
    Page(views.rules, {"de": "/regeln-fuer-mitarbeitende", "en": "/en/rules-for-staff"}),
    Page(views.pasted, {"de": "/eingefuegter-code", "en": "/en/pasted-code"}, ("GET", "POST")),
    Page(views.widget, {"de": "/aussehen", "en": "/en/looks"}),
    Page(views.log, {"de": "/protokoll", "en": "/en/log"}),
    Page(views.received, {"de": "/protokoll/erhalten", "en": "/en/log/received"}),
    Page(views.privacy, {"de": "/datenschutz", "en": "/en/privacy"}),
)
NAMES = frozenset(page.name for page in PAGES)


def register(app: Flask) -> None:
    """Give the application its addresses. An address made without a language keeps the language of the page it is on."""
    for page in PAGES:
        for lang, path in page.paths.items():
            app.add_url_rule(path, page.name, page.view, defaults={"lang": lang}, methods=page.methods)

    @app.url_defaults
    def same_language(endpoint: str, values: dict[str, object]) -> None:
        if endpoint in NAMES:
            values.setdefault("lang", language_of(request.path))
