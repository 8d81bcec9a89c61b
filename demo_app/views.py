"""The portal's pages: each view finds its content and hands it to a template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from demo_app import evidence, months
from demo_app.content import EVENTS, LANGUAGES, NEWS, RELEASES, SNIPPETS, TEXTS, Event, News
from demo_app.ics import calendar_file
from demo_app.languages import language_of, weekdays
from demo_app.months import Month
from demo_app.pasted import LONGEST, sanitised
from shariff_py.settings.checks import THEMES
from shariff_py.texts import LANGUAGES as TONGUES
from shariff_py.texts import known

FACEBOOK_PAGE = "https://www.facebook.com/StadtLeinau"
SHOWN = 50
"""Records shown at most in each list of the log; the newest count."""

Entry = TypeVar("Entry", News, Event)


def page(template: str, lang: str, **values: Any) -> str:
    """The template with the words of its language and the addresses of the same page in every language."""
    return render_template(template, lang=lang, t=TEXTS[lang], twins=_twins(), **values)


def start(lang: str) -> str:
    """The public face: a gated page timeline beside what the platform has received."""
    return page(
        "start.html",
        lang,
        facebook_page=FACEBOOK_PAGE,
        news=_newest(lang)[:2],
        upcoming=months.upcoming(EVENTS[lang], _today(), most=4),
        month_of=Month.of,
        **_received(),
    )


def news(lang: str) -> str:
    """All news, newest first."""
    return page("news.html", lang, news=_newest(lang))


def article(lang: str, slug: str) -> str:
    """One news item with its share bar and, where there is one, the gated post about it."""
    return page("article.html", lang, article=_named(NEWS[lang], slug))


def events(lang: str) -> BaseResponse:
    """The calendar begins at today's month."""
    nearest = months.nearest(months.months(EVENTS[lang]), _today())
    return redirect(url_for("month", month=nearest))


def month(lang: str, month: str) -> str:
    """One month of the calendar."""
    available = months.months(EVENTS[lang])
    this = Month.parse(month)
    if this is None or this not in available:
        abort(404)
    place = available.index(this)
    return page(
        "month.html",
        lang,
        month=this,
        before=available[place - 1] if place > 0 else None,
        after=available[place + 1] if place + 1 < len(available) else None,
        days=months.days(this, EVENTS[lang]),
        weekdays=weekdays(lang),
        month_of=Month.of,
    )


def event(lang: str, month: str, slug: str) -> str:
    """One event with its share bar and its calendar file."""
    return page("event.html", lang, event=_event(lang, month, slug), month=Month.parse(month))


def event_file(lang: str, month: str, slug: str) -> Response:
    """One event as an iCalendar file."""
    found = _event(lang, month, slug)
    address = url_for("event", month=month, slug=slug, _external=True)
    response = Response(calendar_file(found, language=lang, address=address), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f"attachment; filename={found.slug}.ics"
    return response


def channels(lang: str) -> str:
    """The one overview of official channels, and which platforms are released."""
    return page("channels.html", lang, releases=RELEASES[lang], facebook_page=FACEBOOK_PAGE)


def rules(lang: str) -> str:
    """The rulebook for staff."""
    return page("rules.html", lang)


def privacy(lang: str) -> str:
    """The privacy page with the notice made by the library."""
    return page("privacy.html", lang)


def widget(lang: str) -> str:
    """The share bar in every theme, and the gate in every language there is."""
    requested = known(request.args.get("lang", lang)) or known(lang)
    return page(
        "widget.html", lang, themes=THEMES, languages=TONGUES.values(), shown=requested, facebook_page=FACEBOOK_PAGE
    )


def pasted(lang: str) -> str | tuple[str, int]:
    """Pasted code as text and, beside it, what the gate makes of it; a reader's own code is sanitised first."""
    code, error, status, shown = "", "", 200, None
    snippets = SNIPPETS[lang] if request.method == "GET" else ()
    if request.method == "POST":
        # A cross-site post would let another website choose what this page shows to its reader.
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            error, status = TEXTS[lang]["pasted"]["foreign_form"], 403
        else:
            code = request.form.get("code", "").replace("\r\n", "\n")
            if len(code) > LONGEST:
                error, status = TEXTS[lang]["pasted"]["too_long"].format(count=len(code)), 413
            else:
                shown = sanitised(code)
    values = {"snippets": snippets, "code": code, "error": error, "shown": shown, "longest": LONGEST}
    return page("pasted.html", lang, **values), status


def log(lang: str) -> str:
    """Both lists to check: what browsers sent to the mock server, and what this server sent."""
    stand_in = current_app.extensions["stand_in"]
    contacts = evidence.contacts(stand_in)
    account = evidence.sent(current_app)
    return page(
        "log.html",
        lang,
        contacts=contacts[: -SHOWN - 1 : -1],
        contacts_total=len(contacts),
        account=account,
        sent=account.entries[: -SHOWN - 1 : -1],
        received=evidence.requests_received(stand_in) if stand_in else None,
    )


def received(lang: str) -> str:
    """The panel of the public face alone, for the script that refreshes it."""
    return page("received.html", lang, **_received())


def error_page(error: HTTPException) -> tuple[str, int]:
    """Any error in the portal's look. The text names what to do, never what broke inside."""
    lang = language_of(request.path)
    code = error.code or InternalServerError.code
    words = TEXTS[lang]["errors"]
    return page("error.html", lang, code=code, words=words.get(str(code), words["other"])), code


def _received() -> dict[str, Any]:
    """What arrived since the page was opened. ``since`` is when the last request before that arrived; the page's own links keep it."""
    stand_in = current_app.extensions["stand_in"]
    contacts = evidence.contacts(stand_in)
    latest = contacts[-1].moment if contacts else 0.0
    since = request.args.get("since", latest, type=float)
    newer = [contact for contact in contacts if contact.moment > since]
    return {"running": stand_in is not None, "contacts": newer, "since": since}


def _twins() -> dict[str, str]:
    """The addresses of this page in every language; of a page that does not exist, the start page's."""
    if request.endpoint is None or request.view_args is None or "lang" not in request.view_args:
        return {lang: url_for("start", lang=lang) for lang in LANGUAGES}
    return {lang: url_for(request.endpoint, **{**request.view_args, "lang": lang}) for lang in LANGUAGES}


def _newest(lang: str) -> list[News]:
    return sorted(NEWS[lang], key=lambda item: item.published, reverse=True)


def _event(lang: str, month: str, slug: str) -> Event:
    found = _named(EVENTS[lang], slug)
    if str(Month.of(found.first_day)) != month:
        abort(404)
    return found


def _named(entries: Sequence[Entry], slug: str) -> Entry:
    found = next((entry for entry in entries if entry.slug == slug), None)
    return found if found is not None else abort(404)


def _today() -> date:
    return datetime.now(UTC).date()
