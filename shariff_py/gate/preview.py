"""What pasted code gives for its gate's first layer: a title, and a picture of the site's own with its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from shariff_py.consent_ui.addresses import own_picture
from shariff_py.consent_ui.gate import PICTURE, Picture
from shariff_py.consent_ui.lengths import LONGEST_CONTENT
from shariff_py.gate.findings import Reason
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of_address
from shariff_py.settings.model import Settings
from shariff_py.urls import parse

TITLE_ATTRIBUTE, PICTURE_ATTRIBUTE, TEXT_ATTRIBUTE = "data-shariff-title", "data-shariff-picture", "data-shariff-text"
"""Attributes of the pasted element, whatever platform it is of."""


class LeftOut(NamedTuple):
    """The address of a picture that is not shown, the platform whose it is, if it is one's, and why."""

    address: str
    platform: Platform | None
    reason: Reason


class Preview(NamedTuple):
    """What is shown before a consent: a title, empty if there is none, and a picture, if there is one that may be."""

    title: str
    picture: Picture | None = None

    @property
    def characters(self) -> int:
        """The length of what is shown."""
        return len(self.title) + sum(map(len, self.picture or ()))

    def left_out(self, gate: str) -> LeftOut | None:
        """The picture, if it is not in a gate, which has no room for it."""
        if self.picture is not None and PICTURE not in gate:
            return LeftOut(self.picture.address[:LONGEST_CONTENT], None, Reason.TOO_LONG)
        return None


def preview(settings: Settings, attributes: Mapping[str, str | None], base: str) -> tuple[Preview, LeftOut | None]:
    """What an element gives, and the picture that may not be shown. ``base`` is what relative addresses on the page refer to."""
    title, given = attributes.get(TITLE_ATTRIBUTE) or "", attributes.get(PICTURE_ATTRIBUTE) or ""
    if not given:
        return Preview(title), None
    if address := own_picture(settings, given, base):
        return Preview(title, Picture(address, attributes.get(TEXT_ATTRIBUTE) or "")), None
    parts = parse(given.strip(), base)
    platform = platform_of_address(parts) if parts is not None else None
    reason = Reason.NOT_ALLOWED if platform is None else Reason.WOULD_BE_FETCHED
    return Preview(title), LeftOut(given[:LONGEST_CONTENT], platform, reason)
