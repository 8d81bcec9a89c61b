"""``GET previews/NAME.webp``: a picture that is kept of content, while it may be shown."""

from __future__ import annotations

import re

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from shariff_py.previews import FOLDER
from shariff_py.web.site import Site

NAME = re.compile(r"([0-9a-f]{32})\.webp")


def respond(site: Site, request: Request) -> Response:
    """The picture. Raises `NotFound` where there is none."""
    found = NAME.fullmatch(request.path.removeprefix(f"{site.settings.frame.prefix}/{FOLDER}"))
    picture = site.previews.picture(found[1]) if found else None
    if picture is None:
        raise NotFound
    response = Response(picture, content_type="image/webp")
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Caches ask each time: what may be shown no longer, or was removed, is shown from none of them.
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
