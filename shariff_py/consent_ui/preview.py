"""What a gate's first layer shows of the content itself, before any consent: a title and a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import escape

from shariff_py.consent_ui.lengths import LABEL_BYTES, TITLE_BYTES, shortened, written_length
from shariff_py.platforms.recognition import Embed
from shariff_py.settings.model import Settings


class Picture(NamedTuple):
    """A picture of the site's own: an address as `own_picture` returns it, and what it shows in words (empty: it only decorates)."""

    address: str
    text: str = ""


class Preview(NamedTuple):
    """A title, empty if there is none, and a picture, if there is one that may be shown before a consent."""

    title: str = ""
    picture: Picture | None = None

    @property
    def characters(self) -> int:
        """The length of what is shown."""
        return len(self.title) + (sum(map(len, self.picture)) if self.picture else 0)

    def completed(self, kept: Preview) -> Preview:
        """The same, with what is kept of the content where the page gives nothing of its own."""
        return self if kept is NOTHING else Preview(self.title or kept.title, self.picture or kept.picture)


NOTHING = Preview()


def with_author(title: str, author: str) -> str:
    """A title and who made the content. Of one that is too long for a gate the author stays."""
    if not title or not author:
        return title or author
    by = f" ({shortened(author, LABEL_BYTES)})"
    return shortened(title, TITLE_BYTES - written_length(escape(by), "utf-8", 0)) + by


KeptPreviews = Callable[[Settings, Embed], Preview]
"""What is kept of some content, for a page with these settings."""


def nothing_kept(_: Settings, __: Embed) -> Preview:
    """The answer of a site that keeps nothing."""
    return NOTHING
