"""The table of what was tried, for ``docs/gate-forms.md``: written from the cases, and kept in step with them by a test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from support.golden import Case

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "gate-forms.md"

INTRODUCTION = """\
# Forms of embed code

Each row is a page as an editor, a CMS or a plugin may leave it, opened in a real Chromium. The columns say whether the browser contacts a
platform before any click: requests, connections and DNS lookups, according to Chromium's own network log.

- **as pasted**: the page as it is.
- **gate**: the page after the rewriter (`|gate`, the middleware, `shariff-py gate`).
- **policy**: the page as it is, with the headers that shariff_py sends.
- **both**: what visitors get unless the site sets `headers.connections`.
- **list**: the page as it is, with a list of whom it may contact (`headers.connections = "enforce"`) and nothing else.
- **all**: the page after the rewriter, with both headers.

**yes** means contacted, – means no contact. In the third column it nearly always means a frame: the policy blocks it and no
request is sent, but Chromium resolves the host name and opens a connection first. That is why a policy alone is not enough. The list
holds that connection, too; what it lets through is the look-up of a host that the page has an ordinary link to. Firefox and WebKit ignore
it: there, the column "both" is what is held.

The pages are in `tests/gate_cases`; `tests/browser/test_gate_matrix.py` repeats the measurement and fails if one of the columns differs
from this table. Forms that contact no platform as pasted are listed because they must not be changed, or because another browser, or a later
script, would load them. Other spellings of the same forms, for which the gate and the browser behave in the same way, are in
`tests/gate/test_rows_*.py`.
"""


def table(cases: Iterable[Case]) -> str:
    """The whole document."""
    listed = list(cases)
    lines = [
        INTRODUCTION,
        _summary(listed),
        "",
        "| form | what it is | as pasted | gate | policy | both | list | all |",
    ]
    lines.append("|---|---|---|---|---|---|---|---|")
    for case in listed:
        columns = " | ".join("**yes**" if contacted else "–" for contacted in case.contacts.values())
        lines.append(f"| `{case.name}` | {case.about.replace('|', '&#124;').replace('<', '&lt;')} | {columns} |")
    return "\n".join(lines) + "\n"


def _summary(cases: list[Case]) -> str:
    columns = ("pasted", "gate", "policy", "both", "list", "all")
    count = {column: sum(case.contacts[column] for case in cases) for column in columns}
    return (
        f"Of {len(cases)} pages {count['pasted']} contact a platform as pasted, {count['gate']} after the gate alone, "
        f"{count['policy']} under the policy alone, {count['both']} with both, {count['list']} under the list alone, "
        f"{count['all']} with all three."
    )
