"""Checks of the controllers: what visitors are told before the press is there, in each language, and leads to no platform (GDPR Art. 7(4), 13(1))."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shariff_py.errors import ConfigurationError
from shariff_py.policy import LONGEST_MEMORY, Controller
from shariff_py.settings.checks import OWN_OR_WHOLE, is_direct, is_open
from shariff_py.settings.quoting import dotted, quoted
from shariff_py.texts import LANGUAGES

ID = re.compile(r"[A-Za-z0-9_-]+")
"""The id is part of keys in the browser."""

ADDRESSES = {
    "contact_url": 'Write "/contact" for a page of your site, a whole "https://" address, "mailto:" or "tel:".',
    "privacy_url": 'Write "/privacy" for a page of your site, or a whole "https://" address.',
    "alternative_url": "Name a page where the same information is found without one: "
    '"/news" for a page of your site, or a whole "https://" address.',
}
"""The addresses of a controller, with the fix."""


def controllers(named: Mapping[str, Controller]) -> None:
    """Plain ids, a bounded memory, and everything that is told, in each language."""
    for name, controller in named.items():
        setting = ["controllers", name]
        if controller.remember_days not in (0, *range(2, LONGEST_MEMORY + 1)):
            raise ConfigurationError(
                f"must be between 2 and {LONGEST_MEMORY} days, or 0: the texts speak of days.",
                setting=dotted([*setting, "remember_days"]),
                cure="Write 0 to offer no remembering.",
            )
        if not ID.fullmatch(name):
            raise ConfigurationError(
                f"{quoted(name)} is not a plain id.",
                setting=dotted(setting),
                cure='Use letters, digits, "-" and "_"; visitors see the name, not the id.',
            )
        _told(setting, controller)
        for code in controller.languages:
            if code not in LANGUAGES and not any(known.startswith(f"{code}-") for known in LANGUAGES):
                raise ConfigurationError(
                    f"{quoted(code)} is not available.",
                    setting=dotted([*setting, "languages"]),
                    cure=f"Use one of {', '.join(LANGUAGES)}.",
                )
            _told([*setting, "languages", code], controller.in_language(code))


def _told(setting: list[str], controller: Controller) -> None:
    for field in ("name", *ADDRESSES):
        if not getattr(controller, field).strip():
            raise ConfigurationError(
                "is empty.",
                setting=dotted([*setting, field]),
                cure="Visitors must be informed of it before loading; fill it in.",
            )
    for field, cure in ADDRESSES.items():
        address = getattr(controller, field).strip()
        if not (is_open(address) or (field == "contact_url" and is_direct(address))):
            raise ConfigurationError("leads to a platform, or nowhere.", setting=dotted([*setting, field]), cure=cure)
    officer = controller.officer
    if controller.public_body and controller.dpo_contact.strip() and not officer:
        raise ConfigurationError(
            'is "none", but a public body has a data protection officer (GDPR Art. 37(1)(a)).',
            setting=dotted([*setting, "dpo_contact"]),
            cure="Say how to reach the officer, or leave the field out until you can.",
        )
    if OWN_OR_WHOLE.match(officer) and not is_open(officer):
        raise ConfigurationError(
            "leads to a platform, or nowhere.",
            setting=dotted([*setting, "dpo_contact"]),
            cure='Write an e-mail address, a telephone number, a postal address, or a page of your site ("/officer").',
        )
