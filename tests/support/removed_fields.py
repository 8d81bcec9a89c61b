"""Takes each field of each record with content away, one at a time, and prints as JSON how many and which of them no row misses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from platforms import test_rows

from shariff_py.platforms.embed_kind import EmbedKind, HeightMessage
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from support.platform_rows import samples
from support.removals import Check, Held, is_noticed, removable, without


def checks(name: str, kind: str) -> list[Check]:
    """All that the rows of a platform ask, those of a kind of content first."""
    table = test_rows.TABLES[name]
    facts = [
        test_rows.test_what_else_its_record_says_is_there,
        test_rows.test_every_platform_with_content_has_rows_and_every_kind_a_row_and_a_sample,
        test_rows.test_code_that_loads_something_of_it_has_one_of_its_marks,
    ]
    asked: list[tuple[str, Check]] = [
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


def parts(record: Platform) -> Iterator[tuple[str, Platform | EmbedKind | HeightMessage, Held | None]]:
    """A record, its kinds of content and their messages, each with the kind's name, and where it is held."""
    yield "", record, None
    for kind in record.embeds:
        yield kind.name, kind, None
        if kind.height_message is not None:
            yield kind.name, kind.height_message, (kind, "height_message")


def looked_at(target: Platform | EmbedKind | HeightMessage) -> Iterator[tuple[str, object]]:
    """Its fields, but for what content is to people where that is its name, or where it is not shown."""
    spoken = isinstance(target, EmbedKind) and (target.content == target.name or target.becomes != "gate")
    return ((field, default) for field, default in removable(target) if not (field == "content" and spoken))


def main() -> None:
    tried, unnoticed = 0, []
    for name in test_rows.TABLES:
        whole = not is_noticed(checks(name, ""))
        for kind, target, held in parts(REGISTRY[name]):
            asked = checks(name, kind)
            for field, default in looked_at(target):
                tried += 1
                if not (whole and without(target, field, default, asked, held)):
                    unnoticed.append(f"{name}: {f'{kind}: ' if kind else ''}{field}")
    print(json.dumps({"tried": tried, "unnoticed": unnoticed}))


if __name__ == "__main__":
    main()
