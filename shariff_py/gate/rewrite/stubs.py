"""A script of ours in place of a platform's, so that the page's other scripts can go on calling it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.handles import Element
from shariff_py.gate.rewrite.placement import TOKEN_SEPARATOR
from shariff_py.platforms.record import Platform
from shariff_py.response_policy.integrity import file_address, integrity_attributes

STUB_FILE = "shariff-stubs.min.js"
_ATTRIBUTES = r'(?: [a-z]+="[^"<>]*")*'
STUB = re.compile(
    rf'(?P<before><script src="[^"<>]*/{re.escape(STUB_FILE)}(?:\?[^"<>]*)?"{_ATTRIBUTES} data-of=")'
    rf'(?P<of>[^"<>]*)(?P<after>"{_ATTRIBUTES}></script>)'
)


def stub_for(context: RewriteContext, platform: Platform | None, source: str, nonce: str = "") -> str:
    """What is put in place of a script of a platform: a script that defines the same global names, those of that platform, or only a separator.

    ``source`` is the script's address or, of an inline script, its text: what loads only a picture defines nothing. ``nonce`` is the
    script's. Nested documents get none.
    """
    if platform is None or context.depth or not any(g.defined_by.search(source) for g in platform.script_globals):
        return TOKEN_SEPARATOR
    checked = integrity_attributes(STUB_FILE) if _is_checked(context) else ""
    allowed = f' nonce="{html.escape(nonce)}"' if nonce else ""
    return f'{_start(context)}{checked} data-of="{platform.name}"{allowed}></script>'


def instead_of(
    context: RewriteContext, element: Element, platform: Platform | None, url: str, attributes: Mapping[str, str]
) -> str:
    """What is put in place of an element that goes: for a script, what the page's other scripts may call."""
    return stub_for(context, platform, url, attributes.get("nonce", "")) if element.tag == "script" else TOKEN_SEPARATOR


def is_stub(page: str, place: int, context: RewriteContext) -> bool:
    """Whether the tag at a place of a page is that of such a script, which runs nothing but ours wherever it stands."""
    return page.startswith(_start(context), place) and STUB.match(page, place) is not None


def _start(context: RewriteContext) -> str:
    settings = context.settings
    own = f"{settings.frame.prefix}/static/{STUB_FILE}"
    address = file_address(settings, STUB_FILE) if _is_checked(context) else own
    return f'<script src="{html.escape(address)}"'


def _is_checked(context: RewriteContext) -> bool:
    return context.info.integrity and context.settings.headers.integrity


def with_one_stub(page: str, context: RewriteContext) -> str:
    """The page with the first of its stubs, which is for all of them; none of what an earlier piece of the page has."""
    if STUB_FILE not in page:
        return page
    named = dict.fromkeys(name for found in STUB.finditer(page) for name in found["of"].split())
    new = [name for name in named if name not in context.stubbed]
    context.stubbed |= named.keys()
    found = STUB.search(page) if new else None
    if found is None:
        return STUB.sub(TOKEN_SEPARATOR, page)
    stub = f"{found['before']}{' '.join(new)}{found['after']}"
    return page[: found.start()] + stub + STUB.sub(TOKEN_SEPARATOR, page[found.end() :])
