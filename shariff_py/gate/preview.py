"""What pasted code gives for its gate's first layer: a title, and a picture of the site's own with its text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from shariff_py.consent_ui.addresses import own_picture
from shariff_py.consent_ui.gate import PICTURE
from shariff_py.consent_ui.lengths import LONGEST_CONTENT
from shariff_py.consent_ui.preview import NOTHING, Picture, Preview
from shariff_py.gate.findings import Reason
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of_address
from shariff_py.settings.model import Settings
from shariff_py.urls import parse

TITLE_ATTRIBUTE, PICTURE_ATTRIBUTE, TEXT_ATTRIBUTE = "data-shariff-title", "data-shariff-picture", "data-shariff-text"
"""Attributes of the pasted element, whatever platform it is of. The settings name further ones for the picture, which a CMS writes."""


class LeftOut(NamedTuple):
    """The address of a picture that is not shown, the platform whose it is, if it is one's, and why."""

    address: str
    platform: Platform | None
    reason: Reason


class Given(NamedTuple):
    """What an element gives: what may be shown of it, and a picture that may not."""

    preview: Preview
    refused: LeftOut | None = None


NOTHING_GIVEN = Given(NOTHING)


def given(settings: Settings, attributes: Mapping[str, str | None], base: str) -> Given:
    """What an element gives. ``base`` is what relative addresses on the page refer to."""
    title = attributes.get(TITLE_ATTRIBUTE) or ""
    names = (PICTURE_ATTRIBUTE, *settings.gate.picture_attributes)
    picture = next((value for name in names if (value := attributes.get(name))), "")
    if not picture:
        return Given(Preview(title)) if title else NOTHING_GIVEN
    if address := own_picture(settings, picture, base):
        return Given(Preview(title, Picture(address, attributes.get(TEXT_ATTRIBUTE) or "")))
    parts = parse(picture.strip(), base)
    platform = platform_of_address(parts) if parts is not None else None
    reason = Reason.NOT_ALLOWED if platform is None else Reason.WOULD_BE_FETCHED
    return Given(Preview(title), LeftOut(picture[:LONGEST_CONTENT], platform, reason))


def left_out(shown: Preview, gate: str) -> LeftOut | None:
    """The picture that is to be shown and has no room in a gate, if there is one."""
    if shown.picture is None or PICTURE in gate:
        return None
    return LeftOut(shown.picture.address[:LONGEST_CONTENT], None, Reason.TOO_LONG)
