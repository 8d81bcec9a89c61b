"""What is removed before anything is written: values of parameters, user names, mail addresses, fragments that are no path. Pure.

A bare parameter may be a name or a value, so one (``?max@example.org``) is removed entirely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote_plus, urlsplit

from shariff_py.audit.evidence.contact import Contact
from shariff_py.audit.evidence.storage import Snapshot
from shariff_py.audit.evidence.trace import Journal, Trace
from shariff_py.personal_paths import CUT, names_a_mailbox

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^\s\"'<>]+", re.IGNORECASE)

_NAME = re.compile(r"[A-Za-z_$][\w.:$\[\]-]{0,63}")
"""What a parameter may be called to be shown."""

_WORD = re.compile(r"[A-Za-z_-]{1,24}")
"""What it may be called where its value is empty: ``?c2VjcmV0=`` is the end of an encoded value, and no name."""

_IN_PATH = re.compile(r";[^/?#]*")
"""Parameters of a path (``/a;jsessionid=…``)."""

_ROUTE = re.compile(r"!?/")
"""How a fragment begins that is a path within the page (``#/video``)."""


def redacted(url: str) -> str:
    """An address with the values of its parameters removed, and without userinfo: ``https://host/path?name=…``.

    A fragment stays only where it is a path itself, which sites use to distinguish their pages.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    scheme = f"{parts.scheme}:" if parts.scheme else ""
    if scheme and not parts.netloc:
        return url if scheme == "about:" else f"{scheme}…"
    authority = f"//{parts.netloc.rpartition('@')[2]}" if parts.netloc else ""
    path, question, query = parts.fragment.partition("?")
    route = f"#{_path(path)}{question}{_query(query)}" if _ROUTE.match(path) else ""
    return f"{scheme}{authority}{_path(parts.path)}{'?' if parts.query else ''}{_query(parts.query)}{route}"


def _path(path: str) -> str:
    """A path with its parameters removed, and mail addresses. Other pieces say which page or script it is, so they stay."""
    return "/".join(CUT if names_a_mailbox(segment) else segment for segment in _without_parameters(path).split("/"))


def _without_parameters(path: str) -> str:
    return _IN_PATH.sub(lambda found: "".join(f";{_parameter(one)}" for one in found[0][1:].split(";")), path)


def _query(query: str) -> str:
    return "&".join(map(_parameter, query.split("&"))) if query else ""


def _parameter(text: str) -> str:
    name, equals, value = text.partition("=")
    name = unquote_plus(name)
    shown = _NAME.fullmatch(name) if value.strip("=") else equals and not value and _WORD.fullmatch(name)
    return f"{name}=…" if shown else "…"


def cleaned(text: str) -> str:
    """A sentence with every address in it redacted."""
    return _ADDRESS.sub(lambda match: redacted(match[0]), text)


def without_values(trace: Trace) -> Trace:
    """The same trace with no value of a parameter left in it."""
    return replace(
        trace,
        contacts=_contacts(trace.contacts),
        control_contacts=None if trace.control_contacts is None else _contacts(trace.control_contacts),
        declarations=tuple(
            replace(declaration, address=cleaned(declaration.address)) for declaration in trace.declarations
        ),
        steps=tuple(replace(step, detail=cleaned(step.detail)) for step in trace.steps),
        problems=tuple(replace(problem, detail=cleaned(problem.detail)) for problem in trace.problems),
        snapshots=tuple(map(_snapshot, trace.snapshots)),
        journal=None if trace.journal is None else _journal(trace.journal),
        links=tuple(dict.fromkeys(map(redacted, trace.links))),
        url=redacted(trace.url),
    )


def _contacts(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(
        replace(
            contact,
            url=redacted(contact.url) if contact.url else "",
            referrer=redacted(contact.referrer) if contact.referrer else "",
            cause=cleaned(contact.cause),
        )
        for contact in contacts
    )


def _snapshot(snapshot: Snapshot) -> Snapshot:
    """Names of what is stored stay, but the scope of a service worker is an address."""
    stored = (replace(one, workers=tuple(map(cleaned, one.workers))) for one in snapshot.stored)
    return replace(snapshot, stored=tuple(stored))


def _journal(journal: Journal) -> Journal:
    requests = (
        replace(one, path=redacted(one.path), pages=tuple(map(redacted, one.pages))) for one in journal.requests
    )
    return replace(journal, requests=tuple(requests))
