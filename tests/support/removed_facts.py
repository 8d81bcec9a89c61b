"""Takes each field of each company, of each share link and service that is only shared to, and of each third party and its provider away,
one at a time, and prints as JSON how many and which of them no row misses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from consent_ui import test_rows_services as services
from counts import test_sources
from house import test_companies as companies
from house import test_docs_third_parties, test_link_hosts
from house import test_rows_third_parties as third_parties

from shariff_py.platforms.company import Company
from shariff_py.platforms.record import Platform, ShareLink
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.services import SERVICES
from shariff_py.platforms.third_parties.record import Provider, ThirdParty
from shariff_py.platforms.third_parties.register import register
from support.removals import Check, Held, is_noticed, removable, without


def of_companies() -> Iterator[Check]:
    """What is asked of all companies."""
    for name in companies.TOLD:
        yield partial(companies.test_a_company_is_told_by_name_address_seat_and_its_own_privacy_policy, name)
    yield companies.test_a_company_is_called_what_people_call_it_and_the_others_by_their_legal_names
    yield companies.test_only_meta_offers_an_arrangement_on_joint_control_of_what_is_embedded
    yield companies.test_only_the_address_of_a_representative_is_in_another_country_than_the_seat
    yield companies.test_only_content_of_meta_can_never_be_allowed_by_name


def of_services() -> Iterator[Check]:
    """What is asked of all services, and of the share links of platforms with content."""
    yield services.test_who_receives_what_is_shared_is_known_of_every_service_that_is_not_on_the_device
    yield services.test_every_service_is_written_here
    for test, rows in (
        (services.test_a_link_says_what_it_does_and_leads_where_the_service_takes_addresses, services.LINKS),
        (services.test_a_service_with_a_longest_text_is_known_as_such, services.LENGTHS),
        (services.test_a_service_that_acts_on_the_page_says_how, services.ACTIONS),
        (services.test_a_service_has_its_colour_and_its_icon, services.LOOKS),
        (services.test_another_name_leads_to_the_service, services.OTHER_NAMES),
        (test_sources.test_a_request_names_the_page_as_the_platform_expects_it, test_sources.ADDRESSES),
        (test_link_hosts.test_a_host_of_a_service_names_it_with_everything_below_and_nothing_beside, test_link_hosts.ROWS),
        (test_link_hosts.test_the_address_of_a_channel_is_compared_with_the_hosts_of_its_service, test_link_hosts.CHANNELS),
    ):  # fmt: skip
        yield from (partial(test, *row) for row in rows)


def of_third_parties() -> Iterator[Check]:
    """What is asked of all third parties and providers."""
    yield third_parties.test_the_countries_that_data_may_go_to_are_those_that_are_known
    for fact in ("name", "country", "data_may_go_to"):
        yield partial(third_parties.test_what_is_not_confirmed_of_a_provider_is_said, fact)
    yield third_parties.test_places_without_a_public_source_are_said_to_be_unconfirmed
    yield third_parties.test_the_hosts_of_a_provider_beside_those_of_its_services_are_known
    yield test_docs_third_parties.test_the_documented_tables_are_the_registers


Fact = Company | Platform | ShareLink | ThirdParty | Provider


def records() -> Iterator[tuple[list[Check], list[tuple[str, Fact, Held | None]]]]:
    """Records by their names and where they are held, with the checks one of which has to miss what is taken away from them."""
    yield list(of_companies()), [(name, company, None) for name, company in companies.COMPANIES.items()]
    yield (
        list(of_services()),
        [
            *((name, REGISTRY[name], None) for name in SERVICES if not REGISTRY[name].embeds),
            *((name, one.share, (one, "share")) for name, one in REGISTRY.items() if one.share is not None),
        ],
    )
    providers = {id(one): one for one in third_parties.providers()}.values()
    yield list(of_third_parties()), [(one.name, one, None) for one in (*register().third_parties, *providers)]


def main() -> None:
    tried, unnoticed = 0, []
    for asked, found in records():
        for name, record, held in found:
            # What is asked of it by name is the first to miss something.
            nearest = sorted(asked, key=lambda check, name=name: name not in getattr(check, "args", ()))  # type: ignore[misc]
            for field, default in removable(record):
                tried += 1
                if not without(record, field, default, nearest, held):
                    unnoticed.append(f"{name}: {type(record).__name__}.{field}")
        if is_noticed(asked):
            unnoticed.append("Something is missed where nothing was taken away, or not put back.")
    print(json.dumps({"tried": tried, "unnoticed": unnoticed}))


if __name__ == "__main__":
    main()
