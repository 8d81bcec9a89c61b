"""Keeping every byte that is not ours to change.

The streaming rewriter reproduces what it does not touch, with three exceptions (measured with turbohtml 1.15, and demanded by the
tokenizer's specification): carriage returns become line feeds, ``</>`` vanishes, and a tag that the input leaves unfinished is dropped.
The first two are written in another form for the pass, with white space only, and written back afterwards.
"""

from __future__ import annotations

import re

from turbohtml import tokenize

_TO = {"\f": "\f\t", "\r": "\f\f", "</>": "</\f\n>"}
_BACK = {form: original for original, form in _TO.items()}
_WRITE = re.compile("\f|\r|</>")
_READ = re.compile("\f\t|\f\f|</\f\n>")


def written_for_the_pass(html: str) -> str:
    """The same markup in a form the rewriter reproduces byte for byte. Undone by `written_back`."""
    if "\r" not in html and "\f" not in html and "</>" not in html:
        return html
    return _WRITE.sub(lambda match: _TO[match[0]], html)


def written_back(html: str) -> str:
    """What `written_for_the_pass` was given."""
    return _READ.sub(lambda match: _BACK[match[0]], html) if "\f" in html else html


def without_unfinished_tag(source: str) -> str:
    """The text, in the form for the pass, up to an unfinished tag at its end: the tokenizer gives no token for that last piece."""
    tokens = tokenize(source, resolve_references=False, capture_source=True)
    return source[: sum(len(t.source if t.source is not None else t.data or "") for t in tokens)]
