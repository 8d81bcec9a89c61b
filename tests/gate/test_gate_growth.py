"""Twice the text takes about twice as long, whatever it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from support.golden import SETTINGS
from support.growing_pages import MAX_RATIO, RAW_TEXT, SHAPES, Shape, ratio_per_doubling

from shariff_py.gate import PageInfo, gate_html, gate_page
from shariff_py.gate.detect.prefilter import candidate_spans
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.gate.text_bytes import text_bytes
from shariff_py.response_policy.csp import POLICY
from shariff_py.response_policy.frame_sources import FramePolicy


def gate(page: str) -> object:
    return gate_html(page, SETTINGS)


def feed_in_small_pieces(page: str) -> str:
    stream = GateStream(SETTINGS)
    return "".join([*(stream.feed(page[at : at + 100]) for at in range(0, len(page), 100)), stream.close()])


@pytest.mark.slow
def test_the_search_of_a_text_grows_with_it_and_no_faster() -> None:
    """Of every shape, at a length at which a search that starts anew for each piece takes seconds, and this one no time to speak of.

    What seems to grow faster is measured again: the machine may have been busy for just that while, a search that does so will again.
    """
    suspected = dict(SHAPES)
    for _ in range(3):
        found = {
            name: ratio_per_doubling(lambda page: candidate_spans(text_bytes(page)), shape, 60_000)
            for name, shape in suspected.items()
        }
        suspected = {name: SHAPES[name] for name, ratio in found.items() if ratio > MAX_RATIO}

    assert {name: found[name] for name in suspected} == {}


@pytest.mark.slow
def test_a_search_that_starts_anew_for_each_tag_would_be_noticed() -> None:
    def ends_of_tags(page: str) -> list[int]:
        return [page.find(">", found.start()) for found in re.finditer("<xmp", page)]

    assert ratio_per_doubling(ends_of_tags, Shape("<xmp", after=">"), 150_000, turns=2) > MAX_RATIO


@pytest.mark.full
@pytest.mark.parametrize("name", SHAPES)
def test_gating_grows_with_the_page_and_no_faster(name: str) -> None:
    assert ratio_per_doubling(gate, SHAPES[name], 100_000) <= MAX_RATIO


BLOCKED_FRAMES = (
    '<iframe src="https://maps.stranger.example/"></iframe>', '<iframe ', '<iframe src="//maps.stranger.example" <',
    '<object data="//maps.stranger.example">', '<noscript><iframe src="//maps.stranger.example"></iframe></noscript>',
    '<script><iframe src="//maps.stranger.example">',
)  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize("frame", BLOCKED_FRAMES)
def test_frames_that_are_blocked_take_time_as_they_are_many(frame: str) -> None:
    policy = FramePolicy.of([(POLICY, "default-src 'self'")], SETTINGS.site.origin)

    def gate_response(page: str) -> object:
        return gate_page(page, SETTINGS, PageInfo(frame_policy=policy))

    assert ratio_per_doubling(gate_response, Shape(frame), 100_000) <= MAX_RATIO


@pytest.mark.full
@pytest.mark.parametrize("read", [gate, feed_in_small_pieces])
@pytest.mark.parametrize("tag", [*RAW_TEXT, "svg", "p"])
def test_a_page_in_small_pieces_grows_no_faster(tag: str, read: Callable[[str], object]) -> None:
    assert ratio_per_doubling(read, Shape(f"<{tag}>x", after=""), 200_000) <= MAX_RATIO


def test_there_are_at_least_sixty_shapes() -> None:
    assert len(SHAPES) >= 60
