"""The company behind a host: the registry's platforms with content first, then the policy file, the services that are only linked to, and the
register of third parties.

Large lists of trackers may not be passed on with free software (their licences forbid commercial use), so the register holds what European
public sites meet most. A host that is not in it is named without a company, never left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from shariff_py.audit.evidence.contact import host_as_browsers_write_it
from shariff_py.audit.verdict.policy import Company
from shariff_py.platforms import companies
from shariff_py.platforms.company import Company as Operator
from shariff_py.platforms.registry import linked_platform
from shariff_py.platforms.third_parties.record import Provider, provider_from
from shariff_py.platforms.third_parties.register import provider_of
from shariff_py.urls import host_is

SEATS = {each.legal_name: each.country for each in vars(companies).values() if isinstance(each, Operator)}
"""Where the companies of the registry sit, by their legal names."""


def company_of(host: str, more: Iterable[Company] = ()) -> Provider | None:
    """The company behind a host, with its seat and where data may go; ``more`` are looked at before the services that are only linked to, and
    before the register. ``None`` where it is unknown."""
    platform = linked_platform(host)
    if platform is not None and platform.operator is not None:
        return provider_from(platform.operator, platform.hosts)
    for company in more:
        if any(host_is(host, host_as_browsers_write_it(domain)) for domain in company.hosts):
            return Provider(company.name, company.country, company.data_may_go_to, hosts=company.hosts)
    if platform is not None and platform.share:
        receiver = platform.share.receiver
        return Provider(receiver, SEATS.get(receiver, ""), hosts=platform.link_hosts)
    return provider_of(host)
