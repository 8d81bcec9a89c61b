"""The companies behind platforms: who receives the data of visitors, where that company sits, and where data may go from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

EEA = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV",
        "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""The European Economic Area, where the GDPR applies, as ISO 3166 codes: the Union, Iceland, Liechtenstein, Norway."""

FACTS: Mapping[str, str] = {
    "legal_name": "legal name",
    "address": "address",
    "country": "seat",
    "privacy_url": "privacy policy",
    "transfer": "basis of the transfer",
    "joint_control_url": "arrangement on joint control",
}
"""The fields of `Company` that can be unconfirmed, in words."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """On what basis personal data may go to a third country, and when that was last checked (GDPR Art. 13(1)(f), 44-46).

    country      ISO 3166 code of a country outside the European Economic Area
    mechanism    the name of the instrument in English, for which the texts may have that in the reader's language (Art. 45(3) adequacy
                 decision, Art. 46(2)(c) clauses)
    reference    number of the Commission's decision behind it, as in the Official Journal
    checked_on   the day on which the company's statement and the state of the decision were last read; how old that is concerns ``doctor``,
                 and is told to nobody as a check of the site's own
    in_force     whether the basis still holds; where it does not, no gate of the platform opens

    A country of the European Economic Area raises ``ValueError``: data stay under the GDPR there.
    """

    country: str
    mechanism: str
    reference: str
    checked_on: date
    in_force: bool

    def __post_init__(self) -> None:
        if self.country in EEA:
            raise ValueError(
                f"Transfer.country cannot be {self.country!r}, a country of the European Economic Area: a transfer leads out of it. "
                "Write where a company has its seat into Company.country, and leave out its transfer where none is known."
            )


@dataclass(frozen=True, slots=True)
class Company:
    """Who receives the data of visitors in the Union, as the information before the click must say (GDPR Art. 13(1)(e)).

    legal_name          the entity that its own privacy policy names as responsible towards people in the Union (Art. 4(7))
    address             its postal address in one line, without the name (Art. 13(1)(a), 14(1)(a)) and without the country, which is printed
                        behind it in the reader's language
    address_country     ISO 3166 code of the country of that address, where it is not that of the seat
    short_name          what people call it, as in "Facebook (Meta, Ireland and USA)"; empty: the legal name
    country             ISO 3166 code of its seat; that alone says nothing about where data go
    privacy_url         its privacy policy on a host of its own, in German where that has a stable address
    checked_on          the day all of this was last compared with the sources
    transfer            where data may go outside the European Economic Area by the company's own statement; ``None``: no such
                        statement is known, and only the seat is told
    joint_control_url   the arrangement on joint responsibility (Art. 26(2)); empty where the company offers none for embedded content
    never_allowed       no host of its platforms can be allowed by name (``gate.allow``): their content is shown after a press or not at all
    unconfirmed         names of the fields above that no official document at hand and no two independent sources confirm; they are
                        printed as not confirmed and named by ``doctor``. ``transfer`` with ``None``: the company does transfer data,
                        or may do so, but on what basis is not known

    A name in ``unconfirmed`` that is no field raises ``ValueError``.
    """

    legal_name: str
    address: str
    country: str
    privacy_url: str
    checked_on: date
    transfer: Transfer | None = None
    joint_control_url: str = ""
    short_name: str = ""
    address_country: str = ""
    never_allowed: bool = False
    unconfirmed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.unconfirmed:
            if name not in FACTS:
                raise ValueError(
                    f"Company.unconfirmed cannot name {name!r}, no fact of a company. Write {', '.join(FACTS)}."
                )
