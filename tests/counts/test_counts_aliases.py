"""A page that moved: its addresses, and the sum of what is known under them."""

from __future__ import annotations

import pytest
from support.constants import HOUR, NOW

from shariff_py.counts import aliases
from shariff_py.platforms.count_sources.cached_count import CachedCount

MOVED = {
    "http://www.example.org/": "https://www.example.org/",
    "https://old.example.com/": "https://www.example.org/",
    "https://old.example.com/blog/": "https://www.example.org/news/",
}


class TestAliases:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("http://www.example.org/a", "https://www.example.org/a"),
            ("https://old.example.com/blog/a", "https://www.example.org/news/a"),
            ("https://old.example.com/a", "https://www.example.org/a"),
            ("https://www.example.org/a", "https://www.example.org/a"),
            ("https://old.example.com.evil.example/a", "https://old.example.com.evil.example/a"),
        ],
    )
    def test_a_page_is_known_by_its_current_address(self, address: str, expected: str) -> None:
        assert aliases.current(address, MOVED) == expected

    def test_a_page_is_counted_under_every_address_it_had(self) -> None:
        assert aliases.earlier("https://www.example.org/news/a", MOVED) == (
            "http://www.example.org/news/a",
            "https://old.example.com/news/a",
            "https://old.example.com/blog/a",
        )
        assert aliases.earlier("https://www.example.org/a", {}) == ()

    def test_what_is_known_is_added_and_as_old_as_its_oldest_part(self) -> None:
        found = aliases.summed(
            [
                {"facebook": CachedCount(17, NOW, NOW), "vk": CachedCount(None, 0.0, NOW, "timeout")},
                {"facebook": CachedCount(5, NOW - HOUR, NOW + 1, "timeout")},
                {"facebook": CachedCount(None, 0.0, NOW - 5, "unknown-page")},
            ]
        )

        assert found == {
            "facebook": CachedCount(22, NOW - HOUR, NOW + 1, "timeout", latest=NOW),
            "vk": CachedCount(None, 0.0, NOW, "timeout"),
        }

    def test_parts_read_at_the_same_time_have_one_age(self) -> None:
        found = aliases.summed([{"vk": CachedCount(1, NOW, NOW)}, {"vk": CachedCount(2, NOW, NOW)}])

        assert found == {"vk": CachedCount(3, NOW, NOW, latest=0.0)}

    def test_one_address_is_what_is_known_about_it(self) -> None:
        known = {"facebook": CachedCount(0, NOW, NOW)}

        assert aliases.summed([known]) == known
