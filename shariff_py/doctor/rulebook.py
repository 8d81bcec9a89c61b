"""Checks of what is set for the site and its platforms: releases, controllers, the age of what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from shariff_py.consent_ui.gate import languages_too_long, longest_gate
from shariff_py.consent_ui.lengths import MAX_GATE_BYTES
from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.doctor.facts import WARN_AFTER, named, older_than, platform_facts, third_party_facts
from shariff_py.platforms.allowed_hosts import allowed_platforms
from shariff_py.platforms.company import FACTS
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, service
from shariff_py.platforms.services import ENDED
from shariff_py.settings import Settings
from shariff_py.settings.records import JointControlSettings
from shariff_py.urls import host_allowed


def site(settings: Settings) -> Iterator[Diagnosis]:
    yield Diagnosis(
        bool(settings.site.origin), "site.origin",
        settings.site.origin or "not set: only site.hosts, or else this machine, get into share links",
        'Set it to the address visitors use, for example "https://www.example.org".',
    )  # fmt: skip
    yield Diagnosis(
        bool(settings.controllers), "controllers",
        ", ".join(settings.controllers) or "none: every gate is only a link", "Add a controller for the pages.",
    )  # fmt: skip
    longest, others = longest_gate(settings), languages_too_long(settings)
    yield Diagnosis(
        longest.size <= MAX_GATE_BYTES, "gates",
        f"{longest}" + (f"; more than {MAX_GATE_BYTES} in {', '.join(others)}" if others else ""),
        f"A gate has at most {MAX_GATE_BYTES} bytes: it goes without remember_days, then without offer_login, and where that is not enough "
        "it is a link. Shorten the controller's name and addresses, and what is said in storage.",
    )  # fmt: skip
    for name, named_in in settings.ended().items():
        yield Diagnosis(False, f"{name}: ended", ENDED[name], f"It is left out. Remove it from {', '.join(named_in)}.")
    living = [name for name in settings.services if name not in ENDED]
    unreleased = [name for name in living if not _may_share(settings, name)]
    yield Diagnosis(
        not unreleased, "services",
        f"not released and so not shown: {', '.join(unreleased)}" if unreleased else ", ".join(living),
        "Release them in releases, or take them out of services.",
    )  # fmt: skip
    yield from _allowed(settings)
    yield Diagnosis(
        bool(settings.frame.secrets), "frame.secrets", "set" if settings.frame.secrets else "not set",
        "Set SHARIFF_FRAME__SECRETS_FILE, or the application's secret key.",
    )  # fmt: skip
    if scripts := _only_scripts(settings):
        yield Diagnosis(
            bool(settings.frame.isolated_origin), "frame.isolated_origin",
            settings.frame.isolated_origin or f"not set: what exists only as a script stays a link ({', '.join(scripts)})",
            'Set it to a host below another registrable domain, for example "https://content.example.net".',
        )  # fmt: skip
    yield Diagnosis(
        not settings.stand_in, "stand_in", ", ".join(settings.stand_in) or "none",
        "Remove the mock servers (stand_in) before the site goes live.",
    )  # fmt: skip


def _only_scripts(settings: Settings) -> list[str]:
    """The released platforms of which some content exists only as a script."""
    released = (record for record in REGISTRY.values() if settings.policy.release(record.name).is_open)
    return [record.title for record in released if any(kind.script for kind in record.embeds)]


def _may_share(settings: Settings, name: str) -> bool:
    record = service(name)
    return record is not None and settings.policy.may_share(record)


def platforms(settings: Settings, today: date, records: Mapping[str, Platform] = REGISTRY) -> Iterator[Diagnosis]:
    """Each platform with content that was decided on, and in one line all those that were not."""
    showing = [record for record in records.values() if record.embeds]
    decided = [record for record in showing if record.name in settings.policy.releases]
    for record in decided:
        yield from _platform(settings, record)
        yield from _transfer_check(settings, record, today)
        yield from _joint_control(settings, record)
    undecided = [record.name for record in showing if record not in decided]
    if undecided:
        yield Diagnosis(True, "not released", ", ".join(undecided))


def _platform(settings: Settings, record: Platform) -> Iterator[Diagnosis]:
    release, operator = settings.policy.release(record.name), record.operator
    yield Diagnosis(True, record.name, f"{release.state}" + (f" since {release.since}" if release.since else ""))
    if not release.is_open or operator is None:
        return
    if transfer := operator.transfer:
        yield Diagnosis(
            transfer.in_force,
            f"{record.name}: transfer basis",
            f"{transfer.mechanism}, {'' if transfer.in_force else 'no longer in force, '}as of {transfer.checked_on}",
            "Its content stays a link until there is another basis. Update the library.",
        )
    if operator.unconfirmed:
        yield Diagnosis(
            False,
            f"{record.name}: not confirmed",
            f"{operator.legal_name}: {', '.join(FACTS[name] for name in operator.unconfirmed)}",
            f"Ask the provider, or see its privacy policy ({operator.privacy_url}). Tell the library's maintainers what you find.",
        )


def _allowed(settings: Settings) -> Iterator[Diagnosis]:
    """The platforms and servers that ``gate.allow`` lets pages load from without asking."""
    for allowed in allowed_platforms(settings.gate.allow):
        yield Diagnosis(False, "gate.allow", allowed.finding, allowed.cure)
    for name, own in settings.platforms.items():
        for host in own.servers:
            if host_allowed(host, settings.gate.allow):
                yield Diagnosis(
                    False,
                    "gate.allow",
                    f"{host} is a server of {REGISTRY[name].title}: pages load from it without asking the visitor",
                    "Take it out of gate.allow: then visitors are asked first.",
                )


def _transfer_check(settings: Settings, record: Platform, today: date) -> Iterator[Diagnosis]:
    """Whether the site itself has checked the basis of the transfer, and lately."""
    operator, checked_on = record.operator, settings.platform(record.name).transfer.checked_on
    if operator is None or not settings.policy.release(record.name).is_open:
        return
    setting = f"platforms.{record.name}.transfer"
    if operator.transfer is None:
        if checked_on is not None:
            yield Diagnosis(
                False, f"{record.name}: your check of the transfer", "not shown: no basis of a transfer is known",
                f"Remove {setting}, and report the basis with its source to the project.",
            )  # fmt: skip
        return
    age = (today - checked_on).days if checked_on else 0
    yield Diagnosis(
        checked_on is not None and 0 <= age <= CHECK_AFTER,
        f"{record.name}: your check of the transfer",
        "not set, and visitors are told so"
        if checked_on is None
        else f"{checked_on}" + (", in the future" if age < 0 else f", {age} days ago"),
        f"See whether {operator.legal_name} may still rely on {operator.transfer.mechanism} ({operator.transfer.reference}), and set "
        f"{setting}.checked_on and {setting}.checked_by. Repeat it every {CHECK_AFTER} days.",
    )


def _joint_control(settings: Settings, record: Platform) -> Iterator[Diagnosis]:
    """Whether what the site says of an arrangement is shown: only of a platform that offers one."""
    said = settings.platform(record.name).joint_control != JointControlSettings()
    if said and record.operator is not None and not record.operator.joint_control_url:
        yield Diagnosis(
            False, f"{record.name}: your text on joint control", "not shown: the platform is not known to offer an arrangement",
            f"Remove platforms.{record.name}.joint_control, and report the arrangement with its source to the project.",
        )  # fmt: skip


CHECK_AFTER = 90
"""Days after which the site's own check of a transfer is named: certificates run for a year, decisions fall in a day."""


def ages(settings: Settings, today: date) -> Diagnosis:
    """Whether what is told of the platforms and services of the site was checked lately."""
    known = platform_facts()
    bar = {record.name for name in settings.services if (record := service(name))}
    used = bar | {name for name in settings.policy.releases if settings.policy.release(name).is_open}
    old = older_than(WARN_AFTER, today, known)
    concern = [fact for fact in old if fact.about & used]
    others = len(old) - len(concern)
    listed = "; ".join(named(concern))
    finding = f"older than {WARN_AFTER} days: {listed}" if listed else f"checked within {WARN_AFTER} days"
    return Diagnosis(
        not concern,
        "facts",
        finding + (f"; and {others} older ones of what this site does not use" if others else ""),
        "Update the library. Until then see whether the content still appears, and whether the provider's privacy policy still names the same "
        "recipient and basis.",
    )


def third_parties(today: date) -> Diagnosis:
    """How old what is known of third parties is."""
    known = third_party_facts()
    oldest = min(fact.checked_on for fact in known)
    return Diagnosis(
        not older_than(WARN_AFTER, today, known),
        "third parties",
        f"{len(known)} known by name, last verified on {oldest}",
        "Update the library: hosts and providers change.",
    )
