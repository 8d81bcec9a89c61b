"""Elements that a script makes: which of them fetch what their ``href`` names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shariff_py.gate.detect.javascript.calls import Use
from shariff_py.gate.detect.javascript.names import NAME, Path
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax

if TYPE_CHECKING:
    from tree_sitter import Node

_MADE = r"createElement(?:NS)?\s*\([^()]{0,80}[\"'](?:link|image|use|feImage|script)[\"']"
_MAKES_LINK = re.compile(rf"[\s\S]{{0,200}}?{_MADE}")
LONGEST_FUNCTION = 20_000
"""Characters of the function around, in which an element's making is looked for."""


def link_use(syntax: Syntax, path: Path, element: Node | None) -> Use:
    """``href`` of an element: fetched where it is a ``link`` or a part of a picture, followed by hand elsewhere."""
    text = syntax.text(element) if element is not None else ""
    if not NAME.fullmatch(text):
        return Use.LOADED if _MAKES_LINK.match(text) else Use.MENTIONED
    function = next((node for node in reversed(path[:-1]) if node.type in FUNCTIONS), path[0])
    code = syntax.text(function)[:LONGEST_FUNCTION]
    name = rf"(?<![\w$.]){re.escape(text)}"
    made = rf"{name}\s*=(?!=)\s*(?:[^;=]{{0,60}}?){_MADE}|{name}(?:\.rel\s*=|\.setAttribute\([\"']rel)"
    return Use.LOADED if re.search(made, code) else Use.MENTIONED
