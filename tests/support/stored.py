"""What the tests of stores share: embed code, and what the gate makes of a page on a site that asks for it."""

from __future__ import annotations

import base64
import html

from shariff_py.gate import Gated, gate_html
from shariff_py.gate.detect.javascript.literals import literal_at
from shariff_py.gate.detect.javascript.syntax import Syntax
from shariff_py.settings import Settings
from support.golden import CONFIGURATION

ADDRESS = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1&width=500"
FRAME = f'<iframe src="{html.escape(ADDRESS)}"></iframe>'
WIDGET = '<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"></div>'
POST = "https://www.facebook.com/leinau/posts/1"

GATING = Settings.from_mapping({**CONFIGURATION, "gate": {"stores": "gate"}})
"""A site that asks for its stores to be gated."""


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def gated_in_stores(document: str) -> Gated:
    return gate_html(document, GATING)


def strings_of(code: str) -> list[str]:
    """What the strings of a script say, and its templates without substitutions, in document order."""
    pending, found = [Syntax(code).root], []
    while pending:
        node = pending.pop()
        if node.type in {"string", "template_string"}:
            found.append(literal_at(code, node.start_byte, node.end_byte))
        pending += reversed(node.children)
    return [literal.value for literal in found if literal is not None]
