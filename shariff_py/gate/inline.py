"""What the rewriting pass cannot look into, because its content is text to the tokenizer: inline scripts and ``noscript``.

Scripts that fetch a platform's script are the most common pasted form of the SDK; ``noscript`` is markup to every visitor without
script. Both are found by their position before the pass. Pages that have neither are not read twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from turbohtml import TokenType, tokenize

from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER

GAP = "<!---->"
"""What stands where something was taken out. Without it the text before and after could grow together into a new tag."""

SCRIPT_TYPES = frozenset(
    {
        "", "module", "importmap", "speculationrules", "application/ecmascript", "application/javascript",
        "application/x-ecmascript", "application/x-javascript", "text/ecmascript", "text/javascript", "text/javascript1.0",
        "text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4", "text/javascript1.5",
        "text/jscript", "text/livescript", "text/x-ecmascript", "text/x-javascript",
    }
)  # fmt: skip
"""Types a browser acts on (WHATWG MIME Sniffing, JavaScript MIME types). JSON in a script element is data and stays."""

LOOKED_INTO = frozenset({"script", "noscript"})


@dataclass(slots=True)
class _Edit:
    """The page with pieces exchanged: what is kept so far, up to where, and what was found."""

    html: str
    kept: list[str] = field(default_factory=list)
    done: int = 0
    findings: list[Finding] = field(default_factory=list)

    def exchange(self, start: int, end: int, piece: str, findings: Sequence[Finding]) -> None:
        self.kept += [self.html[self.done : start], piece]
        self.done = end
        self.findings += findings

    def look(
        self, tag: str, start: int, inside: int, outside: int, end: int, gate_fragment: Callable[[str], Gated]
    ) -> None:
        """An element from ``start`` to ``end`` whose content stands from ``inside`` to ``outside``."""
        body = self.html[inside:outside]
        if tag == "noscript":
            gated = gate_fragment(body)
            if gated.findings:
                self.exchange(inside, outside, gated.html, gated.findings)
        elif loader := _loads(body):
            note = f"It loads {loader.title}'s script."
            self.exchange(start, end, GAP, [Finding(Outcome.REMOVED, loader.name, "inline script", note=note)])

    def whole(self) -> str:
        return "".join([*self.kept, self.html[self.done :]])


def look_into(html: str, gate_fragment: Callable[[str], Gated]) -> tuple[str, list[Finding]]:
    """The page without inline scripts that load a platform's script, and with what stands in ``noscript`` gated; with the findings.

    ``html`` must be in the form of `written_for_the_pass`: then the tokens' sources add up to it, character by character.
    ``gate_fragment`` gates a piece of markup in that same form.
    """
    marked = any(mark in html for record in REGISTER.values() for mark in record.script_marks)
    if not marked and "<noscript" not in html.lower():
        return html, []
    edit = _Edit(html)
    position = 0
    opened: str | None = None
    start = inside = 0
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        if token.type is TokenType.START_TAG and token.tag in LOOKED_INTO and _acts(token.tag, token.attrs or []):
            opened, start, inside = token.tag, position, position + len(text)
        elif opened and token.type is not TokenType.TEXT:
            edit.look(opened, start, inside, position, position + len(text), gate_fragment)
            opened = None
        position += len(text)
    if opened:
        # Left open, it would go on in whatever follows this fragment.
        edit.look(opened, start, inside, position, position, gate_fragment)
    return edit.whole(), edit.findings


def _acts(tag: str, attributes: Sequence[tuple[str, str | None]]) -> bool:
    kind = next((value for name, value in attributes if name == "type"), None) or ""
    return tag == "noscript" or kind.strip().lower() in SCRIPT_TYPES


def _loads(code: str) -> Platform | None:
    return next((r for r in REGISTER.values() if any(mark in code for mark in r.script_marks)), None)
