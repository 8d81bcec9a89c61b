"""Import maps: the addresses in one that lead to a platform become inert, so that the page's other modules are found as before."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from shariff_py.errors import UNREADABLE
from shariff_py.gate.detect.javascript.addresses import addresses
from shariff_py.gate.detect.javascript.judgement import exchanged
from shariff_py.gate.detect.script_scan import JSON_STRING, platform_in_url_list

PARTS = frozenset({"imports", "scopes", "integrity"})
"""Keys of an import map (WHATWG HTML 8.1.6.2). Only values are fetched; what is mapped is not."""

_KEY_END = re.compile(r"\s*+:")


def inert_import_map(text: str, allow: Sequence[str] = ()) -> str | None:
    """The map without platforms' addresses, those on the hosts that ``allow`` names excepted; ``None`` where it is none, where nothing else is in it, or where one cannot be exchanged."""
    try:
        parsed = json.loads(text)
    except UNREADABLE:
        return None
    if not isinstance(parsed, dict) or not parsed.keys() <= PARTS:
        return None
    pieces: list[str] = []
    position, has_others = 0, False
    for found in JSON_STRING.finditer(text):
        if _KEY_END.match(text, found.end()):
            continue
        if platform_in_url_list(found[0], allow) is None:
            has_others = True
            continue
        changed = exchanged(found[0], addresses(found[0]))
        if platform_in_url_list(changed, allow) is not None:
            changed = _plainly(found[0])
        if platform_in_url_list(changed, allow) is not None:
            return None
        pieces += [text[position : found.start()], changed]
        position = found.end()
    return "".join([*pieces, text[position:]]) if has_others and pieces else None


def _plainly(string: str) -> str:
    """The same for a string in which letters are written as their numbers. No tag may begin in it."""
    plain = json.loads(string, strict=False)
    return json.dumps(exchanged(plain, addresses(plain))).replace("<", "\\u003c")
