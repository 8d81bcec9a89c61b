"""The information given to visitors before consent, slot by slot: the one source of the gate, the privacy notice and the record of processing.

So the four cannot contradict each other, and a change in any of it is a new version that invalidates earlier consents.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from markupsafe import Markup

from shariff_py.consent_ui.wording import (
    basis,
    capitalized,
    day,
    disclosed,
    ended,
    marked,
    one_behind_the_other,
    places,
    postal_address,
    sends_site_name,
    titled,
)
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


def covered(controller_id: str, server: str) -> str:
    """The part of a remembered consent's key behind the platform's name."""
    return f"{controller_id}@{server}" if server else controller_id


SEATS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "details": (("details.seat_text",), ("details.seat_unknown",)),
    "notice": (("notice.seat",), ("notice.transfer_unknown",)),
    "record": (("record.transfer_none", "notice.seat"), ("notice.transfer_unknown",)),
}
"""By table, the texts on a recipient's seat: where the GDPR applies and nothing leads out, and where more is not known."""


@dataclass(frozen=True, slots=True)
class Information:
    """The information about one platform on the pages of one controller, in one language.

    ``operator`` receives the data. Where anybody can run a server of the platform, ``server`` is the host of the one that is meant, and
    ``on_own_host`` says whether that is one of the site's own hosts. ``kind`` is the kind of content it is about (``None``: all that are
    shown). ``isolated`` says whether the site has a host for content that only a script shows. ``statements`` are what the site itself says
    of the platform, in ``site_language`` where it does not say in which. ``values`` is what is filled into the texts.
    """

    language: Language
    platform: Platform
    operator: Company
    controller_id: str
    controller: Controller
    server: str = ""
    on_own_host: bool = False
    kind: EmbedKind | None = None
    isolated: bool = True
    statements: PlatformSettings = field(default_factory=PlatformSettings)
    site_language: str = ""
    values: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _keys: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", self._filled_in())
        object.__setattr__(self, "_keys", self._chosen())

    @property
    def kinds(self) -> tuple[EmbedKind, ...]:
        """The kinds of content it is about: the one, or all that the site can show."""
        if self.kind is not None:
            return (self.kind,)
        gates = (kind for kind in self.platform.embeds if kind.becomes == "gate")
        return tuple(kind for kind in gates if self.isolated or kind.script is None)

    @property
    def days(self) -> int:
        """For how long a consent may be remembered; 0 where that is not offered. It is not where a script shows the content, as the browser
        would keep what the isolated host stores where the consent is withdrawn on another page.
        """
        by_script = all(kind.script is not None for kind in self.kinds)
        return 0 if by_script else min(self.controller.remember_days, LONGEST_MEMORY)

    @property
    def offers_login(self) -> bool:
        """Whether loading with the visitor's login is a choice: only where content loads without it, in a frame of the platform's own."""
        choosing = any(kind.script is None and not kind.with_credentials for kind in self.kinds)
        return self.controller.offer_login and choosing

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
        return bool(self.server) and (self.on_own_host or self.runs_server)

    @property
    def runs_server(self) -> bool:
        """Whether the page's controller itself runs the server."""
        return bool(self.server) and self.operator.legal_name in self.controller.names

    @property
    def told(self) -> tuple[Hashable, ...]:
        """The same for all controllers of whose pages the same is told."""
        return (*self._keys.values(), self.days, self.offers_login, self.runs_server) if self.is_shown else ()

    @property
    def is_shown(self) -> bool:
        """Whether content of the platform can be loaded: some only have share links, and no gate is offered where nobody answers for it."""
        return bool(self.kinds) and bool(self.controller.name)

    @property
    def tells_where(self) -> bool:
        """Whether visitors are told where data go: not of the site's own server, unless it is run from outside the EEA."""
        return not (self.is_own and self.operator.country in EEA)

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
        return self._sentence(self._said_of_storage)

    @property
    def _said_of_storage(self) -> Words:
        server = self.statements.servers.get(self.server)
        return server.storage if server is not None else self.statements.storage

    @property
    def essence(self) -> LocalizedText | None:
        """The arrangement on joint control in the site's own words; ``None`` where there is none, or none has been written."""
        return self._sentence(self.statements.joint_control.essence) if self.is_joint else None

    @property
    def check(self) -> LocalizedText | None:
        """Who checked the basis of the transfer for the site; ``None`` where there is no transfer, or nobody did."""
        return self._own(self.statements.transfer.checked_by) if self.operator.transfer is not None else None

    def _own(self, words: Words) -> LocalizedText | None:
        return in_language(words, self.language.code, self.site_language)

    def _sentence(self, words: Words) -> LocalizedText | None:
        """What the site says, with a full stop where it wrote none: more may stand behind it."""
        said = self._own(words)
        return said and replace(said, text=ended(said.text))

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
            "mechanism": basis(transfer, self.language) if transfer else "",
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

    def said(self, keys: tuple[str, ...]) -> str:
        """The texts of these keys, one behind the other; in easy language each begins a line."""
        return one_behind_the_other([self.say(key) for key in keys], self.language)

    def transfer_keys(self, table: str) -> tuple[str, ...]:
        """The texts of a table (``details``, ``notice``, ``record``) on where data go: the basis where a country and a basis are known, with
        what the site knows of it; else the seat and what is known of the rest.

        A seat is not a transfer: that a company sits in a country does not say where data go.
        """
        uncertain = "transfer" in self.operator.unconfirmed
        if self.operator.transfer is not None:
            doubt = "details.unconfirmed" if uncertain else "details.unchecked"
            return (f"{table}.transfer", f"{table}.transfer_checked" if self.check is not None else doubt)
        return SEATS[table][uncertain or self.operator.country not in EEA]

    def storage_keys(self, own: bool) -> tuple[str, ...]:
        """The text on how long something is stored on the device and who else has access: as the site says it, or that it is not known. Of
        its ``own`` server a site cannot say that; what it has not said yet is not said."""
        return ("details.device_known",) if self.storage is not None else () if own else ("details.device_unknown",)

    def _chosen(self) -> Mapping[str, tuple[str, ...]]:
        """The texts of each slot and row, by what records and settings say. On one's own server nobody else has purposes, and what has been
        sent can be erased."""
        own = self.is_own
        nothing = () if own else ("details.device_nothing",)
        sent = () if own else ("details.withdrawal_sent",)
        return {
            "effect": ("gate.effect_own" if own else "gate.effect",),
            "voluntary": ("gate.voluntary",),
            "controller": ("gate.controller_joint" if self.is_joint else "gate.controller",),
            "recipient": ("details.unconfirmed",) if "legal_name" in self.operator.unconfirmed else (),
            "data": ("details.data_text",),
            "purposes": ("details.purposes_own" if own else "details.purposes_text",),
            "device": (
                "details.device_text",
                *self.storage_keys(own),
                *(("details.device_remember",) if self.days else nothing),
            ),
            "transfer": self.transfer_keys("details") if self.tells_where else (),
            "joint": ("details.joint_text",) if self.is_joint else (),
            "withdrawal": ("details.withdrawal_unless" if self.days else "details.withdrawal_text", *sent),
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
        headings = {"transfer": self.values["country"] or self.say("details.seat")}
        texts = {name: self.said(self._keys[name]) for name in DETAILS}
        texts |= {name: capitalized(texts[name]) for name in ("data", "transfer")}
        doubt, recipient = texts["recipient"], self.operator.legal_name
        texts["recipient"] = one_behind_the_other([ended(recipient), doubt], self.language) if doubt else recipient
        return [
            Row(name, headings.get(name) or self.say(f"details.{name}"), texts[name]) for name in DETAILS if texts[name]
        ]

    @property
    def version(self) -> str:
        """Twelve hex digits that identify what is consented to, independent of the language and of the one kind of content.

        They change with the texts and with everything that is filled into them or chooses between them: the recipient and its seat, its
        server, the data, the kinds of content with what their frames send, the basis of the transfer, joint control, what the site says of
        storage, the controller. Not with the site's own check of the basis.
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
            [operator.legal_name, operator.short_name, operator.joint_control_url],
            [operator.address, operator.address_country, operator.country],
            [transfer.country, transfer.mechanism, transfer.reference] if transfer else [],
            [self.controller_id, self.controller.name, self.days],
            self._said_of_storage,
            {**self._keys, "transfer": self._keys["transfer"][:1]},
        ]
        return fingerprint([facts, consented_texts()])
