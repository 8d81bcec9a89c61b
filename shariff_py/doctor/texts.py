"""Checks of the texts that visitors read: whether the site has approved them, and what is known to be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator

from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES, known


def texts(settings: Settings) -> Iterator[Diagnosis]:
    """Each language in use, and in one line those that nobody outside the project has read."""
    answered = (code for controller in settings.controllers.values() for code in controller.languages)
    found = map(known, (settings.site.language, *settings.texts, *answered))
    used = dict.fromkeys(words.code for words in found if words is not None)
    for code in used:
        yield _approval(settings, code)
        if not LANGUAGES.is_current(code):
            insists = settings.approval(code).outdated
            yield Diagnosis(
                False, f"texts.{code}: outdated",
                "older than its source, " + ("and offered all the same" if insists else "so its pages get the site's language"),
                "Update the library" + (f", or remove texts.{code}.outdated: its pages then get the site's language." if insists else "."),
            )  # fmt: skip
    unread = [code for code in used if not LANGUAGES[code].read_by]
    if unread:
        # Not for the site to cure: where it has approved its texts, somebody there has read them.
        yield Diagnosis(
            True, "texts: not read", f"by nobody outside the project who grew up with the language: {', '.join(unread)}",
        )  # fmt: skip


def _approval(settings: Settings, code: str) -> Diagnosis:
    """Whether the site has approved what its visitors read in a language, and what to write when it has."""
    approval, text = settings.approval(code), LANGUAGES[code].fingerprint
    if approval.approved_text == text:
        finding = f"approved by {approval.approved_by} on {approval.approved_on}"
    elif approval.approved_text:
        finding = f"changed since {approval.approved_by} approved them on {approval.approved_on}"
    else:
        finding = "not approved by the site"
    return Diagnosis(
        approval.approved_text == text, f"texts.{code}", finding,
        f'Have them read, then set approved_by, approved_on, approved_text = "{text}".',
    )  # fmt: skip
