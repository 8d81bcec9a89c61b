"""CSS without the URLs that lead to a platform, style sheets inside ``data:`` imports included."""

from __future__ import annotations

from collections.abc import Sequence

from shariff_py.gate.browser_rules.character_references import ResolvedText
from shariff_py.gate.browser_rules.css_urls import refused_urls, with_invalid_urls, without_urls
from shariff_py.gate.browser_rules.data_urls import embedded_resource
from shariff_py.gate.detect.prefilter import is_clean, may_name_domain
from shariff_py.gate.detect.url_owner import platform_at
from shariff_py.platforms.record import Platform

MAX_NESTED_SHEETS = 5
"""Style sheets within style sheets, each in the URL of an import, that are examined. Real pages have fewer; deeper ones are refused."""


def without_platform_urls(css: str, base: str, allow: Sequence[str] = ()) -> tuple[str, Platform | None]:
    """CSS without the URLs that lead to a platform, and that platform; the same string and ``None`` where there is none.

    An import with its sheet in the URL is refused too where it is uncertain what a browser reads in it; then the string differs and
    the platform is ``None``. ``base`` is the URL that relative ones refer to; URLs on the hosts that ``allow`` names stay.
    """
    if not may_name_domain(css):
        # Most style sheets: reading their tokens costs hundreds of times as much.
        return css, None
    platforms: list[Platform] = []
    changed = without_urls(css, lambda url: _is_refused(url, base, allow, platforms, MAX_NESTED_SHEETS))
    return (css, None) if changed is None else (changed, platforms[0] if platforms else None)


def without_platform_urls_anywhere(css: str, base: str, allow: Sequence[str] = ()) -> tuple[str, Platform | None]:
    """The same for the text of a ``style`` element, whether or not it is inside foreign content, where references are resolved."""
    cleaned, platform = without_platform_urls(css, base, allow)
    if "&" not in cleaned:
        return cleaned, platform
    resolved = ResolvedText(cleaned)
    if not may_name_domain(resolved.text):
        return cleaned, platform
    platforms: list[Platform] = []
    spans = refused_urls(resolved.text, lambda url: _is_refused(url, base, allow, platforms, MAX_NESTED_SHEETS))
    cleaned = with_invalid_urls(cleaned, [resolved.in_source(*span) for span in spans if span[0] < span[1]])
    return cleaned, platform or (platforms[0] if platforms else None)


def _is_refused(url: str, base: str, allow: Sequence[str], platforms: list[Platform], depth_left: int) -> bool:
    platform = platform_at(url, base, allow)
    if platform is not None:
        platforms.append(platform)
        return True
    sheet = embedded_resource(url)
    if not sheet.media_type.startswith("text/") or is_clean(f"{url}>"):
        return False
    harmless = depth_left and (
        without_urls(sheet.text, lambda inner: _is_refused(inner, base, allow, platforms, depth_left - 1)) is None
    )
    return not harmless or (sheet.media_type == "text/css" and not sheet.unambiguous)
