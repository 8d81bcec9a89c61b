"""The information given to visitors before consent, slot by slot: the one source of the gate, the privacy notice and the record of processing.

So the four cannot contradict each other, and a change in any of it is a new version that invalidates earlier consents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shariff_py.consent_ui.wording import day, disclosed, places, sends_site_name
from shariff_py.platforms.company import EEA, Company
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.record import Platform
from shariff_py.policy import LONGEST_MEMORY, Controller
from shariff_py.texts import Language, consented_texts, fingerprint

SLOTS: Mapping[str, str] = {
    "effect": "what is sent at once, to whom and for what (GDPR Art. 13(1)(c), (e))",
    "cookies_sent": "cookies and login, by what the browser can do (TDDDG § 25; C-673/17)",
    "use": "the recipient's own purposes and the storage on the device, with its duration (C-673/17)",
    "transfer": "the third country, with its dated basis, or the recipient's seat (GDPR Art. 13(1)(f))",
    "voluntary": "voluntary, how far it reaches, how long, how to undo it and what cannot be undone (GDPR Art. 7(3), (4))",
    "controller": "the page's controller, and any joint controllers (GDPR Art. 13(1)(a), 26)",
}
"""The first layer, in the order it is read, each slot with its content. The alternative and the withdrawal are buttons beside it."""


def covered(controller_id: str, server: str) -> str:
    """The part of a remembered consent's key behind the platform's name."""
    return f"{controller_id}@{server}" if server else controller_id


def titled(platform: Platform, server: str) -> str:
    """What headings and lists call it: the platform, or the server with its platform."""
    return f"{server} ({platform.title})" if server else platform.title


@dataclass(frozen=True, slots=True)
class Information:
    """The information about one platform on the pages of one controller, in one language.

    ``operator`` receives the data. Where anybody can run a server of the platform, ``server`` is the host of the one that is meant, and
    ``on_own_host`` says whether that is one of the site's own hosts. ``kind`` is the kind of content it is about (``None``: all that are
    shown). ``values`` is what is filled into the texts.
    """

    language: Language
    platform: Platform
    operator: Company
    controller_id: str
    controller: Controller
    server: str = ""
    on_own_host: bool = False
    kind: EmbedKind | None = None
    values: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", self._filled_in())

    @property
    def days(self) -> int:
        """For how long a consent may be remembered; 0 where that is not offered."""
        return min(self.controller.remember_days, LONGEST_MEMORY)

    @property
    def title(self) -> str:
        """What a heading calls it."""
        return titled(self.platform, self.server)

    @property
    def covers(self) -> str:
        """Whose content of the platform a remembered consent covers, as part of its key in the browser: the controller's, of one server."""
        return covered(self.controller_id, self.server)

    @property
    def is_own(self) -> bool:
        """Whether the content is on the site's own server: on a host of the site, or run by the page's controller."""
        return bool(self.server) and (self.on_own_host or self.operator.legal_name == self.controller.name)

    @property
    def is_joint(self) -> bool:
        """Whether there is an arrangement on joint control (GDPR Art. 26(2)). Without one nobody is called jointly responsible."""
        return bool(self.operator.joint_control_url)

    def _filled_in(self) -> dict[str, str]:
        transfer = self.operator.transfer
        return {
            "platform": self.server or self.platform.title,
            "recipient": self.operator.legal_name,
            "address": self.operator.address,
            "data": disclosed(self.platform, self.language, self.kind),
            "seat": "" if transfer else places([self.operator.country], self.language),
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

    def said(self, keys: tuple[str, ...], language: Language | None = None) -> str:
        """The texts of these keys, one behind the other."""
        return " ".join(self.say(key, language) for key in keys)

    def transfer_keys(self, with_basis: str) -> tuple[str, ...]:
        """The texts on where data go: ``with_basis`` where a country and a basis are known, else the seat and what is known of the rest.

        A seat is not a transfer: that a company sits in a country does not say where data go.
        """
        uncertain = "transfer" in self.operator.unconfirmed
        if self.operator.transfer is not None:
            return (with_basis, *(("gate.unconfirmed",) if uncertain else ()))
        return ("gate.transfer_unknown",) if uncertain or self.operator.country not in EEA else ("gate.seat",)

    def _keys(self) -> Mapping[str, tuple[str, ...]]:
        """The texts of each slot, by what the records say. On one's own server nobody else has purposes, and nothing is transferred."""
        own = self.is_own
        return {
            "effect": ("gate.effect_own" if own else "gate.effect",),
            "cookies_sent": ("gate.cookies_sent",),
            "use": () if own else ("gate.use",),
            "transfer": () if own else self.transfer_keys("gate.transfer"),
            "voluntary": ("gate.voluntary",),
            "controller": ("gate.controller_joint" if self.is_joint else "gate.controller",),
        }

    @property
    def slots(self) -> dict[str, str]:
        """The sentences of the first layer by the names in `SLOTS`; a slot that does not apply is not there."""
        return {name: self.said(keys) for name, keys in self._keys().items() if keys}

    @property
    def version(self) -> str:
        """Twelve hex digits that identify what is consented to, independent of the language and of the one kind of content.

        They change with the texts and with everything that is filled into them or chooses between them: the recipient and its seat, its
        server, the data, the kinds of content with what their frames send, the basis of the transfer, joint control, the controller. Not
        with the day on which the basis was last checked.
        """
        operator = self.operator
        transfer = operator.transfer
        facts = [
            [self.platform.name, self.platform.title, self.platform.disclosures, self.server],
            [
                [kind.name, kind.shown_as, sends_site_name(kind), bool(kind.with_credentials)]
                for kind in self.platform.embeds
                if kind.becomes == "gate"
            ],
            [operator.legal_name, operator.address, operator.country, operator.joint_control_url],
            [transfer.country, transfer.mechanism, transfer.reference] if transfer else [],
            [self.controller_id, self.controller.name, self.days],
            self._keys(),
        ]
        return fingerprint([facts, consented_texts()])
