"""Plain text that people wrote, as HTML: escaped, with its web addresses made into links.

Bleach finds the addresses. It has had no security fixes since June 2026, so its output always passes nh3.
"""

from __future__ import annotations

from markupsafe import Markup, escape

ALLOWED_TAGS = {"a"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https"}
REL = "noopener noreferrer"


def linked(text: str) -> Markup:
    """``text`` escaped, its http and https addresses as links that disclose nothing about this page."""
    # Bleach takes longer to load than the rest of the library together, and few pages need it.
    import bleach
    import nh3

    with_links = bleach.linkify(str(escape(text)), parse_email=False)
    safe = nh3.clean(with_links, tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)
    return Markup(safe)  # noqa: S704 - escaped above, and sanitised after linking
