"""What a privacy officer files, from the same information as the gate: record of processing, accessibility passage, and all of it as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from shariff_py.consent_ui.addresses import contact, own_or_open, written_out
from shariff_py.consent_ui.notice import Told, informed, names_unconfirmed, selected
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import day
from shariff_py.policy import Controller
from shariff_py.settings.model import Settings
from shariff_py.texts import COMPLIANCE, LANGUAGES, Language

LETTERS = ("controllers", "purposes", "people", "recipients", "transfers", "erasure", "security")
"""What an entry must hold (GDPR Art. 30(1)(a) to (g)), in the law's order."""


def compliance_language(language: Language) -> Language:
    """The language of the documents: German for readers of German, otherwise English."""
    return COMPLIANCE["de" if language.code.split("-")[0] == "de" else "en"]


def processing_record(
    settings: Settings, language: Language, *, controller: str | None = None, level: int = 2
) -> Markup:
    """The entries for the record of processing activities (GDPR Art. 30(1)), one for each recipient whose content `notice` has a section on.

    ``controller`` and ``level`` are as in `notice`. Raises `ConfigurationError` for an id the settings do not know.
    """
    words = compliance_language(language)
    read = LANGUAGES[words.code]
    entries = [_entry(settings, told, words) for told in informed(settings, read, controller)]
    return render("record.html", words, entries=entries, level=min(max(level, 1), 5))


def accessibility_passage(
    settings: Settings, language: Language, *, controller: str | None = None, level: int = 2
) -> Markup:
    """The passage for the accessibility statement (for Lower Saxony § 9b NBGG): what is not ours, why, the alternative, the contact.

    A site's own server is not in it: its content is no third party's (Directive (EU) 2016/2102 Art. 1(4)(e)).
    """
    words = compliance_language(language)
    everyone = selected(settings, controller)
    passages = [
        {
            "heading": words.say("statement.heading", platform=one.title)
            + (f": {one.named_controller.name}" if len(everyone) > 1 else ""),
            "paragraphs": [one.say(f"statement.{key}", words) for key in ("what", "why")],
            "alternative": own_or_open(settings, one.named_controller.alternative_url),
            "alternative_label": one.say("statement.alternative", words),
            "report": one.say("statement.report", words),
            "contact": contact(settings, one.named_controller.contact_url),
            "contact_label": one.say("statement.contact", words),
        }
        for told in informed(settings, LANGUAGES[words.code], controller)
        for one in told.information
        if not one.is_own
    ]
    return render("statement.html", words, passages=passages, level=min(max(level, 1), 6))


def information_as_data(
    settings: Settings, language: Language, *, controller: str | None = None
) -> list[dict[str, Any]]:
    """The information given to visitors before consent, machine-readable: for consent services, and to compare versions.

    Each entry has ``platform``, ``server`` (its host, where anybody can run one), ``controller``, ``version``, ``language``, ``days`` (0:
    not remembered) and ``slots`` by name, those that apply.
    """
    return [
        {
            "platform": one.platform.name,
            "server": one.server,
            "controller": one.controller_id,
            "version": one.version,
            "language": language.code,
            "days": one.days,
            "slots": one.slots,
        }
        for told in informed(settings, language, controller)
        for one in told.information
    ]


def _entry(settings: Settings, told: Told, words: Language) -> dict[str, Any]:
    first = told.first
    lines = {letter: [first.marked(line) for line in _lines(letter, settings, told, words)] for letter in LETTERS}
    return {
        "name": told.name,
        "heading": told.headed(words.say("record.heading", platform=first.title)),
        "parts": [(words.say(f"record.{letter}"), lines[letter]) for letter in LETTERS],
    }


def _controller(settings: Settings, controller: Controller, words: Language) -> Iterator[str]:
    """Who answers, whom to ask about data protection, and who supervises it."""
    if controller.name:
        contact_address = written_out(settings, controller.contact_url)
        yield words.say("record.controller", controller=controller.name, contact=contact_address)
    if controller.officer:
        yield words.say("record.dpo", dpo=written_out(settings, controller.officer))
    if controller.authority:
        yield words.say("record.authority", authority=controller.authority)


def _lines(letter: str, settings: Settings, told: Told, words: Language) -> Iterator[str]:
    """The lines below one letter of the entry."""
    first = told.first
    record = first.platform
    match letter:
        case "controllers":
            for one in told.information:
                yield from _controller(settings, one.named_controller, words)
            if first.is_joint:
                yield first.say("record.joint", words)
        case "purposes":
            yield first.say("record.purpose_content", words)
            if first.days:
                yield first.say("record.purpose_remember", words)
            if settings.can_fetch_counts(record):
                yield words.say("record.purpose_counts")
        case "people":
            yield first.say("record.people_text", words)
            if first.offers_login:
                yield first.say("record.people_login", words)
        case "recipients":
            whose = "own" if first.runs_server else "run" if first.is_own else "text"
            yield first.say(f"record.recipients_{whose}", words)
            if names_unconfirmed(first.operator):
                yield first.say("notice.unconfirmed")
        case "transfers":
            # Where nobody else receives anything there is no recipient to name a seat of.
            alone = first.runs_server and not first.tells_where
            for key in ("record.transfer_none",) if alone else first.transfer_keys("record"):
                yield first.say(key, words if key.startswith("record.") else None)
        case "erasure":
            yield words.say("record.erasure_text")
            if first.days:
                yield first.say("record.erasure_remember", words)
            if first.storage is not None:
                yield first.say("record.erasure_devices", words)
            yield first.say("record.erasure_own" if first.is_own else "record.erasure_platform", words)
        case "security":
            if told.allowed:
                yield first.say("record.security_allowed", words)
            elif told.held_back:
                yield first.say("record.security_text", words)
            yield words.say("record.security_frame")
            if not any(kind.with_credentials for kind in first.kinds):
                yield words.say("record.security_choice" if first.offers_login else "record.security_login")
            release = settings.policy.release(record.name)
            since = words.say("record.since", date=day(release.since, words)) if release.since else ""
            state = words.say(f"record.state_{release.state}")
            decided = [state, since, release.reference, release.conditions]
            yield words.say("record.decision", decision=", ".join(filter(None, decided)))
