"""The checks of a register: a table of rules about one channel, a table of rules about all of them, and the code that walks both.

Today is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from shariff_py.channels import rules
from shariff_py.channels.model import Channel, Register, Status
from shariff_py.channels.verdict import Finding, RuleContext, RuleResult, Verdict, failed, passed
from shariff_py.platforms.registry import linked_platform
from shariff_py.settings.model import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: its name, where it comes from, who acts, the states it applies to, and how it is judged."""

    rule: str
    source: str
    role: str
    states: frozenset[Status]
    judge: Callable[[Channel, RuleContext], RuleResult]


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """One rule about the register as a whole."""

    rule: str
    source: str
    role: str
    judge: Callable[[Register], RuleResult]


def check(
    register: Register, settings: Settings, today: date, *, holidays: Collection[date] = ()
) -> tuple[Finding, ...]:
    """Judge every channel by every rule that is about its state, then the register as a whole."""
    context = RuleContext(settings, today, holidays)
    return tuple(
        [
            _finding(channel.id, rule, rule.judge(channel, context))
            for channel in register.channels
            for rule in CHECKS
            if channel.status in rule.states
        ]
        + [_finding("", rule, rule.judge(register)) for rule in REGISTER_CHECKS]
    )


def _finding(channel: str, rule: Check | RegisterCheck, found: RuleResult) -> Finding:
    role = rule.role if found.verdict is not Verdict.PASS else ""
    return Finding(channel, rule.rule, found.verdict, found.sentence, role, found.cure, rule.source)


OPEN = frozenset({Status.ACTIVE, Status.DORMANT})
PLANNED = frozenset({Status.REQUESTED, Status.APPROVED})
DECIDED = OPEN | {Status.APPROVED}
ALIVE = OPEN | PLANNED
ACTIVE = frozenset({Status.ACTIVE})
CLOSED = frozenset({Status.CLOSED})

CHECKS = (
    Check("address", "own rulebook", "press office", ALIVE, rules.address),
    Check("released", "own rulebook", "press office", ACTIVE, rules.released),
    Check("imprint", "DDG section 5, MStV section 18", "unit in charge", OPEN, rules.imprint),
    Check("privacy", "GDPR Art. 13 and 26", "unit in charge", OPEN, rules.privacy),
    Check("back-link", "own rulebook", "web editors", OPEN, rules.portal_page),
    Check("alternative", "GDPR Art. 7(4), own rulebook", "unit in charge", OPEN, rules.alternative),
    Check("responsible", "own rulebook", "unit in charge", ALIVE, rules.responsible),
    Check("mailbox", "GDPR Art. 5(1)(c)", "unit in charge", ALIVE, rules.mailbox),
    Check("controller", "GDPR Art. 4(7)", "press office", ALIVE, rules.controller),
    Check("netiquette", "good practice", "unit in charge", OPEN, rules.netiquette),
    Check("answers", "good practice", "unit in charge", ACTIVE, rules.answers),
    Check("upkeep", "own rulebook", "unit in charge", ACTIVE, rules.upkeep),
    Check("approval", "own rulebook", "press office", DECIDED, rules.approval),
    Check("still-open", "own rulebook", "press office", ALIVE, rules.still_open),
    Check("closing", "own rulebook", "press office", CLOSED, rules.closing),
)
"""Every rule about one channel, in the order a report shows them."""


def _no_address_twice(register: Register) -> RuleResult:
    seen: dict[tuple[str, str, str], str] = {}
    for channel in register.channels:
        if channel.status is Status.CLOSED:
            continue
        first = seen.setdefault(_same_account(channel), channel.id)
        if first != channel.id:
            return failed(
                f"The channels {first!r} and {channel.id!r} have the same address.",
                "Remove one of them, or correct its address.",
            )
    return passed("No two channels have the same address.")


def _same_account(channel: Channel) -> tuple[str, str, str]:
    """A key that is equal for two spellings of one account: all hosts of a platform count as one, case and last slash aside."""
    parts = channel.address
    owner = linked_platform(parts.host)
    return owner.name if owner else parts.host.removeprefix("www."), parts.path.rstrip("/").lower(), parts.query


def _https(register: Register) -> RuleResult:
    plain = [c.id for c in register.channels if c.status is Status.ACTIVE and c.address.scheme != "https"]
    if plain:
        return failed(f"Not on https: {', '.join(plain)}.", 'Enter the address that starts with "https://".')
    return passed("Every active channel is linked over https.")


REGISTER_CHECKS = (
    RegisterCheck("one-address", "own rulebook", "press office", _no_address_twice),
    RegisterCheck("https", "GDPR Art. 32", "press office", _https),
)
"""Every rule about all channels together."""
