"""What the tests of the platforms share: what is recognised in pasted code, and what the gate makes of a page with and without a release."""

from __future__ import annotations

from functools import cache
from html import escape

from shariff_py.gate import Gated, Outcome, gate_html
from shariff_py.gate.snippet import read_snippet
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from support.golden import CONFIGURATION, ORIGIN
from support.oracle import loadable


def shown(pasted: str) -> tuple[str, str, str]:
    """Kind, public address and frame's address of the content in pasted code, or at an address."""
    embed = read_snippet(pasted)[0] if "<" in pasted else recognise(pasted)
    return embed.kind, embed.address, embed.frame_address


@cache
def released(*platforms: str) -> Settings:
    """A municipal portal that has released these platforms."""
    return Settings.from_mapping({**CONFIGURATION, "releases": {name: {"state": "released"} for name in platforms}})


def closed(document: str) -> tuple[str, list[tuple[str, str, str]]]:
    """A page after the gate of a portal that has released nothing: the page, and of each finding outcome, kind and address.

    Nothing on it may contact a platform, and each link in a place of something is on the page.
    """
    return _told(gate_html(document, released()))


def opened(document: str, platform: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The same on a portal that has released the platform."""
    return _told(gate_html(document, released(platform)))


def is_untouched(document: str, platform: str) -> bool:
    """Whether the gate leaves a page as it is, with the platform released and without."""
    return all(gate_html(document, released(*names)).html == document for names in ((), (platform,)))


def contacts(document: str) -> bool:
    """Whether a browser would contact a platform because of a page, by the oracle."""
    return bool(loadable(document, f"{ORIGIN}/"))


def _told(gated: Gated) -> tuple[str, list[tuple[str, str, str]]]:
    assert not contacts(gated.html)
    for finding in gated.findings:
        assert finding.outcome is not Outcome.LINKED or f'href="{escape(finding.address)}"' in gated.html
    return gated.html, [(str(found.outcome), found.kind, found.address) for found in gated.findings]
