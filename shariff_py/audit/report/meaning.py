"""What the verdict means, in plain words: contacts of the browser, requests of the server, storage. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shariff_py.audit.verdict.contact_groups import ContactGroup
from shariff_py.audit.verdict.judge import SERVER, Audit, StoredItem, Verdict


def meaning(audit: Audit, words: Mapping[str, str]) -> str:
    """The sentences under the verdict. A finding is named by its kinds: the browser's contacts, the server's requests, storage.

    Whatever the verdict, it says where Chromium asked its maker's server about fields of the pages, which no finding names.
    """
    return " ".join(words[key] for key in _kinds(audit))


def _kinds(audit: Audit) -> Iterator[str]:
    if audit.verdict is not Verdict.FINDING:
        yield f"meaning.{audit.verdict}"
    phases = {group.phase for page in audit.pages for group in page.findings}
    if phases - {SERVER}:
        yield "meaning.finding"
    if SERVER in phases:
        yield "meaning.server"
    if any(page.storage_findings for page in audit.pages):
        yield "meaning.stored"
    if any(page.has_fields for page in audit.pages):
        yield "meaning.fields"


def stored_sentence(item: StoredItem, words: Mapping[str, str]) -> str:
    """The sentences for one stored item: not in the policy, and whether it was still stored after withdrawal."""
    key = {True: "stored.left", None: "stored.unknown"}.get(item.left, "")
    keys = ("stored.undeclared", *((key,) if key else ()))
    return " ".join(f"{words[key].format(what=item.what)}." for key in keys)


def third_party_sentences(group: ContactGroup, words: Mapping[str, str]) -> list[str]:
    """For each third party that was contacted: which one, what it is and what to do instead, and whether its host is not confirmed."""
    return [
        f"{one.title}: {words[f'what.{one.what}']}. {words[f'instead.{one.instead}']}"
        + ("" if one.source else f" {words['third_party.unconfirmed']}")
        for one in group.third_parties
    ]
