"""What is known of a page beside its markup: from its response, its file, or whoever has it gated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shariff_py.consent_ui.preview import KeptPreviews, nothing_kept
from shariff_py.response_policy.frame_sources import FramePolicy


class PageInfo(NamedTuple):
    """What is known of a page. ``url`` is its own; fields that are arguments of `shariff_py.gate.gate_html`, too, are explained there.

    ``integrity`` has browsers check our script by its hash, for pages that are not kept longer than this version is installed.
    ``frame_policy`` are the enforced policies that the page goes out with: where ``gate.unknown`` is ``blocked``, a frame of an unknown host that
    they block becomes text and a link. Without it such a frame stays. ``previews`` gives what is kept of content, for gates to which the
    page gives no title or no picture of its own.
    """

    language_tag: str | None = None
    url: str = ""
    controller: str | None = None
    numbers: Iterator[int] | None = None
    references: bool = False
    policy_enforced: bool = False
    integrity: bool = False
    frame_policy: FramePolicy | None = None
    previews: KeptPreviews = nothing_kept


UNKNOWN_PAGE = PageInfo()
