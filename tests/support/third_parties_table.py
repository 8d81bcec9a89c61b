"""The table of third parties for ``docs/third-parties.md``: written from the register, and kept in step with it by a test."""

from __future__ import annotations

from shariff_py.platforms.third_parties.record import Provider, ThirdParty
from shariff_py.platforms.third_parties.register import register
from shariff_py.texts import FINDINGS
from support.paths import DOCS

DOCUMENT = DOCS / "third-parties.md"
HEAD = "| name | loaded from | run by | data may go to |\n|---|---|---|---|\n"
UNCONFIRMED = " (?)"


def tables() -> str:
    """All tables, one for each kind, with what to do instead above it."""
    words = FINDINGS["en"].texts
    kinds = dict.fromkeys((t.what, t.instead) for t in register().third_parties)
    named = sorted((words[f"what.{what}"], words[f"instead.{instead}"], what) for what, instead in kinds)
    return "\n".join(f"### {title}\n\n{instead}\n\n{HEAD}{_rows(what)}" for title, instead, what in named)


def _rows(what: str) -> str:
    listed = sorted((t for t in register().third_parties if t.what == what), key=lambda t: t.title.lower())
    return "".join(f"{_row(third_party)}\n" for third_party in listed)


def _row(third_party: ThirdParty) -> str:
    places = ", ".join(f"`{place}`" for place in third_party.places)
    provider = third_party.provider
    note = f". {third_party.note}" if third_party.note else ""
    cells = (
        third_party.title,
        places + ("" if third_party.source else UNCONFIRMED) + note,
        f"{provider.name}{_mark(provider, 'name')}, {provider.country}{_mark(provider, 'country')}",
        (", ".join(provider.data_may_go_to) or "–") + _mark(provider, "data_may_go_to"),
    )
    return f"| {' | '.join(cells)} |"


def _mark(provider: Provider, field: str) -> str:
    return UNCONFIRMED if field in provider.unconfirmed else ""
