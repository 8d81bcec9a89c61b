"""Whether a script is nothing but a loader or a pixel: then it goes whole, otherwise every other part of it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from shariff_py.gate.browser_rules import script_sinks as sinks
from shariff_py.gate.detect.javascript.addresses import names_platform
from shariff_py.gate.detect.javascript.calls import Call, call_at
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.javascript.names import GLOBAL_OBJECTS, NAME, Names, TooManyError, declares
from shariff_py.gate.detect.javascript.syntax import FUNCTIONS, Syntax
from shariff_py.platforms.registry import REGISTRY

if TYPE_CHECKING:
    from tree_sitter import Node

LONGEST_LOADER = 5_000
"""Characters of the longest script that is nothing but loaders, with the calls that configure them."""

PLATFORM_GLOBALS = frozenset(
    name for platform in REGISTRY.values() for g in platform.script_globals for name in (g.name, g.ready) if name
)
"""Global names that platforms' scripts define, or call when they are ready."""

LOADER_CALLS = frozenset(
    {
        "createElement", "createElementNS", "getElementsByTagName", "getElementById", "querySelector", "querySelectorAll", "appendChild",
        "append", "prepend", "insertBefore", "insertAdjacentElement", "setAttribute", "push", "apply", "call", "bind", "slice", "catch", "then",
        "finally", "addEventListener", "attachEvent", "ready", "$", "jQuery", "encodeURIComponent", "escape", "random", "floor", "round",
        "getTime", "now", "toString", "indexOf", "contains", "send", "open", "write", "writeln", "insertAdjacentHTML", "createContextualFragment",
        "html", "attr", "prop", "get", "post", "put", "register", "createObjectURL", "createDataChannel", "createOffer", "setLocalDescription",
        "setTimeout", "requestIdleCallback", "addIceCandidate", "assign", "createTextNode",
    }
)  # fmt: skip
"""Calls that a loader makes besides those that fetch."""
LOADER_CONSTRUCTORS = sinks.FETCHING_CONSTRUCTORS | {"Image", "XMLHttpRequest", "Date", "Blob", "URL", "Promise"}

LOADED_MARKUP = re.compile(
    r"(?:\s*<(?:img|script|iframe|link|embed|object|noscript|style)\b[^<>]*>(?:\s*<\\?/\w+\s*>)?|\s*<\\?/\w+\s*>)*\s*",
    re.IGNORECASE,
)
"""Markup without any text or other elements of the page's own."""

_OTHER_CODE = frozenset({"ERROR", "class_declaration", "class", "export_statement", "debugger_statement"})
_MARKUP_ALONE = re.compile(r"\s*<[a-z/]", re.IGNORECASE)
"""The beginning of markup in place of a script: no engine runs it."""
_ADDRESS = re.compile(
    r"\s*(?:(?:https?:)?//[\w.-]|\.{0,2}/[\w.-]|[\w./-]+\.(?:m?js|css|php|json|html?)(?![\w.]))", re.IGNORECASE
)
"""An address: what a loader loads besides is not the platform's."""
_ROOT = re.compile(r"(?:window\.|self\.|globalThis\.)?([\w$]+)")


def is_only_loader(syntax: Syntax) -> bool:
    """Whether a script that loads something of a platform does nothing else, so that nobody misses it."""
    if len(syntax.code) > LONGEST_LOADER:
        return False
    if is_markup(syntax.code):
        return True
    if syntax.root.has_error:
        return False
    names = Names(syntax)
    try:
        nodes = list(_nodes(syntax.root))
        own = {syntax.text(node) for node in nodes if node.type == "identifier"}
        own = {name for name in own if _is_declared(names, syntax.root, name)}
        return all(_is_loaders(syntax, node, own) for node in nodes) and all(
            _is_used(names, syntax.root, name) for name in own
        )
    except TooManyError:
        return False


def is_markup(code: str) -> bool:
    """Whether markup stands in place of a script."""
    return _MARKUP_ALONE.match(code) is not None


def _nodes(root: Node) -> Iterator[Node]:
    cursor = root.walk()
    while True:
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child() or cursor.goto_next_sibling():
            continue
        while cursor.goto_parent():
            if cursor.goto_next_sibling():
                break
        else:
            return


def _is_declared(names: Names, root: Node, name: str) -> bool:
    """Whether the script declares the name, or gives an element that it makes to it."""
    return any(declares(path) for path in names.occurrences(root, name)) or any(
        given.type in {"call_expression", "new_expression"} for _, given in names.given(root, name)
    )


def _is_used(names: Names, root: Node, name: str) -> bool:
    """Whether a name of the page is used in this script; otherwise it is meant for others."""
    found = names.occurrences(root, name)
    of_page = any(declares(path) and not any(node.type in FUNCTIONS for node in path[:-2]) for path in found)
    return not of_page or any(not declares(path) for path in found)


def _is_loaders(syntax: Syntax, node: Node, own: set[str]) -> bool:
    match node.type:
        case kind if kind in _OTHER_CODE:
            return False
        case "call_expression" | "new_expression":
            return _is_loaders_call(syntax, node, own)
        case "assignment_expression" | "augmented_assignment_expression":
            target = node.child_by_field_name("left")
            return target is not None and _is_loaders_target(syntax, target, own)
        case "string" | "template_string":
            return _is_loaders_text(syntax, node)
    return True


def _is_loaders_text(syntax: Syntax, node: Node) -> bool:
    """Whether a string is no markup of the page's own and no address of another host, unless it configures the platform's script."""
    text = decoded(syntax.text(node)[1:-1])
    if "<" in text:
        return LOADED_MARKUP.fullmatch(text) is not None
    if _ADDRESS.match(text) is None or names_platform(text):
        return True
    calls = [n for n in syntax.path(node.start_byte, node.end_byte) if n.type == "call_expression"]
    return any(_is_on_platform_global(call_at(syntax, call)) for call in calls)


def _is_on_platform_global(call: Call) -> bool:
    root = _ROOT.match(call.full)
    return root is not None and root[1] in PLATFORM_GLOBALS


def _is_loaders_call(syntax: Syntax, node: Node, own: set[str]) -> bool:
    call = call_at(syntax, node)
    if call.constructs:
        return call.name in LOADER_CONSTRUCTORS
    if call.function is None or call.function.type in FUNCTIONS or call.name in LOADER_CALLS | sinks.FETCHING_FUNCTIONS:
        return True
    return _is_on_platform_global(call) or (call.name in own and call.name == call.full)


def _is_loaders_target(syntax: Syntax, target: Node, own: set[str]) -> bool:
    text = syntax.text(target)
    root = NAME.match(text)
    if target.type == "identifier":
        return text in own | PLATFORM_GLOBALS
    holder = target.child_by_field_name("object")
    found = target.child_by_field_name("property") or target.child_by_field_name("index")
    name = syntax.text(found).strip("\"'") if found else ""
    if name in PLATFORM_GLOBALS or name in sinks.MARKUP_PROPERTIES | {"src", "background", "onload"}:
        return True
    if holder is not None and holder.type == "call_expression":
        return True
    return (
        root is not None and root[0] in own | PLATFORM_GLOBALS and syntax.text(holder or target) not in GLOBAL_OBJECTS
    )
