"""The passage for the privacy notice, from the same register and texts as the gate, so that the two cannot contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from shariff_py.errors import ConfigurationError
from shariff_py.markup.addresses import reachable
from shariff_py.markup.environment import render
from shariff_py.markup.wording import day, disclosed, joined
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER
from shariff_py.policy import Controller
from shariff_py.settings.model import Settings
from shariff_py.texts import Language


def notice(settings: Settings, language: Language, *, controller: str | None = None, level: int = 2) -> Markup:
    """One section for each released platform that somebody operates; empty where none is released or its basis has ended.

    ``controller`` is the id of who answers for the pages the notice is about (default: everybody the settings name), ``level`` that of
    the headings. Raises `ConfigurationError` for an id the settings do not know.
    """
    controllers = _named(settings, controller)
    released = [
        record
        for record in REGISTER.values()
        if record.operator is not None
        and record.operator.transfer.in_force
        and settings.policy.release(record.name).is_open
    ]
    sections = [_section(settings, language, record, controllers) for record in released]
    return render("notice.html", language, sections=sections, level=min(max(level, 1), 6))


def _named(settings: Settings, controller: str | None) -> Sequence[Controller]:
    known = settings.policy.controllers
    if not controller:
        return list(known.values())
    if controller not in known:
        raise ConfigurationError(
            f"there is no controller {controller!r} to name in the privacy notice.",
            setting="controllers",
            cure=f"Use one of the ids in the settings (known: {', '.join(known) or 'none so far'}).",
        )
    return [known[controller]]


def _section(
    settings: Settings, language: Language, record: Platform, controllers: Sequence[Controller]
) -> dict[str, object]:
    operator = record.operator
    assert operator is not None  # noqa: S101 - the caller's condition, for the type checker
    values = {
        "platform": record.title,
        "recipient": operator.legal_name,
        "address": operator.address,
        "data": disclosed(record, language),
        "country": language.say(f"country.{operator.transfer.country}"),
        "mechanism": operator.transfer.mechanism,
        "reference": operator.transfer.reference,
        "checked_on": day(operator.transfer.checked_on, language),
        "controller": joined([controller.name for controller in controllers], language),
    }
    shared = record.share is not None and record.name in settings.services
    keys = [
        *(("default", "press", "device", "recipient", "transfer", "voluntary") if record.embeds else ()),
        *(("share",) if shared else ()),
        *(("counts",) if shared and record.counts is not None else ()),
        *(("controller",) if values["controller"] else ()),
    ]
    return {
        "name": record.name,
        "heading": language.say("notice.heading", **values),
        "paragraphs": [language.say(f"notice.{key}", **values) for key in keys],
        "links": [
            (reachable(settings, operator.joint_control_url), language.say("notice.joint_control")),
            (reachable(settings, operator.privacy_url), language.say("notice.platform_privacy", **values)),
        ],
    }
