"""Of which kinds of fetch a site's own policy decides, row by row (CSP 3, section 6.8.3)."""

from __future__ import annotations

import pytest

from shariff_py.response_policy.csp import parse_policies
from shariff_py.response_policy.fetch_kinds import kept_by

ALONE = [
    "connect-src", "fenced-frame-src", "font-src", "img-src", "manifest-src", "media-src", "object-src", "script-src-elem", "style-src-elem",
    "worker-src",
]  # fmt: skip


@pytest.mark.parametrize("directive", ALONE)
def test_a_directive_for_one_kind_keeps_that_kind(directive: str) -> None:
    assert kept_by(parse_policies([f"{directive} 'self'"])) == [directive]


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        ("child-src 'self'", ["frame-src", "worker-src"]),
        ("frame-src 'self'", ["frame-src"]),
        ("script-src 'self'", ["script-src"]),
        ("style-src 'self'", ["style-src"]),
        ("child-src 'self'; frame-src *", ["worker-src"]),
        ("child-src 'self'; fenced-frame-src *", ["worker-src"]),
        ("script-src 'self'; script-src-elem *", ["worker-src"]),
        ("script-src 'self'; worker-src *", ["script-src-elem"]),
        ("style-src 'self'; style-src-elem *", []),
        ("frame-src 'self'; fenced-frame-src *", []),
        ("img-src *", []),
    ],
)
def test_a_directive_keeps_what_falls_back_to_it(policy: str, kept: list[str]) -> None:
    assert sorted(kept_by(parse_policies([policy]))) == kept


@pytest.mark.parametrize("open_one", ["connect-src", "font-src", "img-src", "manifest-src", "media-src", "object-src"])
def test_what_says_nothing_of_a_kind_keeps_it_by_default_src(open_one: str) -> None:
    every = {
        "connect-src", "font-src", "frame-src", "img-src", "manifest-src", "media-src", "object-src", "script-src", "style-src", "worker-src",
    }  # fmt: skip

    assert set(kept_by(parse_policies(["default-src 'self'"]))) == every - {"worker-src"}
    assert set(kept_by(parse_policies([f"default-src 'self'; {open_one} *"]))) == every - {"worker-src", open_one}


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        ("default-src 'self'; script-src *", {"style-src", "frame-src"}),
        ("default-src 'self'; style-src *", {"script-src", "frame-src"}),
        ("default-src 'self'; child-src *", {"script-src-elem", "style-src"}),
        ("default-src 'self'; frame-src *", {"script-src", "style-src"}),
        ("default-src 'self'; fenced-frame-src *", {"script-src", "style-src"}),
        ("default-src 'self'; worker-src *", {"script-src-elem", "style-src", "frame-src"}),
        ("default-src 'self'; script-src-elem *", {"worker-src", "style-src", "frame-src"}),
        ("default-src 'self'; style-src-elem *", {"script-src", "frame-src"}),
    ],
)
def test_a_kind_that_is_open_takes_with_it_what_would_fall_back_to_it(policy: str, kept: set[str]) -> None:
    written = {"script-src", "script-src-elem", "style-src", "style-src-elem", "frame-src", "worker-src"}

    assert set(kept_by(parse_policies([policy]))) & written == kept
