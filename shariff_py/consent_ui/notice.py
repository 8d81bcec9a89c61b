"""The passage for the privacy notice, from the same information as the gate, so that the two cannot contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from shariff_py.consent_ui.addresses import reachable
from shariff_py.consent_ui.environment import render
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.wording import joined
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, service
from shariff_py.policy import Controller
from shariff_py.settings.model import Settings
from shariff_py.texts import Language

NO_CONTROLLER = Controller("", "", "", "")
"""Used where the settings name no controller: share links and counts need none."""


def notice(settings: Settings, language: Language, *, controller: str | None = None, level: int = 2) -> Markup:
    """One section for each released platform that has an operator; empty where none is released or its basis has ended.

    ``controller`` is the id of the controller of the pages the notice is about (default: all in the settings), ``level`` that of
    the headings. Raises `ConfigurationError` for an id the settings do not know.
    """
    sections = [_section(settings, information) for information in informed(settings, language, controller)]
    return render("notice.html", language, sections=sections, level=min(max(level, 1), 6))


def informed(settings: Settings, language: Language, controller: str | None) -> Iterator[Sequence[Information]]:
    """The information on each released platform, once for each controller that is selected: all of them, or the one of that id.

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
        operator = record.operator
        basis = operator is None or operator.transfer is None or operator.transfer.in_force
        if operator is not None and basis and settings.policy.release(record.name).is_open:
            yield [Information(language, record, operator, name, who) for name, who in selected.items()]


def shares(settings: Settings, record: Platform) -> bool:
    """Whether the site's share bars have a link to the platform."""
    return record.share is not None and any(service(name) is record for name in settings.services)


def _section(settings: Settings, information: Sequence[Information]) -> dict[str, object]:
    first = information[0]
    record = first.platform
    longest = max(information, key=lambda one: one.days)
    shared = shares(settings, record)
    keys = [
        *(("default", "press") if record.embeds else ()),
        *(("login",) if record.embeds and any(one.controller.offer_login for one in information) else ()),
        *(("device", "remembered" if longest.days else "not_stored") if record.embeds else ()),
        *(("recipient", "transfer", "voluntary_remembered" if longest.days else "voluntary") if record.embeds else ()),
        *(("share",) if shared else ()),
        *(("counts",) if shared and record.counts is not None else ()),
    ]
    names = [one.controller.name for one in information if one.controller.name]
    responsible = first.language.say("notice.controller", controller=joined(names, first.language)) if names else ""
    return {
        "name": record.name,
        "heading": first.say("notice.heading"),
        "paragraphs": [*(longest.say(f"notice.{key}") for key in keys), *filter(None, [responsible])],
        "links": [
            (reachable(settings, first.operator.joint_control_url), first.say("notice.joint_control")),
            (reachable(settings, first.operator.privacy_url), first.say("notice.platform_privacy")),
        ],
    }
