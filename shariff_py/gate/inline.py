"""Inline scripts that fetch a platform's script: the most common pasted form of the SDK.

They are cut out by their position before the rewriting pass. Only pages that name a platform's script host at all are read twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from turbohtml import TokenType, tokenize

from shariff_py.gate.findings import Finding, Outcome
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER

SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "application/javascript", "text/ecmascript", "importmap"})
"""Types a browser runs. JSON in a script element is data and stays."""


def without_loaders(html: str) -> tuple[str, list[Finding]]:
    """The page without inline scripts that load a platform's script, and a finding for each.

    ``html`` must be in the form of `written_for_the_pass`: then the tokens' sources add up to it, character by character.
    """
    if not any(mark in html for record in REGISTER.values() for mark in record.script_marks):
        return html, []
    kept: list[str] = []
    findings: list[Finding] = []
    done = position = 0
    start: int | None = None
    body: list[str] = []
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        if token.type is TokenType.START_TAG and token.tag == "script" and _runs(token.attrs or []):
            start, body = position, []
        elif start is not None and token.type is TokenType.TEXT:
            body.append(text)
        elif start is not None:
            loader = _loads("".join(body))
            if loader is not None and token.type is TokenType.END_TAG:
                kept.append(html[done:start])
                done = position + len(text)
                findings.append(
                    Finding(Outcome.REMOVED, loader.name, "inline script", note=f"It loads {loader.title}'s script.")
                )
            start = None
        position += len(text)
    return "".join([*kept, html[done:]]), findings


def _runs(attributes: Sequence[tuple[str, str | None]]) -> bool:
    kind = next((value for name, value in attributes if name == "type"), None) or ""
    return kind.strip().lower() in SCRIPT_TYPES


def _loads(code: str) -> Platform | None:
    return next((r for r in REGISTER.values() if any(mark in code for mark in r.script_marks)), None)
