"""The information given to visitors before consent, slot by slot: the one source of the gate, the privacy notice and the record of processing.

So the four cannot contradict each other, and a change in any of it is a new version that invalidates earlier consents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from shariff_py.consent_ui.wording import day, disclosed, marked, places, postal_address, sends_site_name
from shariff_py.platforms.company import EEA, Company
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.record import Platform
from shariff_py.policy import LONGEST_MEMORY, Controller
from shariff_py.settings.records import PlatformSettings
from shariff_py.settings.words import LocalizedText, Words, in_language
from shariff_py.texts import Language, consented_texts, fingerprint

FIRST_LAYER: Mapping[str, str] = {
    "effect": "who receives what, where, and that it may be used for other purposes (R8 b, c, f, g)",
    "voluntary": "voluntary, and how to undo it (R8 h, i; GDPR Art. 7(3), (4))",
    "controller": "the page's controller, and any joint controllers (R8 a; GDPR Art. 13(1)(a), 26)",
}
"""What stands beside the button, in the order it is read. What the button does and the way around it are the labels of the two."""

DETAILS: Mapping[str, str] = {
    "recipient": "who receives the data (GDPR Art. 13(1)(e))",
    "data": "what is sent at once, with cookies and login by what the browser can do (TDDDG § 25; C-673/17)",
    "purposes": "the site's purpose and the recipient's own (GDPR Art. 13(1)(c))",
    "device": "storage on the device, its duration and who reads it (C-673/17), and what the site itself stores",
    "transfer": "the third country with its basis, or the recipient's seat (GDPR Art. 13(1)(f))",
    "joint": "joint control, where there is an arrangement (GDPR Art. 26)",
    "withdrawal": "how far the consent reaches, how to undo it and what cannot be undone (GDPR Art. 7(3))",
}
"""The list behind the first layer, row by row, in the order it is read; a row that does not apply is not there."""


class Row(NamedTuple):
    """One row of the list: its name in `DETAILS`, its heading and its text."""

    name: str
    heading: str
    text: str


def _one_behind_the_other(texts: list[str]) -> str:
    """Texts as one: in lines where any of them has several. Behind the full stop of Chinese and Japanese stands no space."""
    return ("\n" if any("\n" in text for text in texts) else " ").join(texts).replace("。 ", "。")


def covered(controller_id: str, server: str) -> str:
    """The part of a remembered consent's key behind the platform's name."""
    return f"{controller_id}@{server}" if server else controller_id


SEATS: Mapping[str, tuple[str, str]] = {
    "details": ("details.seat_text", "details.seat_unknown"),
    "notice": ("notice.seat", "notice.transfer_unknown"),
    "record": ("notice.seat", "notice.transfer_unknown"),
}
"""By table, the texts on a recipient's seat: where the GDPR applies and nothing leads out, and where more is not known."""


def titled(platform: Platform, server: str) -> str:
    """What headings and lists call it: the platform, or the server with its platform."""
    return f"{server} ({platform.title})" if server else platform.title


@dataclass(frozen=True, slots=True)
class Information:
    """The information about one platform on the pages of one controller, in one language.

    ``operator`` receives the data. Where anybody can run a server of the platform, ``server`` is the host of the one that is meant, and
    ``on_own_host`` says whether that is one of the site's own hosts. ``kind`` is the kind of content it is about (``None``: all that are
    shown). ``statements`` are what the site itself says of the platform, in ``site_language`` where it does not say in which. ``values`` is what is
    filled into the texts.
    """

    language: Language
    platform: Platform
    operator: Company
    controller_id: str
    controller: Controller
    server: str = ""
    on_own_host: bool = False
    kind: EmbedKind | None = None
    statements: PlatformSettings = field(default_factory=PlatformSettings)
    site_language: str = ""
    values: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _keys: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", self._filled_in())
        object.__setattr__(self, "_keys", self._chosen())

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
        return bool(self.server) and (self.on_own_host or self.operator.legal_name in self.controller.names)

    @property
    def is_shown(self) -> bool:
        """Whether content of the platform can be loaded: some of them only have share links."""
        return any(kind.becomes == "gate" for kind in self.platform.embeds)

    @property
    def is_joint(self) -> bool:
        """Whether there is an arrangement on joint control (GDPR Art. 26(2)). Without one nobody is called jointly responsible."""
        return bool(self.operator.joint_control_url)

    @property
    def named_controller(self) -> Controller:
        """The controller as readers of this language know it."""
        return self.controller.in_language(self.language.code)

    @property
    def storage(self) -> LocalizedText | None:
        """What the site knows of how long something is stored on the device and who else has access; ``None``: nothing."""
        return self._own(self._said_of_storage)

    @property
    def _said_of_storage(self) -> Words:
        server = self.statements.servers.get(self.server)
        return server.storage if server is not None else self.statements.storage

    @property
    def essence(self) -> LocalizedText | None:
        """The arrangement on joint control in the site's own words; ``None`` where there is none, or none has been written."""
        return self._own(self.statements.joint_control.essence) if self.is_joint else None

    @property
    def check(self) -> LocalizedText | None:
        """Who checked the basis of the transfer for the site; ``None`` where there is no transfer, or nobody did."""
        return self._own(self.statements.transfer.checked_by) if self.operator.transfer is not None else None

    def _own(self, words: Words) -> LocalizedText | None:
        return in_language(words, self.language.code, self.site_language)

    def marked(self, text: str) -> Markup:
        """A text as markup, in which the site's own words in another language are marked as such."""
        return marked(text, (self.storage, self.essence, self.check))

    @property
    def slots(self) -> dict[str, str]:
        """All that is told, by the names in `FIRST_LAYER` and `DETAILS`."""
        return self.first_layer | {row.name: row.text for row in self.details}

    @property
    def _company(self) -> str:
        """What people call the company that receives the data."""
        return self.operator.short_name or self.operator.legal_name

    def _receiver(self) -> str:
        """The platform with its company, unless that has the same name, and the countries that are known to be concerned."""
        platform, transfer = self.server or self.platform.title, self.operator.transfer
        countries = [self.operator.country, *([transfer.country] if transfer else [])]
        where = places(list(dict.fromkeys(countries)), self.language)
        company = "" if self._company == platform else self._company
        return f"{platform} ({', '.join(filter(None, [company, where]))})"

    def _filled_in(self) -> dict[str, str]:
        transfer, arrangement = self.operator.transfer, self.statements.joint_control
        checked_on = self.statements.transfer.checked_on
        return {
            "platform": self.server or self.platform.title,
            "receiver": self._receiver(),
            "recipient": self.operator.legal_name,
            "company": self._company,
            "address": postal_address(self.operator, self.language),
            "data": disclosed(self.platform, self.language, self.kind),
            "seat": places([self.operator.country], self.language),
            "country": places([transfer.country], self.language) if transfer else "",
            "mechanism": transfer.mechanism if transfer else "",
            "reference": transfer.reference if transfer else "",
            "checked_on": day(checked_on, self.language) if checked_on else "",
            "checked_by": self.check.text if self.check else "",
            "storage": self.storage.text if self.storage else "",
            "essence": self.essence.text if self.essence else "",
            "as_of": day(arrangement.as_of, self.language) if arrangement.as_of else "",
            "controller": self.named_controller.name,
            "days": str(self.days),
        }

    def say(self, key: str, language: Language | None = None) -> str:
        """The text of that key with everything known filled in."""
        return (language or self.language).say(key, **self.values)

    def said(self, keys: tuple[str, ...], language: Language | None = None) -> str:
        """The texts of these keys, one behind the other; in easy language each begins a line."""
        return _one_behind_the_other([self.say(key, language) for key in keys])

    def transfer_keys(self, table: str) -> tuple[str, ...]:
        """The texts of a table (``details``, ``notice``, ``record``) on where data go: the basis where a country and a basis are known, else the seat and
        what is known of the rest.

        A seat is not a transfer: that a company sits in a country does not say where data go.
        """
        uncertain = "transfer" in self.operator.unconfirmed and self.check is None
        if self.operator.transfer is not None:
            return (f"{table}.transfer", *(("details.unconfirmed",) if uncertain else ()))
        unknown = uncertain or self.operator.country not in EEA
        return (SEATS[table][unknown],)

    def check_keys(self, table: str) -> tuple[str, ...]:
        """The text of a table on the site's own check of that basis, where there was one."""
        return (f"{table}.transfer_checked",) if self.check is not None else ()

    def storage_keys(self, own: bool) -> tuple[str, ...]:
        """The text on how long something is stored on the device and who else has access: as the site says it, or that it is not known. Of
        its ``own`` server a site cannot say that; what it has not said yet is not said."""
        return ("details.device_known",) if self.storage is not None else () if own else ("details.device_unknown",)

    def _chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The texts of each slot and row, by what records and settings say. On one's own server nobody else has purposes, nothing is
        transferred, and what has been sent can be erased."""
        own = self.is_own
        nothing = () if own else ("details.device_nothing",)
        sent = () if own else ("details.withdrawal_sent",)
        return {
            "effect": ("gate.effect_own" if own else "gate.effect",),
            "voluntary": ("gate.voluntary",),
            "controller": ("gate.controller_joint" if self.is_joint else "gate.controller",),
            "data": ("details.data_text",),
            "purposes": ("details.purposes_own" if own else "details.purposes_text",),
            "device": (
                "details.device_text",
                *self.storage_keys(own),
                *(("details.device_remember",) if self.days else nothing),
            ),
            "transfer": () if own else self.transfer_keys("details"),
            "joint": ("details.joint_text",) if self.is_joint else (),
            "withdrawal": ("details.withdrawal_text", *sent),
            "withdrawal_stored": ("details.withdrawal_stored", *sent) if self.days else (),
        }

    @property
    def first_layer(self) -> dict[str, str]:
        """The sentences beside the button, by the names in `FIRST_LAYER`."""
        return {name: self.said(self._keys[name]) for name in FIRST_LAYER}

    @property
    def effect(self) -> str:
        """The prose above the two choices: what loading does."""
        return self.said(self._keys["effect"])

    @property
    def line(self) -> str:
        """The line below the two choices: that consent is voluntary, how it is undone, and who is responsible."""
        return self.said((*self._keys["voluntary"], *self._keys["controller"]))

    @property
    def withdrawal_stored(self) -> str:
        """What the list says of withdrawal once the consent is stored, in place of its row."""
        return self.said(self._keys["withdrawal_stored"])

    @property
    def details(self) -> list[Row]:
        """The rows of the list behind the first layer, in the order of `DETAILS`."""
        keys = self._keys
        headings = {"transfer": self.values["country"] or self.say("details.seat")}
        checked = self.check_keys("details") if keys["transfer"] else ()
        texts = {name: self.said(keys[name]) for name in DETAILS if name in keys}
        texts |= {"recipient": self.operator.legal_name, "transfer": self.said((*keys["transfer"], *checked))}
        texts["data"] = f"{texts['data'][0].upper()}{texts['data'][1:]}"
        return [
            Row(name, headings.get(name) or self.say(f"details.{name}"), texts[name]) for name in DETAILS if texts[name]
        ]

    @property
    def version(self) -> str:
        """Twelve hex digits that identify what is consented to, independent of the language and of the one kind of content.

        They change with the texts and with everything that is filled into them or chooses between them: the recipient and its seat, its
        server, the data, the kinds of content with what their frames send, the basis of the transfer, joint control, what the site says of
        storage, the controller. Not with the day on which the site last checked the basis.
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
            [
                operator.legal_name,
                operator.short_name,
                operator.address,
                operator.address_country,
                operator.country,
                operator.joint_control_url,
            ],
            [transfer.country, transfer.mechanism, transfer.reference] if transfer else [],
            [self.controller_id, self.controller.name, self.days],
            self._said_of_storage,
            self._keys,
        ]
        return fingerprint([facts, consented_texts()])
