"""Checks of the headers of pages, and of what browsers have reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.doctor.held_back import held_back, instead_of
from shariff_py.errors import ShariffError
from shariff_py.platforms.registry import platform_of_address
from shariff_py.platforms.third_parties.register import third_parties_on
from shariff_py.response_policy.budget import MOST_BYTES, header_bytes
from shariff_py.response_policy.connections import CONNECTION_EFFECTS
from shariff_py.response_policy.pages import policy_headers, size_problems
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.urls import parse

REPORTS_LOOKED_AT = timedelta(days=30)
"""Older reports of browsers may have been fixed since."""

MOST_NAMED = 3
"""How many pages are listed."""


STORES = {
    "report": 'report: embed code that pages keep as data (JSON, attributes, comments, base64) stays; "shariff-py scan" lists it',
    "gate": "gate: embed code that pages keep as data is replaced where that is certain",
}
"""What happens to embed code in data, by ``gate.stores``."""


POLICY_CURES = {
    "report-only": 'Check what browsers report, here and under "policy" in GET status; when it is nothing that the site needs, '
    'set headers.policy to "enforce".',
    "off": 'Set headers.policy to "report-only" first, later to "enforce".',
}

BLOCKED_CURE = (
    '"shariff-py blocked" lists what the policy holds back, each with the line that allows it and what to do instead. What is not wanted, '
    "remove from the pages."
)


def policy(settings: Settings, today: date) -> Iterator[Diagnosis]:
    mode = settings.headers.policy
    what_it_does = {"enforce": "", "report-only": ": nothing is blocked yet", "off": ": pages have none"}[mode]
    yield Diagnosis(True, "gate.stores", STORES[settings.gate.stores])
    yield Diagnosis(mode not in POLICY_CURES, "headers.policy", mode + what_it_does, POLICY_CURES.get(mode, ""))
    size, problems = header_bytes(policy_headers(settings, [])), size_problems(settings, [])
    finding = f"{size:,} of {MOST_BYTES:,} bytes on a page without a policy of its own"
    yield Diagnosis(not problems, "headers", finding, " ".join(problems))
    yield from _allowed_third_parties(settings)
    yield Diagnosis(True, "headers.connections", CONNECTION_EFFECTS[settings.headers.connections])
    try:
        with closing(open_store(settings.counts.store, mends=False)) as store:
            reported = store.reports.all()
    except ShariffError:
        # `_store` reports what is wrong with the store.
        return
    recent = [row for row in reported if row.last >= today - REPORTS_LOOKED_AT]
    third_parties = [one for one in held_back(settings, recent) if one.titles and one.allow]
    if third_parties:
        named = [f"{one.named}: {one.times} times, last on {one.last}" for one in third_parties[:MOST_NAMED]]
        yield Diagnosis(False, "held back", _listed(named, len(third_parties)), BLOCKED_CURE)
    tried = [row for row in recent if _is_platforms(row.blocked)]
    if tried:
        named = [
            f"{row.page} tried {row.blocked} ({row.times} times, last on {row.last})" for row in tried[:MOST_NAMED]
        ]
        yield Diagnosis(
            False,
            "policy reports",
            _listed(named, len(tried)),
            'Find the markup with "shariff-py scan" and gate it; where a script takes it from data of the page, set gate.stores to '
            '"gate"; remove a script that builds the address itself.',
        )


def _allowed_third_parties(settings: Settings) -> Iterator[Diagnosis]:
    """What the third parties are that ``gate.allow`` lets through."""
    named = [
        f"{host} is let through. {instead_of(settings, third_party)}"
        for host in settings.gate.allow
        for third_party in third_parties_on(host.removeprefix("*."))
    ]
    if named:
        yield Diagnosis(True, "gate.allow", " ".join(named))


def _listed(named: list[str], of: int) -> str:
    more = of - len(named)
    return "; ".join(named) + (f"; and {more} more" if more else "")


def _is_platforms(blocked: str) -> bool:
    parts = parse(blocked)
    return parts is not None and platform_of_address(parts) is not None
