"""All cases of growth."""

from __future__ import annotations

from growth.commands import COMMANDS
from growth.entries import WITHOUT_INPUT
from growth.http import HTTP
from growth.measure import Growth
from growth.names import NAMES
from growth.previews import PREVIEWS
from growth.readers import READERS

GROWTHS: tuple[Growth, ...] = (*NAMES, *READERS, *HTTP, *COMMANDS, *PREVIEWS)


def without_a_case(entries: list[str], cases: tuple[Growth, ...] = GROWTHS) -> list[str]:
    """The public entries for which nothing is measured and no reason is given."""
    covered = {case.entry for case in cases} | WITHOUT_INPUT.keys()
    return [entry for entry in entries if entry not in covered]
