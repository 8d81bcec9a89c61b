"""The passage for the privacy notice, from the same information as the gate, so that the two cannot contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from shariff_py.consent_ui.addresses import reachable
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import joined
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
    """One section for each released platform that has an operator, and for each server of one that anybody can run; empty where none is
    released, no server is named, or the basis has ended.

    ``controller`` is the id of the controller of the pages the notice is about (default: all in the settings), ``level`` that of
    the headings. Raises `ConfigurationError` for an id the settings do not know.
    """
    sections = [_section(settings, information) for information in informed(settings, language, controller)]
    return render("notice.html", language, sections=sections, level=min(max(level, 1), 6))


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
                    Information(language, record, operator, name, who, server, on_own_host=own)
                    for name, who in selected.items()
                ]


def shares(settings: Settings, record: Platform) -> bool:
    """Whether the site's share bars have a link to the platform."""
    return record.share is not None and any(service(name) is record for name in settings.services)


def is_shown(record: Platform) -> bool:
    """Whether content of the platform can be loaded."""
    return any(kind.becomes == "gate" for kind in record.embeds)


def names_unconfirmed(operator: Company) -> bool:
    """Whether the name or the address of a recipient is not confirmed."""
    return not {"legal_name", "address"}.isdisjoint(operator.unconfirmed)


def _section(settings: Settings, information: Sequence[Information]) -> dict[str, object]:
    first = information[0]
    record = first.platform
    longest = max(information, key=lambda one: one.days)
    # A share link of a platform that anybody can run leads to the reader's own server, not to one that is named.
    shared = shares(settings, record) and not first.server
    content = _on_content(information, longest) if is_shown(record) else []
    sharing = [*(("share",) if shared else ()), *(("counts",) if shared and record.counts is not None else ())]
    names = [one.controller.name for one in information if one.controller.name]
    responsible = first.language.say("gate.controller", controller=joined(names, first.language)) if names else ""
    links = [
        (reachable(settings, first.operator.joint_control_url), first.say("notice.joint_control")),
        (reachable(settings, first.operator.privacy_url), first.say("notice.platform_privacy")),
    ]
    return {
        "name": "-".join(filter(None, [record.name, first.server])),
        "heading": first.language.say("notice.heading", platform=first.title),
        "paragraphs": [*content, *(longest.say(f"notice.{key}") for key in sharing), *filter(None, [responsible])],
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
        ("notice.login",) if login else (),
        () if own else ("notice.device",),
        ("notice.remembered" if longest.days else "notice.not_stored",),
        (f"notice.{recipient}",),
        ("notice.unconfirmed",) if names_unconfirmed(longest.operator) else (),
        () if own else longest.transfer_keys("notice.transfer"),
        ("notice.voluntary_remembered" if longest.days else "notice.voluntary",),
    ]
    return [longest.said(keys) for keys in paragraphs if keys]
