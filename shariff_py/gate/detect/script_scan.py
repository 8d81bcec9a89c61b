"""Which platform a script, or JSON in a script element, fetches something from, as far as its text shows."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from turbohtml import unescape

from shariff_py.gate.detect.javascript.addresses import addresses
from shariff_py.gate.detect.javascript.judgement import judged
from shariff_py.gate.detect.url_owner import resolve_leniently
from shariff_py.platforms.allowed_hosts import held_platform_of
from shariff_py.platforms.record import Platform
from shariff_py.urls import NOWHERE

URL_LIST_KEY = re.compile(
    r'"(?:imports|scopes|integrity|prefetch|prefetch_with_subresources|prerender|prerender_until_script)"|\\u'
)
"""Top-level keys of an import map or of speculation rules, literally or possibly in escapes."""

JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""A string in JSON (RFC 8259); an unclosed one extends to the end, so that nothing is read twice."""


def platform_loaded_by(
    code: str, *, allow: Sequence[str] = (), policy_enforced: bool = False, value_is_document: bool = False
) -> Platform | None:
    """The platform that a script contacts, as far as its text shows; under an enforced policy of ours, that must not stay there.

    With ``value_is_document`` it is the script of a ``javascript:`` URL. The hosts that ``allow`` names do not count.
    """
    judgement = judged(code, value_is_document=value_is_document, allow=allow)
    return judgement.platform if judgement.to_exchange(policy_enforced=policy_enforced) else None


def platform_named(text: str) -> Platform | None:
    """The first platform whose host stands in a text."""
    return next((address.platform for address in addresses(text)), None)


def platform_in_url_list(text: str, allow: Sequence[str] = ()) -> Platform | None:
    """The platform that any URL in an import map or in speculation rules leads to, on no host that ``allow`` names. Every string in the JSON
    counts."""
    for found in JSON_STRING.finditer(text):
        try:
            url = json.loads(found[0], strict=False)
        except ValueError:
            url = found[0][1:-1]
        # In an import map a URL with a scheme is parsed without a base, so that fewer slashes than two suffice (WHATWG HTML 8.1.6.2).
        parts = resolve_leniently(url) or resolve_leniently(url, NOWHERE)
        if parts is not None and (platform := held_platform_of(parts, allow)) is not None:
            return platform
    return None


def loads_platform(text: str) -> bool:
    """Whether a text would load something from a platform, or keep embed code, if it were the content of a script element of any type, inside foreign content
    (where character references are resolved in it) or outside."""
    readings = (text, unescape(text)) if "&" in text else (text,)
    judgements = [judged(reading) for reading in readings]
    if any(judgement.platform or judgement.keeps for judgement in judgements):
        return True
    return URL_LIST_KEY.search(text) is not None and platform_in_url_list(text) is not None
