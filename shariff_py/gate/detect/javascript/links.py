"""What a visitor follows, and what is fetched in the page: ``href`` of the elements that a script makes, locations, windows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules import script_sinks as sinks
from shariff_py.gate.browser_rules.loading_attributes import link_fetches_nothing
from shariff_py.gate.detect.javascript.calls import Call, Use
from shariff_py.gate.detect.javascript.names import NAME, Path
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax
from shariff_py.gate.detect.javascript.values import Value

if TYPE_CHECKING:
    from tree_sitter import Node

_MADE = r"createElement(?:NS)?\s*\([^()]{0,80}[\"'](?:link|base|image|use|feImage|script)[\"']"
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
    stated = re.search(rf"{name}(?:\.rel\s*=|\.setAttribute\(\s*[\"']rel[\"']\s*,)\s*[\"']([\w\s-]+)[\"']", code)
    if stated and link_fetches_nothing(stated[1]):
        return Use.MENTIONED
    made = rf"{name}\s*=(?!=)\s*(?:[^;=]{{0,60}}?){_MADE}|{name}(?:\.rel\s*=|\.setAttribute\([\"']rel)"
    return Use.LOADED if re.search(made, code) else Use.MENTIONED


def location_use(target: str, value: Value) -> Use | None:
    """The value is given to ``target``, a location or a property of one: fetched in the page where that is a frame's. A window that the script
    has opened looks the same, but no platform's frame is shown there. ``None`` where ``target`` is no location.
    """
    holder, _, name = target.rpartition(".")
    if name != sinks.LOCATION:
        holder, _, name = holder.rpartition(".")
    if name != sinks.LOCATION:
        return None
    is_frames = sinks.FRAMES_WINDOW.fullmatch(holder) or (
        value.address.is_frame and holder and holder not in sinks.VISITORS_WINDOWS
    )
    return Use.LOADED if is_frames and not value.is_parameter else Use.MENTIONED


def window_use(syntax: Syntax, call: Call, index: int, value: Value) -> Use | None:
    """What a call that opens a window, or changes the location of one, does with its argument; ``None`` for other calls.

    A window with a name and without features may be a frame of the page.
    """
    if call.name in sinks.NAVIGATING_METHODS and call.receiver is not None and not index:
        return location_use(syntax.text(call.receiver), value)
    if call.name != "open" or index or not value.address.is_frame or len(call.arguments) != 2:
        return None
    return None if syntax.text(call.arguments[1])[1:2] in {"_", ""} else Use.LOADED
