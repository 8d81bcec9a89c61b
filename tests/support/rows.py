"""What the tests of the rule tables share: one small document for each row, and what the gate makes of it."""

from __future__ import annotations

from shariff_py.gate import Gated, gate_html
from support.golden import ORIGIN, SETTINGS
from support.oracle import loadable

FILE = "https://scontent.fbcdn.net/a"
"""A file of a platform that nothing is known to be served at."""

POST = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"
"""The address of a frame with a post."""

REMOVED = "<!---->"
"""What stands where an element was taken out."""


def gated(document: str) -> Gated:
    """The document after the gate, on a site that has released Facebook."""
    return gate_html(document, SETTINGS)


def silenced(document: str) -> str:
    """The document after the gate, where a browser would have contacted a platform before and contacts none afterwards."""
    assert loads(document), "the document contacts nobody, so it shows nothing"
    after = gated(document).html
    assert not loads(after)
    return after


def loads(document: str) -> bool:
    """Whether a browser would contact a platform, by the oracle."""
    return bool(loadable(document, f"{ORIGIN}/"))
