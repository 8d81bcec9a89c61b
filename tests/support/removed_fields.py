"""Takes each field of each record with content away, one at a time, and prints as JSON how many and which of them no row misses.

Records are changed in place, in a process of its own; the tables of markup that were made of them at the import are changed with them.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from functools import partial

from platforms import test_rows

from shariff_py.caches import BoundedDict
from shariff_py.gate.detect.javascript.addresses import ASSEMBLED
from shariff_py.gate.detect.widget_markup import MARKED, ROOT_IDS, WIDGETS
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from support.platform_rows import samples

CACHES = [
    found
    for found in gc.get_objects()
    if type(found).__name__ == "_lru_cache_wrapper" and found.__module__.startswith(("shariff_py.", "support."))
]


MAPPINGS = [found for found in gc.get_objects() if isinstance(found, BoundedDict)]


def checks(name: str, kind: str) -> list[Callable[[], None]]:
    """All that the rows of a platform ask, those of a kind of content first."""
    table = test_rows.TABLES[name]
    facts = [
        test_rows.test_what_else_its_record_says_is_there,
        test_rows.test_every_platform_with_content_has_rows_and_every_kind_a_row_and_a_sample,
        test_rows.test_code_that_loads_something_of_it_has_one_of_its_marks,
    ]
    asked: list[tuple[str, Callable[[], None]]] = [
        *((kind, partial(fact, name)) for fact in facts),
        *((row.kind, partial(test_rows.test_what_is_pasted_is_recognised, name, row)) for row in table.rows),
        *(("", partial(test_rows.test_a_frame_that_shows_a_person_nothing_is_no_link, name, a)) for a in table.no_pages),
        *((one[1], partial(test_rows.test_a_sample_comes_back_from_its_address_and_from_its_frame, *one)) for one in samples() if one[0] == name),
        *((shown, partial(test_rows.test_its_frame_has_what_it_needs_and_no_more, name, shown)) for shown in table.frames),
        *((row.kind, partial(test_rows.test_what_shows_nothing_does_not_stay, name, row)) for row in table.others),
        *((row.kind, partial(test_rows.test_in_a_page_it_becomes_a_gate_and_what_is_said_with_it_stays, name, row)) for place, row in test_rows.IN_PAGES if place == name),
        *(("", partial(test_rows.test_a_page_that_is_no_content_is_refused_as_such, name, a)) for a in table.nothing),
        *(("", partial(test_rows.test_code_of_a_kind_that_is_no_more_is_refused_as_such, name, code)) for code in table.ended),
    ]  # fmt: skip
    return [check for of, check in sorted(asked, key=lambda one: one[0] != kind)]


def is_noticed(name: str, kind: str = "") -> bool:
    for cache in CACHES:
        cache.cache_clear()
    for mapping in MAPPINGS:
        mapping.clear()
    for check in checks(name, kind):
        try:
            check()
        # A record without a field it needs may break anything.
        except BaseException:
            return True
    return False


def removable(target: Platform | EmbedKind) -> Iterator[tuple[str, object]]:
    """The fields that have another value than they would have by themselves, with that one."""
    for one in fields(target):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        value = getattr(target, one.name)
        # What content is to people is its name without more, and nothing where it is not shown.
        spoken = isinstance(target, EmbedKind) and (value == target.name or target.becomes != "gate")
        if one.init and default is not MISSING and value != default and not (one.name == "content" and spoken):
            yield one.name, default


def without(target: Platform | EmbedKind, field: str, default: object, name: str) -> bool:
    """Whether it is noticed that a field of the platform is not there."""
    value, widgets, roots, marked = getattr(target, field), dict(WIDGETS()), dict(ROOT_IDS()), dict(MARKED())
    object.__setattr__(target, field, default)
    for table in (WIDGETS(), ROOT_IDS()):
        for word in value if field in {"classes", "tags", "root_elements"} else ():
            table.pop(word, None)
    assembled = dict(ASSEMBLED())
    for host in value if field == "assembled_hosts" else ():
        del ASSEMBLED()[host.encode()]
    for mark in [mark for mark, (_, kind) in marked.items() if field == "markers" and kind is target]:
        del MARKED()[mark]
    try:
        return is_noticed(name, target.name if isinstance(target, EmbedKind) else "")
    finally:
        object.__setattr__(target, field, value)
        WIDGETS().update(widgets)
        ROOT_IDS().update(roots)
        MARKED().update(marked)
        ASSEMBLED().update(assembled)


def main() -> None:
    tried, unnoticed = 0, []
    for name in test_rows.TABLES:
        record = REGISTRY[name]
        whole = not is_noticed(name)
        for target in (record, *record.embeds):
            for field, default in removable(target):
                tried += 1
                if not (whole and without(target, field, default, name)):
                    unnoticed.append(f"{name}: {'' if target is record else f'{target.name}: '}{field}")
    print(json.dumps({"tried": tried, "unnoticed": unnoticed}))


if __name__ == "__main__":
    main()
