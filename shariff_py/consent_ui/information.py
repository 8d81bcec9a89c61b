"""The information given to visitors before consent, slot by slot: the one source of the gate, the privacy notice and the record of processing.

So the four cannot contradict each other, and a change in any of it is a new version that invalidates earlier consents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shariff_py.consent_ui.wording import day, disclosed
from shariff_py.platforms.company import Company
from shariff_py.platforms.record import Platform
from shariff_py.policy import LONGEST_MEMORY, Controller
from shariff_py.texts import Language, consented_texts, fingerprint

SLOTS: Mapping[str, str] = {
    "effect": "what is sent at once, to whom and for what (GDPR Art. 13(1)(c), (e))",
    "cookies_sent": "cookies and login, by what the browser can do (TDDDG § 25; C-673/17)",
    "use": "the recipient's own purposes and the storage on the device, with its duration (C-673/17)",
    "transfer": "the third country, with its dated basis (GDPR Art. 13(1)(f))",
    "voluntary": "voluntary, how far it reaches, how long, how to undo it and what cannot be undone (GDPR Art. 7(3), (4))",
    "controller": "the page's controller, and any joint controllers (GDPR Art. 13(1)(a), 26)",
}
"""The first layer, in the order it is read, each slot with its content. The alternative and the withdrawal are buttons beside it."""


@dataclass(frozen=True, slots=True)
class Information:
    """The information about one platform on the pages of one controller, in one language. ``values`` is what is filled into the texts."""

    language: Language
    platform: Platform
    operator: Company
    controller_id: str
    controller: Controller
    values: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", self._filled_in())

    @property
    def days(self) -> int:
        """For how long a consent may be remembered; 0 where that is not offered."""
        return min(self.controller.remember_days, LONGEST_MEMORY)

    def _filled_in(self) -> dict[str, str]:
        transfer = self.operator.transfer
        return {
            "platform": self.platform.title,
            "recipient": self.operator.legal_name,
            "address": self.operator.address,
            "data": disclosed(self.platform, self.language),
            "country": self.language.say(f"country.{transfer.country}") if transfer else "",
            "mechanism": transfer.mechanism if transfer else "",
            "reference": transfer.reference if transfer else "",
            "checked_on": day(transfer.checked_on, self.language, "medium") if transfer else "",
            "controller": self.controller.name,
            "days": str(self.days),
        }

    def say(self, key: str, language: Language | None = None) -> str:
        """The text of that key with everything known filled in."""
        return (language or self.language).say(key, **self.values)

    @property
    def slots(self) -> dict[str, str]:
        """The sentences of the first layer by the names in `SLOTS`."""
        return {name: self.say(f"gate.{name}") for name in SLOTS}

    @property
    def version(self) -> str:
        """Twelve hex digits that identify what is consented to, independent of the language.

        They change with the texts, the recipient, the data, the kinds of content, the basis of the transfer and the controller; not with
        the day on which the basis was last checked.
        """
        operator = self.operator
        transfer = operator.transfer
        facts = [
            [self.platform.name, self.platform.title, self.platform.disclosures],
            [kind.name for kind in self.platform.embeds if kind.becomes == "gate"],
            [operator.legal_name, operator.address, operator.joint_control_url],
            [transfer.country, transfer.mechanism, transfer.reference] if transfer else [],
            [self.controller_id, self.controller.name, self.days],
        ]
        return fingerprint([facts, consented_texts()])
