"""A value that contains a platform's address, on its way through a script: what stands before the address, and what that makes of it."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from shariff_py.gate.browser_rules.script_sinks import FETCHING_CODE, FETCHING_MARKUP
from shariff_py.gate.detect.javascript.addresses import Address
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.javascript.syntax import Syntax

if TYPE_CHECKING:
    from tree_sitter import Node

UNKNOWN = "\ufffc"
"""Stands for text that is only known when the script runs."""

LONGEST_PREFIX = 600
"""Characters before an address that are looked at."""

MAX_OPERANDS = 40
"""Strings added to each other that are looked at."""

_FILLED_IN = rf"[^/?#@\s\"'=]{{0,60}}[.{UNKNOWN}]"
"""The beginning of a host that is filled in when the script runs, as map libraries do with ``{s}.``."""
_URL_START = re.compile(
    rf"\s*(?:{UNKNOWN}*(?:https?|wss?)?:[/\\]{{2,}}|{UNKNOWN}*(?:/{{2,}}|\\{{2,}})|{UNKNOWN}+|https?:)(?:[^/@\s]{{1,60}}@|{_FILLED_IN})?",
    re.IGNORECASE,
)
_URL_TAIL = re.compile(
    rf"(?:(?:(?:https?|wss?):|{UNKNOWN}:?)?[/\\]{{2}}|{UNKNOWN})(?:[^/@\s\"'=]{{1,60}}@|{_FILLED_IN})?\Z", re.IGNORECASE
)
_OTHER_URL = re.compile(
    r"\s*(?:(?:(?:https?|wss?):)?//[^/\\?#\s]+[/?#]|/(?![/\\])|\.{1,2}/|[?#])[^\s\"'`<>(){}]*\Z", re.IGNORECASE
)
"""A URL of another host up to a part of it that is an address itself."""
_PEER = re.compile(r"\b(?:stun|turn)s?:(?://)?\Z", re.IGNORECASE)


class Kind(Enum):
    """What a text with an address in it is: the address itself, a host alone, markup or CSS or code that fetches it, or anything else."""

    URL = "URL"
    HOST = "host"
    MARKUP = "markup"
    CODE = "code"
    PEER = "peer"
    TEXT = "text"


class Value(NamedTuple):
    """A text with an address in it: the address, and what stands before it in the text."""

    address: Address
    prefix: str

    @property
    def kind(self) -> Kind:
        """What the text is, as far as the part before the address shows."""
        prefix = self.prefix
        if not prefix.strip():
            return Kind.HOST
        if _URL_START.fullmatch(prefix):
            return Kind.URL
        if _PEER.search(prefix):
            return Kind.PEER
        before = _URL_TAIL.sub("", prefix)
        if FETCHING_MARKUP.search(before):
            return Kind.MARKUP
        return Kind.CODE if FETCHING_CODE.search(before) else Kind.TEXT

    @property
    def is_parameter(self) -> bool:
        """Whether the address is a part of another URL, which names it and does not lead to it."""
        return _OTHER_URL.match(_URL_TAIL.sub("", self.prefix)) is not None

    @property
    def percent_decoded(self) -> Value:
        """The value once what is percent-encoded in it is resolved."""
        return self._replace(prefix=unquote(self.prefix))

    def behind(self, text: str) -> Value:
        """The value of a text that goes on with this one."""
        return (
            self if len(self.prefix) >= LONGEST_PREFIX else self._replace(prefix=(text + self.prefix)[-LONGEST_PREFIX:])
        )


def value_in(syntax: Syntax, node: Node, address: Address) -> Value:
    """The value of the string or template that an address stands in."""
    inside = syntax.code[max(node.start_byte + 1, address.start - LONGEST_PREFIX) : address.start]
    if node.type == "template_string":
        inside = _without_substitutions(syntax, node, address.start)
    return Value(address, decoded(inside)[-LONGEST_PREFIX:])


def tail(syntax: Syntax, node: Node, depth: int = 0) -> str:
    """The end of what an expression is at run time, as far as it is constant."""
    pieces: list[str] = []
    for _ in range(MAX_OPERANDS if depth < MAX_OPERANDS else 0):
        if node.type == "parenthesized_expression" and node.named_children:
            node = node.named_children[0]
        elif node.type == "string":
            return "".join([decoded(syntax.text(node)[1:-1])[-LONGEST_PREFIX:], *reversed(pieces)])
        elif node.type == "template_string":
            return "".join([_without_substitutions(syntax, node, node.end_byte - 1), *reversed(pieces)])
        elif node.type == "binary_expression" and (right := node.child_by_field_name("right")) is not None:
            left = node.child_by_field_name("left")
            end = tail(syntax, right, depth + 1)
            pieces.append(end)
            if left is None or end.startswith(UNKNOWN) or len(end) >= LONGEST_PREFIX:
                break
            node = left
        else:
            pieces.append(UNKNOWN)
            break
    return "".join(reversed(pieces)) or UNKNOWN


def before_substitution(syntax: Syntax, template: Node, position: int) -> str:
    """What stands in a template before the substitution that begins at ``position``."""
    return _without_substitutions(syntax, template, position)


def _without_substitutions(syntax: Syntax, template: Node, end: int) -> str:
    pieces, position = [], template.start_byte + 1
    for child in template.named_children:
        if child.type == "template_substitution" and child.start_byte < end:
            pieces += [decoded(syntax.code[position : child.start_byte]), UNKNOWN]
            position = child.end_byte
    return "".join([*pieces, decoded(syntax.code[position:end])])[-LONGEST_PREFIX:]
