"""What belongs to an address besides its path: its fragment, and parameters that are there several times."""

from __future__ import annotations

from shariff_py.gate.snippet import read_snippet
from shariff_py.platforms.embed_kind import EmbedKind, forms
from shariff_py.platforms.public_links import frame_parts
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.urls import parse


def test_a_form_that_goes_on_in_the_fragment_begins_with_its_path() -> None:
    assert [form.beginning for form in forms(r"/#map=1", r"/embed\.html#(?P<id>[0-9]+)", r"/a\?b=1")] == [
        "/",
        "/embed.html",
        "/a",
    ]
    assert recognise("https://www.openstreetmap.org/#map=14/52.37330/9.73800").kind == "map"


def test_the_fragment_of_a_pasted_frame_is_read() -> None:
    pasted = '<iframe width="525" height="340" src="//e.issuu.com/embed.html#3217510/69974367"></iframe>'

    assert read_snippet(pasted)[0].frame_address == "https://e.issuu.com/embed.html#3217510/69974367"


def found(address: str) -> dict[str, str] | None:
    kind = EmbedKind("list", frames=forms(r"/list\?(?P<shown>.+)"), keeps_query=frozenset({"of", "colour"}))
    parts = parse(address)
    assert parts is not None
    return frame_parts(REGISTRY["google_calendar"], kind, parts)


def test_of_a_parameter_that_is_there_several_times_all_are_kept_in_order() -> None:
    assert found("https://a.example/list?of=b&colour=red&x=1&of=a&colour=blue") == {
        "server": "a.example",
        "shown": "colour=red&colour=blue&of=b&of=a",
    }


def test_where_a_form_has_it_once_the_first_counts() -> None:
    assert recognise("https://www.youtube.com/watch?v=AbCdEfGhIjK&v=zzzzzzzzzzz").address == (
        "https://www.youtube.com/watch?v=AbCdEfGhIjK"
    )
