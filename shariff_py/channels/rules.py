"""The rulebook for one channel, a function per rule. No rule sends a request: facts outside the register are attested in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from shariff_py.channels.model import Channel
from shariff_py.channels.verdict import RuleContext, RuleResult, failed, passed, warned
from shariff_py.platforms.registry import linked_platform, owner_of_address
from shariff_py.urls import NOWHERE, host_is, parse

APPROVAL_MONTHS = 12
APPROVAL_WARNING = timedelta(days=30)
SATURDAY = 5
HOURS_A_DAY = 24

FUNCTION_WORDS = frozenset(
    {
        "amt", "buero", "büro", "bibliothek", "buergerservice", "büchereien", "contact", "city", "communications", "community",
        "fachbereich", "feuerwehr", "hello", "info", "internet", "kanal", "kommunikation", "kontakt", "kultur", "library",
        "marketing", "media", "medien", "mail", "museum", "compliance", "online", "portal", "post", "poststelle", "press", "presse",
        "pressestelle", "redaktion", "referat", "rathaus", "service", "social", "socialmedia", "soziale", "stadt", "stelle", "sport",
        "team", "theater", "town", "tourismus", "verwaltung", "web", "webredaktion", "zoo",
    }
)  # fmt: skip
"""Words found in the mailbox of a function, not in that of a person. "social.media@" is a function, "erika.muster@" is not."""


def released(channel: Channel, context: RuleContext) -> RuleResult:
    title = channel.platform_title
    if channel.record is None:
        return warned(
            f"Whether {title} is released is unknown: there is no record of this platform.",
            "Name the decision about the platform in the channel's approval and look it up by hand.",
        )
    if not channel.record.hosts and channel.record.name not in context.settings.releases:
        return warned(
            f"Whether {title} is released is unknown: the settings name no decision about it.",
            f"Write the decision into releases.{channel.record.name}.",
        )
    release = context.settings.policy.release(channel.record.name)
    if release.is_open:
        return passed(f"{title} is released.")
    return failed(
        f"The channel is active, but {title} is {release.state.replace('_', ' ')}.",
        "Close the channel or set it dormant, or have the platform released and write the decision into the settings.",
    )


def address(channel: Channel, context: RuleContext) -> RuleResult:
    owner, wanted = linked_platform(channel.address.host), channel.record
    if owner is wanted or (owner is None and wanted is not None and wanted.any_server):
        return passed(f"The address fits {channel.platform_title}.")
    if owner is None and wanted is not None and not wanted.hosts:
        return warned(
            f"Whether the address belongs to {channel.platform_title} is unknown: its host is not in the record of it.",
            "Look it up by hand.",
        )
    other = f"belongs to {owner.title}" if owner else "does not belong to it"
    return failed(
        f"The channel is registered for {channel.platform_title}, but its address {other}.",
        "Correct the address or the platform.",
    )


def imprint(channel: Channel, context: RuleContext) -> RuleResult:
    return _own_page(channel.imprint_url, "imprint", context)


def privacy(channel: Channel, context: RuleContext) -> RuleResult:
    return _own_page(channel.privacy_url, "privacy notice", context)


def portal_page(channel: Channel, context: RuleContext) -> RuleResult:
    return _own_page(channel.portal_page_url, "page of the portal that the account links back to", context)


def _own_page(address: str, what: str, context: RuleContext) -> RuleResult:
    if not address:
        return failed(f"There is no {what}.", "Create that page on your own site and enter its address.")
    if not _is_own(address, context):
        return failed(f"The {what} is not on your own site.", "Move it to your own site and enter that address.")
    return passed(f"The {what} is on your own site.")


def _is_own(address: str, context: RuleContext) -> bool:
    """An address of a page: without a host it is the site's, whatever its origin; with one, the settings decide."""
    parts = parse(address, NOWHERE)
    return parts is not None and (f"{parts.origin}/" == NOWHERE or context.settings.owns(parts.host))


def alternative(channel: Channel, context: RuleContext) -> RuleResult:
    found = [parts for way in channel.alternatives if (parts := parse(way.url, NOWHERE)) is not None]
    bound = [owner.title for parts in found if (owner := owner_of_address(parts))]
    bound += [channel.platform_title for parts in found if parts.host == channel.address.host]
    if bound:
        return failed(
            f"An alternative is itself on a platform ({bound[0]}).",
            "Name a way that needs no platform: a page of your site, a feed, a newsletter, a telephone number.",
        )
    if not channel.alternatives:
        return failed(
            "The same information is not available without the platform.",
            "Publish it on your own site as well and enter that page as an alternative.",
        )
    return passed("The same information is available without the platform.")


def responsible(channel: Channel, context: RuleContext) -> RuleResult:
    missing = [name for name, value in (("unit", channel.unit), ("deputy_unit", channel.deputy_unit)) if not value]
    if missing:
        return failed(f"Not set: {', '.join(missing)}.", "Name the unit in charge and its deputy.")
    return passed("The unit in charge and its deputy are set.")


def mailbox(channel: Channel, context: RuleContext) -> RuleResult:
    if not channel.mailbox:
        return failed("There is no mailbox.", "Enter the mailbox of the function in charge, for example press@….")
    local, _, domain = channel.mailbox.partition("@")
    if looks_personal(local):
        return warned(
            "The mailbox looks like that of a person.",
            "Use the mailbox of a function: it stays when people go, and names of staff do not belong in the register.",
        )
    own_domains = [host.removeprefix("*.").removeprefix("www.") for host in context.settings.own_hosts]
    if not any(host_is(domain, own) or host_is(own, domain) for own in own_domains):
        return warned(
            f"The mailbox is at {domain}, which is not a domain of the site.", "Use a mailbox of your own domain."
        )
    return passed("The mailbox is that of a function, at your own domain.")


def looks_personal(local_part: str) -> bool:
    """Whether the part before the @ has the form of a person's name: ``erika.muster``, ``e_muster``, ``m.muster2``.

    A guess from the form alone, so only ever a warning.
    """
    words = re.split(r"[._-]", re.sub(r"\d+$", "", local_part.lower()))
    return len(words) in {2, 3} and all(word.isalpha() for word in words) and not FUNCTION_WORDS.intersection(words)


def controller(channel: Channel, context: RuleContext) -> RuleResult:
    if channel.controller in context.settings.controllers:
        return passed("The controller is named.")
    known = ", ".join(context.settings.controllers) or "none so far"
    return failed(
        f"There is no controller {channel.controller!r} in the settings.",
        f"Enter the id of the controller of this channel (known: {known}).",
    )


def netiquette(channel: Channel, context: RuleContext) -> RuleResult:
    if channel.netiquette_url:
        return passed("Rules for comments are published.")
    return warned("There are no rules for comments.", "Publish them on your own site and enter the address.")


def answers(channel: Channel, context: RuleContext) -> RuleResult:
    if channel.service_hours and channel.response_target_hours:
        return passed("Service hours and response time are published.")
    return warned(
        "Service hours and response time are not published.", "Enter service_hours and response_target_hours."
    )


def upkeep(channel: Channel, context: RuleContext) -> RuleResult:
    last = channel.last_checked_on
    if last is None:
        return failed("No check has been recorded yet.", "Check the channel and enter the day in last_checked_on.")
    if last > context.today:
        return failed(f"The last check is dated {last}, in the future.", "Correct last_checked_on.")
    days = working_days(last, context.today, context.holidays)
    if HOURS_A_DAY * days > channel.upkeep_hours:
        return failed(
            f"Last checked on {last}, {days} working day{'s' if days > 1 else ''} ago "
            f"(agreed: {_interval(channel.upkeep_hours)}).",
            "Read and answer comments and messages, and enter the day in last_checked_on.",
        )
    return passed(f"Last checked on {last}.")


def _interval(hours: int) -> str:
    """How often a channel is to be checked, in words: ``upkeep_hours`` counts 24 for each working day."""
    if hours == HOURS_A_DAY:
        return "daily"
    days, rest = divmod(hours, HOURS_A_DAY)
    return f"every {hours} hours" if rest else f"every {days} working days"


def working_days(after: date, until: date, holidays: Collection[date] = ()) -> int:
    """Days from Monday to Friday, holidays aside, after the first day up to and including the second."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() < SATURDAY and day not in holidays for day in days)


def approval(channel: Channel, context: RuleContext) -> RuleResult:
    approval = channel.approval
    if approval is None:
        return failed("There is no approval.", "Apply for it, and enter who approved by role, the day and the file.")
    if approval.on > context.today:
        return failed(f"The approval is dated {approval.on}, in the future.", "Correct approval.on.")
    ends = _a_year_after(approval.on)
    if ends <= context.today:
        return failed(
            f"The approval of {approval.on} is older than {APPROVAL_MONTHS} months.",
            "Review whether the channel is still needed and have the approval renewed.",
        )
    if ends - APPROVAL_WARNING <= context.today:
        return warned(f"The approval of {approval.on} ends on {ends}.", "Have it reviewed and renewed before then.")
    return passed(f"The channel was approved on {approval.on}.")


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def closing(channel: Channel, context: RuleContext) -> RuleResult:
    closed = channel.closed_on
    if closed is None:
        return failed("The channel is closed, but not since when.", "Enter the day in closed_on.")
    if closed > context.today or (channel.opened_on is not None and closed < channel.opened_on):
        return failed(f"The channel cannot have been closed on {closed}.", "Correct closed_on or opened_on.")
    return passed(f"The channel was closed on {closed}.")


def still_open(channel: Channel, context: RuleContext) -> RuleResult:
    if channel.closed_on is None:
        return passed("The channel has no day of closing.")
    return failed(
        f"The channel has been closed since {channel.closed_on}, but its status is {channel.status}.",
        'Set the status to "closed", or remove closed_on.',
    )
