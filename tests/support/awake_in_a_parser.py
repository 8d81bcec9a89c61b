"""Which payloads would run, as html5lib builds the page: a parser of its own, which reads ``select`` and ``template`` as before 2013."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib

NUMBER = re.compile(r"top\.E\((\d+)\)")
SCRIPT_NAMESPACES = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}")


def awake(html: str) -> dict[str, set[int]]:
    """The numbers of the payloads that are code, in a document and in a fragment, with script and without."""
    return {
        f"{'document' if whole else 'fragment'}, scripting {scripting}": set(_numbers(_tree(html, whole, scripting)))
        for whole in (True, False)
        for scripting in (True, False)
    }


def _tree(html: str, whole: bool, scripting: bool) -> Any:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    return parser.parse(html, scripting=scripting) if whole else parser.parseFragment(html, scripting=scripting)


def _numbers(tree: Any) -> Iterator[int]:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        namespace, brace, tag = element.tag.rpartition("}")
        if tag.lower() == "script" and namespace + brace in SCRIPT_NAMESPACES and element.get("type") != "x":
            yield from map(int, NUMBER.findall("".join(element.itertext())))
        for name, value in element.attrib.items():
            if str(name).startswith("on") or "javascript:" in value:
                yield from map(int, NUMBER.findall(value))
            elif name == "srcdoc":
                yield from _numbers(_tree(value, True, True))
