"""What is taken out before anything is written down: values of parameters, user names, fragments. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from shariff_py.audit.trace import Trace

_ADDRESS = re.compile(r"[a-z]+://[^\s\"'<>]+")


def redacted(url: str) -> str:
    """An address with the values of its query removed, and without userinfo and fragment: ``https://host/path?name=…``."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "…"
    names = [f"{name}=…" for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    query = "?" + ("&".join(names) or "…") if parts.query else ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}{query}"


def cleaned(text: str) -> str:
    """A sentence with every address in it redacted."""
    return _ADDRESS.sub(lambda match: redacted(match[0]), text)


def without_values(trace: Trace) -> Trace:
    """The same trace with no value of a parameter left in it."""

    def contacts(given: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(
            replace(
                contact,
                url=redacted(contact.url) if contact.url else "",
                referrer=redacted(contact.referrer) if contact.referrer else "",
                cause=cleaned(contact.cause),
            )
            for contact in given
        )

    return replace(
        trace,
        contacts=contacts(trace.contacts),
        unwatched=None if trace.unwatched is None else contacts(trace.unwatched),
        promises=tuple(replace(promise, address=cleaned(promise.address)) for promise in trace.promises),
        steps=tuple(replace(step, detail=cleaned(step.detail)) for step in trace.steps),
        problems=tuple(replace(problem, detail=cleaned(problem.detail)) for problem in trace.problems),
        url=redacted(trace.url),
    )
