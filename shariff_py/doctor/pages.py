"""What pages keep as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.browser_rules.loading_attributes import FORM_ACTION_ATTRIBUTES
from shariff_py.settings import Settings

MOST_NAMED = 3
"""How many pages are listed."""

FORM_TARGETS = frozenset({f"{tag}[{name}]" for tag, name in FORM_ACTION_ATTRIBUTES.items()})
"""What the gate reports and is no data: where a form is sent."""


KEPT_CURES = {
    "report": '"shariff-py scan" lists it. Set gate.stores to "gate", or have the script put in a link in its place.',
    "gate": '"shariff-py scan" lists it. It cannot be replaced with certainty where it is: have the script put in a link in its place.',
}
"""What to do about embed code that stays in data, by ``gate.stores``."""


def examine_pages(settings: Settings, pages: Iterable[tuple[str, str | None]]) -> Diagnosis:
    """Which of these pages, by name and HTML, keep embed code as data that stays there. ``None`` in place of the HTML: it could not be read."""
    found: Counter[str] = Counter()
    read = unread = 0
    for name, html in pages:
        read, unread = read + (html is not None), unread + (html is None)
        findings = gate_html(html, settings).findings if html is not None else ()
        stays = [f for f in findings if f.outcome is Outcome.REPORTED and f.platform and f.found not in FORM_TARGETS]
        found.update({name: len(stays)} if stays else {})
    named = ", ".join(f"{name} ({times})" for name, times in found.most_common(MOST_NAMED))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    what = f"embed code in data of {len(found)} of {read} pages" + (f": {named}{more}" if found else "")
    return Diagnosis(
        not found and not unread,
        "data of pages",
        what + (f"; not read: {unread}" if unread else ""),
        KEPT_CURES[settings.gate.stores],
    )
