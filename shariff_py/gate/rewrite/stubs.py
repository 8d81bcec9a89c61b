"""A script of ours in place of a platform's, so that the page's other scripts can go on calling it."""

from __future__ import annotations

import html
import re

from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.replacements import TOKEN_SEPARATOR
from shariff_py.platforms.record import Platform
from shariff_py.response_policy.integrity import file_address, integrity_attributes

STUB_FILE = "shariff-stubs.min.js"
STUB = re.compile(rf'<script src="[^"<>]*/{re.escape(STUB_FILE)}(?:\?[^"<>]*)?"(?: [a-z]+="[^"<>]*")*></script>')


def stub_for(context: RewriteContext, platform: Platform | None, source: str, nonce: str = "") -> str:
    """What is put in place of a script of a platform: a script that defines the same global names, or only a separator.

    ``source`` is the script's address or, of an inline script, its text: what loads only a picture defines nothing. ``nonce`` is the
    script's. Nested documents get none.
    """
    if platform is None or context.depth or not any(g.defined_by.search(source) for g in platform.script_globals):
        return TOKEN_SEPARATOR
    settings = context.settings
    address = f"{settings.frame.prefix}/static/{STUB_FILE}"
    checked = ""
    if context.integrity and settings.headers.integrity:
        address = file_address(settings, STUB_FILE)
        checked = integrity_attributes(STUB_FILE)
    allowed = f' nonce="{html.escape(nonce)}"' if nonce else ""
    return f'<script src="{html.escape(address)}"{checked}{allowed}></script>'


def with_one_stub(page: str, context: RewriteContext) -> str:
    """The page with the first of its stubs; the others would define the same names again."""
    if STUB_FILE not in page:
        return page
    found = None if context.has_stub else STUB.search(page)
    kept = found.end() if found else 0
    context.has_stub = context.has_stub or found is not None
    return page[:kept] + STUB.sub(TOKEN_SEPARATOR, page[kept:])
