"""The result of gating a page: the new HTML, and one finding for each thing that was changed or reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from shariff_py.caches import cached
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.texts import findings_language


class Outcome(StrEnum):
    """What is in the page now in place of what was pasted. ``INERT``: the code is still there, with an address that leads nowhere in place of
    the platform's."""

    GATED = "gated"
    LINKED = "linked"
    SHARED = "shared"
    REMOVED = "removed"
    INERT = "inert"
    DROPPED = "dropped"
    REPORTED = "reported"


class Reason(StrEnum):
    """Why. Each has a text in every language of `shariff_py.texts.FINDINGS`; what stands in braces there is given as values."""

    CONSENT = "consent"
    SHARE_LINK = "share_link"
    WOULD_BE_FETCHED = "would_be_fetched"
    SCRIPT = "script"
    SCRIPT_ADDRESS = "script_address"
    SCRIPT_UNCERTAIN = "script_uncertain"
    SCRIPT_UNDER_POLICY = "script_under_policy"
    SCRIPT_KEEPS = "script_keeps"
    SCRIPT_NEEDS_IT = "script_needs_it"
    SCRIPT_NAMES_IT = "script_names_it"
    ADDRESS_LOADS_IT = "address_loads_it"
    AMBIGUOUS = "ambiguous"
    HIDDEN_MARKUP = "hidden_markup"
    WOULD_WAKE = "would_wake"
    NO_SHARE_LINK = "no_share_link"
    RETIRED = "retired"
    HELPER = "helper"
    PICTURE = "picture"
    NOTHING_SERVED = "nothing_served"
    NO_ADDRESS = "no_address"
    OTHER_SITE = "other_site"
    NOT_CONTENT = "not_content"
    IN_A_FORM = "in_a_form"
    TOO_MANY_GATES = "too_many_gates"
    TOO_LONG = "too_long"
    NOT_RELEASED = "not_released"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    NO_BASIS = "no_basis"
    SENSITIVE = "sensitive"
    CHILDREN = "children"
    NO_CONTROLLER = "no_controller"
    SERVER = "server"
    ISOLATED = "isolated"
    NOT_ALLOWED = "not_allowed"
    SUBMITTED = "submitted"
    UNKNOWN_HOST = "unknown_host"
    PREFETCHES_DNS = "prefetches_dns"
    PREFETCHES_LINKS = "prefetches_links"
    TOO_DEEP = "too_deep"
    UNFINISHED = "unfinished"
    IN_STORE = "in_store"
    ADDRESS_IN_STORE = "address_in_store"
    NOT_REWRITABLE = "not_rewritable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the gate changed or reports.

    ``platform`` is its name in the registry, empty where none is known. ``found`` is what was pasted (``iframe``, ``inline script``, the
    class or element of a widget), ``kind`` the kind of content or empty, ``address`` what it pointed at. ``note`` says in one line and in the
    site's language which platform it is, what became of it and why. ``third_party`` is the name in that register of what is no content (a
    tag manager, fonts), else empty; the note then says what it is and what to do instead.
    """

    outcome: Outcome
    platform: str
    found: str
    kind: str = ""
    address: str = ""
    note: str = ""
    third_party: str = ""

    def translated(self, table: dict[int, str]) -> Finding:
        """The same finding with characters of ``found`` and ``address`` replaced, as by `str.translate`."""
        return replace(self, found=self.found.translate(table), address=self.address.translate(table))


@dataclass(frozen=True, slots=True)
class Gated:
    """The gated HTML and the findings: in document order, those inside scripts, styles and ``noscript`` after the others.

    Without findings ``html`` is the very string that was given.
    """

    html: str
    findings: tuple[Finding, ...]


@cached(
    "gate.findings.note",
    lambda language_tag, outcome, title, reason, values: len(title) + sum(len(value) for _, value in values),
)
def note(language_tag: str, outcome: Outcome, title: str, reason: Reason, values: tuple[tuple[str, str], ...]) -> str:
    """One line: the platform's ``title`` (empty where none is known), the outcome and the reason, in the site's language.

    Raises `KeyError` where a value of the reason is missing.
    """
    texts = findings_language(language_tag)
    became = texts.say(f"outcome.{outcome}")
    why = texts.say(f"reason.{reason}", platform=title, **dict(values))
    if title:
        return texts.say("line.named", platform=title, outcome=became, reason=why)
    return texts.say("line.unnamed", outcome=became[0].upper() + became[1:], reason=why)


def third_party_note(language_tag: str, third_party: ThirdParty) -> str:
    """One line about a third party that is left as it is: its title, what it is and what to do instead, in the site's language."""
    texts = findings_language(language_tag)
    return texts.say(
        "line.third_party",
        title=third_party.title,
        outcome=texts.say(f"outcome.{Outcome.REPORTED}"),
        what=texts.say(f"what.{third_party.what}"),
        instead=texts.say(f"instead.{third_party.instead}"),
    )
