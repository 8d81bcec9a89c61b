"""What a privacy officer files, from the same information as the gate: record of processing, accessibility passage, and all of it as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from shariff_py.consent_ui.addresses import contact, own_or_open, written_out
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.notice import informed, names_unconfirmed, shares
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
    """The entries for the record of processing activities (GDPR Art. 30(1)), one for each recipient that `notice` has a section for.

    ``controller`` and ``level`` are as in `notice`. Raises `ConfigurationError` for an id the settings do not know.
    """
    words = compliance_language(language)
    read = LANGUAGES[words.code]
    entries = [_entry(settings, information, words) for information in informed(settings, read, controller)]
    return render("record.html", words, entries=entries, level=min(max(level, 1), 5))


def accessibility_passage(
    settings: Settings, language: Language, *, controller: str | None = None, level: int = 2
) -> Markup:
    """The passage for the accessibility statement (for Lower Saxony § 9b NBGG): what is not ours, why, the alternative, the contact.

    A site's own server is not in it: its content is no third party's (Directive (EU) 2016/2102 Art. 1(4)(e)).
    """
    words = compliance_language(language)
    passages = [
        {
            "heading": words.say("statement.heading", platform=one.title),
            "paragraphs": [one.say(f"statement.{key}", words) for key in ("what", "why")],
            "alternative": own_or_open(settings, one.named_controller.alternative_url),
            "alternative_label": one.say("statement.alternative", words),
            "report": one.say("statement.report", words),
            "contact": contact(settings, one.named_controller.contact_url),
            "contact_label": one.say("statement.contact", words),
        }
        for information in informed(settings, LANGUAGES[words.code], controller)
        for one in information
        if one.is_shown and one.controller.name and not one.is_own
    ]  # fmt: skip
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
        for information in informed(settings, language, controller)
        for one in information
        if one.is_shown and one.controller.name
    ]


def _entry(settings: Settings, information: Sequence[Information], words: Language) -> dict[str, Any]:
    first = information[0]
    lines = {
        letter: [first.marked(line) for line in _lines(letter, settings, information, words)] for letter in LETTERS
    }
    return {
        "name": "-".join(filter(None, [first.platform.name, first.server])),
        "heading": words.say("record.heading", platform=first.title),
        "parts": [(words.say(f"record.{letter}"), lines[letter]) for letter in LETTERS],
    }


def _controller(settings: Settings, controller: Controller, words: Language) -> Iterator[str]:
    """Who answers, whom to ask about data protection, and who supervises it."""
    if controller.name:
        contact_address = written_out(settings, controller.contact_url)
        yield words.say("record.controller", controller=controller.name, contact=contact_address)
    if controller.dpo_contact:
        yield words.say("record.dpo", dpo=written_out(settings, controller.dpo_contact))
    if controller.authority:
        yield words.say("record.authority", authority=controller.authority)


def _lines(letter: str, settings: Settings, information: Sequence[Information], words: Language) -> Iterator[str]:
    """The lines below one letter of the entry."""
    first, remembered = information[0], max(information, key=lambda one: one.days)
    record, own = first.platform, all(one.is_own for one in information)
    match letter:
        case "controllers":
            for one in information:
                yield from _controller(settings, one.named_controller, words)
            if first.is_joint:
                yield first.say("record.joint", words)
        case "purposes":
            yield first.say("record.purpose_content", words)
            if remembered.days:
                yield first.say("record.purpose_remember", words)
            if shares(settings, record) and record.counts is not None and not first.server:
                yield words.say("record.purpose_counts")
        case "recipients":
            yield first.say("record.recipients_own" if own else "record.recipients_text", words)
            if names_unconfirmed(first.operator):
                yield first.say("notice.unconfirmed")
        case "transfers":
            keys = (*first.transfer_keys("record"), *first.check_keys("record"))
            unchecked = ("record.transfer_unchecked",) if first.operator.transfer and not first.check else ()
            for key in (*keys, *unchecked):
                yield first.say(key, words if key.startswith("record.") else None)
        case "erasure":
            yield words.say("record.erasure_text")
            if remembered.days:
                yield remembered.say("record.erasure_remember", words)
            if first.storage is not None:
                yield first.say("record.erasure_devices", words)
            yield first.say("record.erasure_own" if own else "record.erasure_platform", words)
        case "security":
            yield first.say("record.security_text", words)
            if not any(kind.with_credentials for kind in record.embeds if kind.becomes == "gate"):
                yield words.say("record.security_login")
            release = settings.policy.release(record.name)
            since = words.say("record.since", date=day(release.since, words)) if release.since else ""
            decision = ", ".join(filter(None, [words.say(f"record.state_{release.state}"), since, release.reference]))
            yield words.say("record.decision", decision=decision)
        case _:
            yield first.say(f"record.{letter}_text", words)
