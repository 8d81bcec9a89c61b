"""The shape of one third party's record: a service that pages load and that shows no content of its own to gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shariff_py.platforms.company import Company

STRICT = {"extra": "forbid"}
"""Read by the checks of the file: a misspelt field is an error, not a fact that is silently missing."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who runs hosts.

    name            its legal name, or the short one where that alone is known
    country         ISO 3166 code of its seat, which is no transfer
    data_may_go_to  codes of the countries outside the European Economic Area that data may go to
    unconfirmed     which of these fields no public source was found for
    hosts           hosts of it that belong to no record of a service, each with everything below it
    """

    __pydantic_config__ = STRICT
    name: str
    country: str
    data_may_go_to: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


OF_A_COMPANY = {"legal_name": "name", "country": "country", "transfer": "data_may_go_to"}
"""The fields of a company and those of a provider that they become."""


def provider_from(company: Company, hosts: tuple[str, ...] = ()) -> Provider:
    """A company of platforms as a provider."""
    unconfirmed = tuple(OF_A_COMPANY[field] for field in company.unconfirmed if field in OF_A_COMPANY)
    goes_to = (company.transfer.country,) if company.transfer else ()
    return Provider(company.legal_name, company.country, goes_to, unconfirmed, hosts)


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """One service.

    name        its name in the register
    title       its name as people write it
    what        key (``what.KEY``) of the text of findings that says what it is
    instead     key (``instead.KEY``) of the text that says what to do instead
    provider    who runs it
    places      where it is loaded from: a host with everything below it, or a host and the beginning of a path (``www.example.org/widget``)
                where several services share the host
    checked_on  the day all of this was last verified
    source      the public source of the places; empty where they are not confirmed
    note        a remark for editors of the file
    """

    __pydantic_config__ = STRICT
    name: str
    title: str
    what: str
    instead: str
    provider: Provider
    places: tuple[str, ...]
    checked_on: date
    source: str = ""
    note: str = ""
