"""Text with its character references resolved, and where in the text its characters come from.

In foreign content styles contain references (WHATWG HTML 13.2.6.5). What is found in the resolved text is changed in the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from turbohtml import unescape

REFERENCE = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]++|[A-Za-z][A-Za-z0-9]*+);?")
"""What could be a reference. Not every such text is one, and of one without a semicolon the end can be text (``&ampx``)."""


class ResolvedText:
    """``source`` with its references resolved (``text``), and the positions in the source."""

    def __init__(self, source: str) -> None:
        self._in_text, self._in_source = [0], [0]
        pieces: list[str] = []
        done = 0
        for found in REFERENCE.finditer(source):
            written = found[0]
            resolved = unescape(written)
            if resolved == written:
                continue
            while len(resolved) > 1 and resolved[-1] == written[-1]:
                written, resolved = written[:-1], resolved[:-1]
            pieces += [source[done : found.start()], resolved]
            at = self._in_text[-1] + found.start() - done
            done = found.start() + len(written)
            # Each reference has two entries: where it begins, and where the text goes on.
            self._in_text += [at, at + len(resolved)]
            self._in_source += [found.start(), done]
        self.text = "".join([*pieces, source[done:]])

    def in_source(self, start: int, end: int) -> tuple[int, int]:
        """Where these characters of the text, at least one, are in the source; a reference counts as a whole."""
        first, last = bisect_right(self._in_text, start) - 1, bisect_left(self._in_text, end) - 1
        from_source, to_source = self._in_source[first], self._in_source[last]
        if not _is_reference(first):
            from_source += start - self._in_text[first]
        return from_source, self._in_source[last + 1] if _is_reference(last) else to_source + end - self._in_text[last]


def _is_reference(entry: int) -> bool:
    return entry % 2 == 1
