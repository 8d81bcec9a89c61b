"""The passage for the privacy notice, from the same information as the gate, so that the two cannot contradict each other: a section for each
recipient of content, one for each service that share links lead to, and one on who answers, the visitor's rights, and what the settings leave
out (GDPR Art. 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from shariff_py.consent_ui.addresses import contact, linkable, own_or_open, reachable, written_out
from shariff_py.consent_ui.information import Information
from shariff_py.consent_ui.share import leads
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import joined
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.allowed_hosts import allowed_platforms, allows_some_of
from shariff_py.platforms.company import Company
from shariff_py.platforms.registry import REGISTRY, service
from shariff_py.policy import Controller
from shariff_py.settings.model import Settings
from shariff_py.texts import Language
from shariff_py.urls import host_allowed


class Told(NamedTuple):
    """The information on one recipient (a platform, or a server of it), once for each controller of whose pages the same is told: there is one
    at least. ``controllers`` are their names, where of others' pages something else is told; ``allowed`` says whether ``gate.allow`` lets
    pages load from the recipient without asking, ``held_back`` that nothing of it reaches a page without consent. Of what is on the site's own
    hosts only the content that has a gate is held back."""

    information: Sequence[Information]
    controllers: str
    allowed: bool
    held_back: bool

    @property
    def first(self) -> Information:
        """What stands for all of them, but for the controller."""
        return self.information[0]

    @property
    def name(self) -> str:
        """What distinguishes its section."""
        of = self.first.controller_id if self.controllers else ""
        return "-".join(filter(None, [self.first.platform.name, self.first.server, of]))

    def headed(self, heading: str) -> str:
        """A heading, with the controllers whose pages the section is about."""
        return f"{heading}: {self.controllers}" if self.controllers else heading


def notice(settings: Settings, language: Language, *, controller: str | None = None, level: int = 2) -> Markup:
    """One section for each released platform whose content can be loaded, and for each server of one that anybody can run: where controllers
    differ in what is told, one for each group of them. Then one for each service that share links lead to, and a last one on rights and
    contacts. Empty where nothing is released, no server is named, or the basis has ended.

    ``controller`` is the id of the controller of the pages the notice is about (default: all in the settings), ``level`` that of
    the headings. Raises `ConfigurationError` for an id the settings do not know.
    """
    controllers = selected(settings, controller)
    told = list(informed(settings, language, controller))
    sections = [*(_on_content(settings, one) for one in told), *_on_sharing(settings, language)]
    lacking = []
    allowed = list(_allowed(settings, language))
    if sections or allowed:
        named = {name: one.in_language(language.code) for name, one in controllers.items()}
        sections.append(_rights(settings, language, named))
        lacking = [*_of_controllers(language, named), *dict.fromkeys(_of_platforms(settings, told)), *allowed]
    return render("notice.html", language, sections=sections, missing=lacking, level=min(max(level, 1), 6))


def selected(settings: Settings, controller: str | None) -> Mapping[str, Controller]:
    """The controllers that are told of, by id: all of them, or the one of that id. Raises `ConfigurationError` for an unknown one."""
    known = settings.policy.controllers
    if controller and controller not in known:
        raise ConfigurationError(
            f"there is no controller {controller!r} to name in the privacy notice.",
            setting="controllers",
            cure=f"Use one of the ids in the settings (known: {', '.join(known) or 'none so far'}).",
        )
    return {controller: known[controller]} if controller else known


def informed(settings: Settings, language: Language, controller: str | None) -> Iterator[Told]:
    """The information on each recipient whose content can be loaded: a released platform, or a server of it that the settings name. The
    controllers, all of them or the one of that id, are together where the same is told of their pages.

    Raises `ConfigurationError` for an id the settings do not know.
    """
    controllers = selected(settings, controller)
    for record in REGISTRY.values():
        if not settings.policy.release(record.name).is_open:
            continue
        for server, operator in settings.operators(record).items():
            if operator.transfer is not None and not operator.transfer.in_force:
                continue
            groups: dict[object, list[Information]] = {}
            for name, who in controllers.items():
                one = Information(
                    language,
                    record,
                    operator,
                    name,
                    who,
                    server,
                    on_own_host=settings.is_own_server(server, operator, name),
                    isolated=bool(settings.frame.isolated_origin),
                    statements=settings.platform(record.name),
                    site_language=settings.site.language,
                )
                if one.is_shown:
                    groups.setdefault(one.told, []).append(one)
            allow = settings.gate.allow
            allowed = host_allowed(server, allow) if server else allows_some_of(record, allow)
            held_back = not allowed and not (server and settings.owns(server))
            for group in groups.values():
                names = joined([one.named_controller.name for one in group], language) if len(groups) > 1 else ""
                yield Told(group, names, allowed, held_back)


def names_unconfirmed(operator: Company) -> bool:
    """Whether the name or the address of a recipient is not confirmed."""
    return not {"legal_name", "address"}.isdisjoint(operator.unconfirmed)


# Each section is what a template needs.


def _on_content(settings: Settings, told: Told) -> dict[str, object]:
    """The section on content that is loaded from one recipient."""
    first = told.first
    copy = own_or_open(settings, first.statements.joint_control.url) if first.is_joint else ""
    links = [
        (copy, first.say("notice.joint_control")),
        (reachable(settings, first.operator.privacy_url), first.say("notice.platform_privacy")),
    ]
    paragraphs = [first.said(keys) for keys in _told_of(first, held_back=told.held_back) if keys]
    if told.controllers:
        paragraphs.insert(0, first.language.say("rights.controller", controller=told.controllers))
    return {
        "name": told.name,
        "heading": told.headed(first.language.say("notice.heading", platform=first.title)),
        "paragraphs": [first.marked(text) for text in paragraphs],
        "links": [(address, label) for address, label in links if address],
    }


def _told_of(one: Information, *, held_back: bool) -> Iterator[tuple[str, ...]]:
    """The texts of each paragraph, by what records and settings say."""
    own = one.is_own
    recipient = "recipient_own" if own else "recipient_joint" if one.is_joint else "recipient"
    yield (*(("notice.default",) if held_back else ()), "notice.instead")
    yield (*(("notice.only_then",) if held_back else ()), "notice.press")
    yield () if own else ("notice.purposes",)
    yield ("notice.device", *one.storage_keys(own))
    yield ("notice.remembered",) if one.days else () if own else ("notice.not_stored",)
    yield ("notice.login",) if one.offers_login else ()
    yield (f"notice.{recipient}",)
    yield ("notice.essence",) if one.essence is not None else ()
    yield ("notice.unconfirmed",) if names_unconfirmed(one.operator) else ()
    yield () if own else ("notice.retention",)
    yield one.transfer_keys("notice") if one.tells_where else ()
    yield (
        "notice.voluntary_remembered" if one.days else "notice.voluntary",
        "notice.lawful",
        *(() if own else ("details.withdrawal_sent",)),
    )


def _on_sharing(settings: Settings, language: Language) -> Iterator[dict[str, object]]:
    """A section for each service that a share link leads to; a page of the site's own is none."""
    for record in {found.name: found for name in settings.services if (found := service(name))}.values():
        if not settings.policy.may_share(record):
            continue
        share, _ = leads(settings, language, record)
        if not share.receiver:
            continue
        # Where a platform has many servers, a page that the site names may be on another host than the platform's own.
        named = share.receiver if settings.platform(record.name).share_page else record.title
        told = ["share", *(["share_server"] if share.action == "server" else [])]
        if settings.can_fetch_counts(record) and settings.share.button_style != "icon":
            told.append("counts")
        address = reachable(settings, record.operator.privacy_url) if record.operator is not None else ""
        privacy = language.say("notice.platform_privacy", platform=record.title)
        yield {
            "name": f"share-{record.name}",
            "heading": language.say(f"share.{share.phrase}", platform=record.title),
            "paragraphs": [language.say(f"notice.{key}", platform=named) for key in told],
            "links": [(address, privacy)] if address else [],
        }


# The last section.


def _rights(settings: Settings, language: Language, controllers: Mapping[str, Controller]) -> dict[str, object]:
    """The section on ``controllers``, by id and as readers know them, and on rights."""
    return {
        "name": "rights",
        "heading": language.say("rights.heading"),
        "paragraphs": [
            *_responsible(settings, language, controllers),
            escape(language.say("rights.rights")),
            escape(language.say("rights.complaint")),
            *(
                escape(language.say("rights.authority", authority=f"{authority}{whose}"))
                for authority, whose in _whose([(one.name, one.authority) for one in controllers.values()], language)
            ),
        ],
        "links": [],
    }


def _whose(values: Sequence[tuple[str, str]], language: Language) -> Iterator[tuple[str, str]]:
    """Of names of controllers with a value each: each value once, with the names behind it where it is not that of all."""
    for value in dict.fromkeys(value.strip() for _, value in values):
        names = [name for name, own in values if own.strip() == value]
        if value:
            yield value, "" if len(names) == len(values) else f" ({joined(list(dict.fromkeys(names)), language)})"


def _responsible(settings: Settings, language: Language, controllers: Mapping[str, Controller]) -> Iterator[Markup]:
    for one in controllers.values():
        text = escape(language.say("rights.controller", controller=one.name))
        label = language.say("rights.contact", controller=one.name)
        yield Markup('{} <a href="{}">{}</a>').format(text, contact(settings, one.contact_url), label)
    for officer, whose in _whose([(one.name, one.officer) for one in controllers.values()], language):
        shown, address = written_out(settings, officer), linkable(settings, officer)
        text = escape(language.say("rights.officer", officer=f"{shown}{whose}"))
        link = Markup('<a href="{}">{}</a>').format(address, shown)
        yield text.replace(escape(shown), link, 1) if address else text


def _of_controllers(language: Language, controllers: Mapping[str, Controller]) -> Iterator[tuple[str, str]]:
    """What is not set of those who answer: in words, and the setting."""
    if not controllers:
        yield language.say("rights.missing_controller"), "controllers"
    for name, one in controllers.items():
        for key, setting, value in (
            ("officer", "dpo_contact", one.dpo_contact),
            ("authority", "authority", one.authority),
        ):
            if not value.strip():
                whose = f" ({one.name})" if len(controllers) > 1 else ""
                yield language.say(f"rights.missing_{key}") + whose, f"controllers.{name}.{setting}"


def _of_platforms(settings: Settings, told: Sequence[Told]) -> Iterator[tuple[str, str]]:
    """What the site does not say of those whose content it shows: in words, and the setting."""
    for one in (each.first for each in told):
        setting = f"platforms.{one.platform.name}"
        place = f'{setting}.servers."{one.server}"' if one.server else setting
        copy = own_or_open(settings, one.statements.joint_control.url)
        lacking = {
            ("storage", f"{place}.storage"): one.storage is None,
            ("essence", f"{setting}.joint_control.essence"): one.is_joint and one.essence is None,
            ("copy", f"{setting}.joint_control.url"): one.is_joint and not copy,
            ("check", f"{setting}.transfer.checked_on"): one.operator.transfer is not None and one.check is None,
        }
        yield from ((one.say(f"rights.missing_{key}"), name) for (key, name), lacks in lacking.items() if lacks)


def _allowed(settings: Settings, language: Language) -> Iterator[tuple[str, str]]:
    """The platforms and servers, released or not, that ``gate.allow`` lets pages load from without asking: in words, and the setting."""
    allow = settings.gate.allow
    platforms = (one.platform.title for one in allowed_platforms(allow))
    servers = (host for own in settings.platforms.values() for host in own.servers if host_allowed(host, allow))
    for name in dict.fromkeys((*platforms, *servers)):
        yield language.say("rights.missing_allowed", platform=name), "gate.allow"
