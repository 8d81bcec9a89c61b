"""The passage for the privacy notice, from the same information as the gate, so that the two cannot contradict each other: a section for each
recipient, and one on who answers, the visitor's rights, and what the settings leave out (GDPR Art. 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from shariff_py.consent_ui.addresses import contact, linkable, own_or_open, reachable, written_out
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.templating import render
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.company import Company
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, service
from shariff_py.policy import Controller
from shariff_py.settings.model import Settings
from shariff_py.texts import Language

NO_CONTROLLER = Controller("", "", "", "")
"""Used where the settings name no controller: share links and counts need none."""


def notice(settings: Settings, language: Language, *, controller: str | None = None, level: int = 2) -> Markup:
    """One section for each released platform that has an operator, and for each server of one that anybody can run, and a last one on rights
    and contacts; empty where none is released, no server is named, or the basis has ended.

    ``controller`` is the id of the controller of the pages the notice is about (default: all in the settings), ``level`` that of
    the headings. Raises `ConfigurationError` for an id the settings do not know.
    """
    told = list(informed(settings, language, controller))
    sections = [_section(settings, information) for information in told]
    lacking = []
    if told:
        sections.append(_rights(settings, language, told))
        lacking = _missing(settings, language, told)
    return render("notice.html", language, sections=sections, missing=lacking, level=min(max(level, 1), 6))


def informed(settings: Settings, language: Language, controller: str | None) -> Iterator[Sequence[Information]]:
    """The information on each recipient (a released platform, or a server of it that the settings name), once for each controller that
    is selected: all of them, or the one of that id.

    Raises `ConfigurationError` for an id the settings do not know.
    """
    known = settings.policy.controllers
    if controller and controller not in known:
        raise ConfigurationError(
            f"there is no controller {controller!r} to name in the privacy notice.",
            setting="controllers",
            cure=f"Use one of the ids in the settings (known: {', '.join(known) or 'none so far'}).",
        )
    selected = {controller: known[controller]} if controller else dict(known) or {"": NO_CONTROLLER}
    for record in REGISTRY.values():
        if not settings.policy.release(record.name).is_open:
            continue
        for server, operator in settings.operators(record).items():
            if operator.transfer is None or operator.transfer.in_force:
                own = bool(server) and settings.owns(server)
                yield [
                    Information(
                        language,
                        record,
                        operator,
                        name,
                        who,
                        server,
                        on_own_host=own,
                        statements=settings.platform(record.name),
                        site_language=settings.site.language,
                    )
                    for name, who in selected.items()
                ]


def shares(settings: Settings, record: Platform) -> bool:
    """Whether the site's share bars have a link to the platform."""
    return record.share is not None and any(service(name) is record for name in settings.services)


def names_unconfirmed(operator: Company) -> bool:
    """Whether the name or the address of a recipient is not confirmed."""
    return not {"legal_name", "address"}.isdisjoint(operator.unconfirmed)


def _section(settings: Settings, information: Sequence[Information]) -> dict[str, object]:
    first = information[0]
    record = first.platform
    longest = max(information, key=lambda one: one.days)
    # A share link of a platform that anybody can run leads to the reader's own server, not to one that is named.
    shared = shares(settings, record) and not first.server
    content = _on_content(information, longest) if first.is_shown else []
    sharing = [*(("share",) if shared else ()), *(("counts",) if shared and record.counts is not None else ())]
    copy = own_or_open(settings, first.statements.joint_control.url) if first.is_joint and content else ""
    links = [
        (copy, first.say("notice.joint_control")),
        (reachable(settings, first.operator.privacy_url), first.say("notice.platform_privacy")),
    ]
    return {
        "name": "-".join(filter(None, [record.name, first.server])),
        "heading": first.language.say("notice.heading", platform=first.title),
        "paragraphs": [first.marked(text) for text in (*content, *(longest.say(f"notice.{key}") for key in sharing))],
        "links": [(address, label) for address, label in links if address],
    }


def _on_content(information: Sequence[Information], longest: Information) -> list[str]:
    """The paragraphs on content that is loaded, by what the records say; ``longest`` is what may be remembered for the longest time."""
    own = all(one.is_own for one in information)
    kinds = [kind for kind in longest.platform.embeds if kind.becomes == "gate"]
    login = any(one.controller.offer_login for one in information) and not all(k.with_credentials for k in kinds)
    recipient = "recipient_own" if own else "recipient_joint" if longest.is_joint else "recipient"
    paragraphs = [
        ("notice.default",),
        ("notice.press",),
        () if own else ("notice.purposes",),
        ("notice.device", *longest.storage_keys(own)),
        ("notice.remembered",) if longest.days else () if own else ("notice.not_stored",),
        ("notice.login",) if login else (),
        (f"notice.{recipient}",),
        ("notice.essence",) if longest.essence is not None else (),
        ("notice.unconfirmed",) if names_unconfirmed(longest.operator) else (),
        () if own else (*longest.transfer_keys("notice"), *longest.check_keys("notice")),
        (
            "notice.voluntary_remembered" if longest.days else "notice.voluntary",
            "notice.lawful",
            *(() if own else ("details.withdrawal_sent",)),
        ),
    ]
    return [longest.said(keys) for keys in paragraphs if keys]


# The last section.


def _rights(settings: Settings, language: Language, told: Sequence[Sequence[Information]]) -> dict[str, object]:
    """The section as a template needs it. ``told`` is the information on each recipient, once for each controller; there is one at least."""
    controllers = _named(told)
    return {
        "name": "rights",
        "heading": language.say("rights.heading"),
        "paragraphs": [
            *_responsible(settings, language, controllers.values()),
            escape(language.say("rights.rights")),
            escape(language.say("rights.complaint")),
            *(
                escape(language.say("rights.authority", authority=authority))
                for authority in dict.fromkeys(one.authority.strip() for one in controllers.values())
                if authority
            ),
        ],
        "links": [],
    }


def _missing(settings: Settings, language: Language, told: Sequence[Sequence[Information]]) -> list[tuple[str, str]]:
    """What the settings leave out of the notice: in words, and the setting's name."""
    return [*_of_controllers(language, _named(told)), *_of_platforms(settings, told)]


def _named(told: Sequence[Sequence[Information]]) -> Mapping[str, Controller]:
    """The controllers by id, as readers know them."""
    return {one.controller_id: one.named_controller for one in told[0] if one.controller_id}


def _responsible(settings: Settings, language: Language, controllers: Iterable[Controller]) -> Iterator[Markup]:
    for one in controllers:
        text = escape(language.say("rights.controller", controller=one.name))
        label = language.say("rights.contact", controller=one.name)
        yield Markup('{} <a href="{}">{}</a>').format(text, contact(settings, one.contact_url), label)
    for officer in dict.fromkeys(one.dpo_contact.strip() for one in controllers):
        if officer:
            shown, address = written_out(settings, officer), linkable(settings, officer)
            text = escape(language.say("rights.officer", officer=shown))
            yield (
                text.replace(escape(shown), Markup('<a href="{}">{}</a>').format(address, shown), 1)
                if address
                else text
            )


def _of_controllers(language: Language, controllers: Mapping[str, Controller]) -> Iterator[tuple[str, str]]:
    """What is not set of those who answer: in words, and the setting."""
    if not controllers:
        yield language.say("rights.missing_controller"), "controllers"
    for name, one in controllers.items():
        for key, setting, value in (
            ("officer", "dpo_contact", one.dpo_contact),
            ("authority", "authority", one.authority),
        ):
            if not value.strip():
                yield language.say(f"rights.missing_{key}"), f"controllers.{name}.{setting}"


def _of_platforms(settings: Settings, told: Sequence[Sequence[Information]]) -> Iterator[tuple[str, str]]:
    """What the site does not say of those whose content it shows: in words, and the setting."""
    for information in told:
        one = information[0]
        if not one.is_shown:
            continue
        setting = f"platforms.{one.platform.name}"
        place = f'{setting}.servers."{one.server}"' if one.server else setting
        lacking = {
            ("storage", f"{place}.storage"): one.storage is None,
            ("essence", f"{setting}.joint_control.essence"): one.is_joint and one.essence is None,
            ("copy", f"{setting}.joint_control.url"): one.is_joint
            and not own_or_open(settings, one.statements.joint_control.url),
            ("check", f"{setting}.transfer.checked_on"): one.operator.transfer is not None and one.check is None,
        }
        yield from ((one.say(f"rights.missing_{key}"), name) for (key, name), lacks in lacking.items() if lacks)
