"""Takes each field of each record with content away, one at a time, and prints as JSON how many and which of them no row misses.

Records are changed in place, in a process of its own; the tables of markup that were made of them at the import are changed with them.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from functools import partial
from typing import Any

from platforms import test_rows

from shariff_py.caches import BoundedDict
from shariff_py.gate.detect.widget_markup import MARKED, ROOT_IDS, WIDGETS
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from support.platform_rows import samples

CACHES = [
    found
    for found in gc.get_objects()
    if type(found).__name__ == "_lru_cache_wrapper" and found.__module__.startswith("shariff_py.")
]


MAPPINGS = [found for found in gc.get_objects() if isinstance(found, BoundedDict)]


def checks(name: str) -> Iterator[Callable[[], None]]:
    """All that the rows of a platform ask, the quick ones first."""
    table = test_rows.TABLES[name]
    yield partial(test_rows.test_what_else_its_record_says_is_there, name)
    yield partial(test_rows.test_every_platform_with_content_has_rows_and_every_kind_a_row_and_a_sample, name)
    for row in table.rows:
        yield partial(test_rows.test_what_is_pasted_is_recognised, name, row)
    for address in table.no_pages:
        yield partial(test_rows.test_a_frame_that_shows_a_person_nothing_is_no_link, name, address)
    for sample in samples():
        if sample[0] == name:
            yield partial(test_rows.test_a_sample_comes_back_from_its_address_and_from_its_frame, *sample)
    for kind in table.frames:
        yield partial(test_rows.test_its_frame_has_what_it_needs_and_no_more, name, kind)
    for pasted in table.ended:
        yield partial(test_rows.test_code_of_a_kind_that_is_no_more_is_refused_as_such, name, pasted)
    for other in table.others:
        yield partial(test_rows.test_what_shows_nothing_does_not_stay, name, other)
    for platform, row in test_rows.IN_PAGES:
        if platform == name:
            yield partial(test_rows.test_in_a_page_it_becomes_a_gate_and_what_is_said_with_it_stays, name, row)


def is_noticed(name: str) -> bool:
    for cache in CACHES:
        cache.cache_clear()
    for mapping in MAPPINGS:
        mapping.clear()
    for check in checks(name):
        try:
            check()
        # A record without a field it needs may break anything.
        except BaseException:
            return True
    return False


def removable(target: Platform | EmbedKind) -> Iterator[tuple[str, Any]]:
    """The fields that have another value than they would have by themselves, with that one."""
    for one in fields(target):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        usual = {default, target.name} if one.name == "content" else None
        value = getattr(target, one.name)
        if one.init and default is not MISSING and (value not in usual if usual else value != default):
            yield one.name, default


def without(target: Platform | EmbedKind, field: str, default: object, name: str) -> bool:
    """Whether it is noticed that a field of the platform is not there."""
    value, widgets, roots, marked = getattr(target, field), dict(WIDGETS), dict(ROOT_IDS), dict(MARKED)
    object.__setattr__(target, field, default)
    for table in (WIDGETS, ROOT_IDS):
        for word in value if field in {"classes", "tags", "root_elements"} else ():
            table.pop(word, None)  # type: ignore[attr-defined]
    for mark in [mark for mark, (_, kind) in marked.items() if field == "markers" and kind is target]:
        MARKED.pop(mark)  # type: ignore[attr-defined]
    try:
        return is_noticed(name)
    finally:
        object.__setattr__(target, field, value)
        WIDGETS.update(widgets)  # type: ignore[attr-defined]
        ROOT_IDS.update(roots)
        MARKED.update(marked)  # type: ignore[attr-defined]


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
