"""The gate frame over HTTP: only a click on a page of the site gets content; any other request gets a text, never a platform's frame."""

from __future__ import annotations

import logging
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from shariff_py.consent_ui import frame as frames
from shariff_py.errors import EmbedRefused, EmbedTokenRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from shariff_py.urls import parse
from shariff_py.web.site import Site

log = logging.getLogger("shariff_py")

MAX_FORM_BYTES = 16_384
"""Bytes a form may post. An embed token has a few hundred."""


def opened(site: Site, request: Request) -> Response:
    """``POST frame``: the document with the content, or one that says it cannot be loaded. Raises `RequestEntityTooLarge`."""
    settings = site.mounted(request.root_path)
    words = site.language(request.form.get("lang"))
    try:
        _check_sender(site, request)
        embed = frames.load_embed_token(request.form.get("embed", ""), site.settings)
        if site.settings.unavailable_reason(embed) is not None:
            raise EmbedTokenRefused(f"{embed.record.title} is not released.")
    except EmbedTokenRefused as refused:
        log.warning("The gate frame shows no content: %s", refused)
        return _document(frames.refused_document(settings, words))
    login = bool(request.form.get("login"))
    return _document(
        frames.frame_document(settings, words, embed, login=login, site=_page_host(site.settings, request))
    )


def opened_isolated(site: Site, request: Request) -> Response:
    """``POST frame`` on the isolated host: the document in which a script shows content, or one that says it cannot be loaded."""
    settings = site.mounted(request.root_path)
    words = site.language(request.form.get("lang"))
    try:
        _check_sender(site, request, from_site="cross-site")
        embed = frames.load_embed_token(request.form.get("embed", ""), site.settings)
    except EmbedTokenRefused as refused:
        log.warning("The gate frame shows no content: %s", refused)
        return _document(frames.refused_document(settings, words, isolated=True))
    return _document(frames.isolated_document(settings, words, embed))


def restored_isolated(site: Site, request: Request) -> Response:
    """``GET frame`` on the isolated host: a sentence, never content."""
    return _only_post(frames.removed_document(site.mounted(request.root_path), site.language(), isolated=True))


def removed_isolated(site: Site, request: Request) -> Response:
    """``GET frame/removed`` on the isolated host: the browser forgets what was stored there."""
    words = site.language(request.args.get("lang"))
    return _document(frames.removed_document(site.mounted(request.root_path), words, isolated=True))


def restored(site: Site, request: Request) -> Response:
    """``GET frame``: what a browser gets that restores a frame by its address, as after a restart. A sentence, never content."""
    return _only_post(frames.removed_document(site.mounted(request.root_path), site.language()))


def removed(site: Site, request: Request) -> Response:
    """``GET frame/removed``: what the frame shows once its content was removed without script."""
    words = site.language(request.args.get("lang"))
    return _document(frames.removed_document(site.mounted(request.root_path), words))


def closed(site: Site, request: Request) -> Response:
    """``GET frame/closed?embed=``: what a frame shows that a script of the page makes of an address in its data. Never content."""
    settings = site.mounted(request.root_path)
    words = site.language(request.args.get("lang"))
    try:
        return _document(frames.closed_document(settings, words, recognise(request.args.get("embed", ""))))
    except EmbedRefused:
        return _document(frames.refused_document(settings, words, status=404))


def _page_host(settings: Settings, request: Request) -> str:
    """The host of the page around the frame, which has the same: the requested one where the settings, or this machine, confirm it, else that of
    ``site.origin``.
    """
    here = parse(request.host_url)
    if here is not None and settings.owns(here.host):
        return here.host
    known = parse(settings.page_origin(request.host_url.rstrip("/")))
    return known.host if known is not None else ""


def _check_sender(site: Site, request: Request, *, from_site: str = "same-origin") -> None:
    """Refuse a request from another site, or for a whole window: only a frame of the site's own page shows content.

    Browsers say so in ``Sec-Fetch-*`` on https, and in ``Origin`` everywhere (``null`` from pages that send no referrer). ``from_site`` is
    what the page is to the host that is asked: to the isolated one another site, whose pages the document's policy names.
    """
    if request.headers.get("Sec-Fetch-Site", from_site) != from_site:
        raise EmbedTokenRefused("the request came from another site.")
    if request.headers.get("Sec-Fetch-Dest", "iframe") != "iframe":
        raise EmbedTokenRefused("the request did not come from a frame.")
    origin = request.headers.get("Origin", "null")
    own = request.host_url.rstrip("/") if from_site == "same-origin" else _own_page(site, origin)
    if origin not in {"null", own, site.settings.site.origin}:
        raise EmbedTokenRefused("the request came from another origin.")


def _own_page(site: Site, origin: str) -> str:
    """The origin again, if it is one of the site's pages."""
    page = parse(origin)
    return origin if page is not None and site.settings.owns_page(page) else ""


def _only_post(document: frames.FrameDocument) -> Response:
    response = _document(document)
    response.status_code = HTTPStatus.METHOD_NOT_ALLOWED
    response.headers["Allow"] = "POST"
    return response


def _document(document: frames.FrameDocument) -> Response:
    return Response(document.html, document.status, document.headers, content_type="text/html; charset=utf-8")
