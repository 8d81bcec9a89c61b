"""``POST csp-report``: a browser's report of what the policy blocked; see `shariff_py.service.reports`. No visitor data is kept."""

from __future__ import annotations

from http import HTTPStatus

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from shariff_py.errors import StoreError, TooManyReports
from shariff_py.service.reports import FORMATS, LARGEST_REPORT
from shariff_py.web.site import Site


def respond(site: Site, request: Request) -> Response:
    """204 for a report that was accepted; otherwise a sentence that says why it was not."""
    # Chromium sends ``Sec-Fetch-Site`` with ``report-uri`` only, ``Origin`` in both ways.
    origin = request.headers.get("Origin")
    is_own = origin is None or site.reports.may_come_from(origin)
    if not is_own or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return _refusal(HTTPStatus.FORBIDDEN, "Reports are accepted from pages of this site only.")
    if request.mimetype not in FORMATS:
        return _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send a report as {' or '.join(sorted(FORMATS))}.")
    try:
        site.reports.take(request.get_data())
    except RequestEntityTooLarge:
        return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A report has at most {LARGEST_REPORT} bytes.")
    except TooManyReports as refused:
        return _refusal(HTTPStatus.TOO_MANY_REQUESTS, str(refused), retry_after=60)
    except ValueError as refused:
        return _refusal(HTTPStatus.BAD_REQUEST, f"This report {refused}")
    except StoreError as error:
        site.warn_once(f"Reports of the policy are not kept: {error}")
        return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, "Reports cannot be kept at the moment.", retry_after=60)
    return Response(status=HTTPStatus.NO_CONTENT)


def _refusal(status: HTTPStatus, sentence: str, *, retry_after: int | None = None) -> Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Response(f"{sentence}\n", status, headers, content_type="text/plain; charset=utf-8")
