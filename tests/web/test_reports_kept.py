"""Which reports are kept, and what of them: no flood hides the others, and nothing of a person stays."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from shariff_py.errors import TooManyReports
from shariff_py.service.reports import Reports
from shariff_py.settings import Settings
from shariff_py.stores import MemoryStore, Reported
from shariff_py.testing import SteppingClock

SITE = "https://www.leinau.example"
PLATFORM = "https://www.facebook.com/plugins/post.php"


class Kept:
    """Reports with a store in memory."""

    def __init__(self, **bounds: int) -> None:
        settings = Settings.from_mapping({"site": {"origin": SITE}, "headers": bounds})
        self.store = MemoryStore()
        self.clock = SteppingClock()
        self.reports = Reports(settings, self.store.reports, self.clock)
        self.take = self.reports.take

    def rows(self) -> list[Reported]:
        return self.store.reports.all()

    def pages(self) -> list[str]:
        return [row.page for row in self.rows()]


def violation(page: str = "/", blocked: str = PLATFORM, **over: Any) -> bytes:
    report = {"document-uri": SITE + page, "effective-directive": "frame-src", "blocked-uri": blocked, **over}
    return json.dumps({"csp-report": report}).encode()


def connections(*targets: Any, page: str = f"{SITE}/", disposition: str = "enforce") -> bytes:
    """A batch as Chromium 156 sends it."""
    return json.dumps(
        [
            {
                "age": 5,
                "type": "connection-allowlist",
                "url": page,
                "user_agent": "Mozilla/5.0 (visitor)",
                "body": {"connection": target, "disposition": disposition},
            }
            for target in targets
        ]
    ).encode()


def limited(kept: Kept, body: bytes) -> bool:
    try:
        kept.take(body)
    except TooManyReports:
        return True
    return False


class TestLimits:
    def test_bodies_that_are_refused_cost_nobody_else(self) -> None:
        kept = Kept(reports_per_minute=3)

        for garbage in (b"{", b"[]", b"5", violation(page="").replace(SITE.encode(), b"https://other.example")) * 200:
            with suppress(ValueError):
                kept.take(garbage)

        assert [limited(kept, violation()) for _ in range(3)] == [False] * 3

    def test_a_flood_about_other_hosts_leaves_room_for_platforms(self) -> None:
        kept = Kept(reports_per_minute=3)

        flood = [limited(kept, violation(blocked="https://x.example/")) for _ in range(50)]

        assert flood.count(False) == 3
        assert not limited(kept, violation())

    def test_nobody_is_locked_out_for_the_rest_of_a_minute(self) -> None:
        kept = Kept(reports_per_minute=6)
        while not limited(kept, violation()):
            pass

        kept.clock.step(seconds=10)

        assert [limited(kept, violation()) for _ in range(2)] == [False, True]

    def test_a_clock_that_was_set_back_locks_nobody_out(self) -> None:
        kept = Kept(reports_per_minute=3)
        while not limited(kept, violation()):
            pass

        kept.clock.step(hours=-1)

        assert not limited(kept, violation())

    def test_twenty_five_messages_do_not_fill_the_table(self) -> None:
        kept = Kept()
        for n in range(25):
            batch = [
                {
                    "type": "csp-violation",
                    "body": {
                        "documentURL": f"{SITE}/{n}-{m}",
                        "effectiveDirective": "img-src",
                        "blockedURL": f"https://h{m}.x{n}.example",
                    },
                }
                for m in range(20)
            ]
            kept.take(json.dumps(batch).encode())

        kept.take(violation(page="/aktuelles/1"))

        assert ("https://www.facebook.com", f"{SITE}/aktuelles/1") in [(row.blocked, row.page) for row in kept.rows()]


class TestPages:
    @pytest.mark.parametrize(
        ("path", "kept_as"),
        [
            ("/reset/8f3a91c2d4e5?x=1#top", "/reset/…"),
            ("/u/max.mustermann@example.de", "/u/…"),
            ("/newsletter/max%40example.de/abmelden", "/newsletter/…/abmelden"),
            ("/konto/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", "/konto/…"),
            ("/ruf/+49%20511%20123456", "/ruf/…"),
            ("/aktuelles/1?id=4711", "/aktuelles/1"),
        ],
    )
    def test_of_a_page_its_path_is_kept_without_what_may_be_a_persons(self, path: str, kept_as: str) -> None:
        kept = Kept()

        kept.take(violation(page=path))
        kept.take(connections(PLATFORM, page=SITE + path))

        assert kept.pages() == [SITE + kept_as] * 2

    def test_a_thousand_keys_are_one_page(self) -> None:
        kept = Kept(reports_per_minute=1000)

        for n in range(1000):
            kept.take(violation(page=f"/reset/{n * 7919:08x}a1b2c3"))

        assert [(row.page, row.times) for row in kept.rows()] == [(f"{SITE}/reset/…", 1000)]

    def test_a_long_path_is_cut(self) -> None:
        kept = Kept()

        kept.take(violation(page="/wort" * 300))

        assert [len(page) for page in kept.pages()] == [300]

    @pytest.mark.parametrize(
        "page",
        [
            "https://www.leinau.example:8443/",
            "https://leinau.example/",
            "https://www.leinau.example.evil.example/",
            "https://max@www.leinau.example/",
            "about:srcdoc",
        ],
    )
    def test_pages_that_are_not_the_sites_are_refused(self, page: str) -> None:
        kept = Kept()

        assert kept.take(violation(**{"document-uri": page})) == kept.take(connections(PLATFORM, page=page)) == 0
        assert kept.rows() == []

    def test_a_key_in_the_name_of_a_host_is_cut(self) -> None:
        kept = Kept()

        kept.take(violation(blocked="https://8f3a91c2d4.metrics.example/p"))
        kept.take(violation(blocked="https://8f3a91c2d4.facebook.com/p"))

        assert sorted(row.blocked for row in kept.rows()) == ["https://facebook.com", "https://….metrics.example"]

    def test_a_key_in_a_host_of_the_site_is_cut_where_a_wildcard_names_it(self) -> None:
        settings = Settings.from_mapping({"site": {"hosts": ["*.leinau.example", "k8f3a91c2d4.leinau.example"]}})
        kept = Kept()
        kept.reports = Reports(settings, kept.store.reports, kept.clock)

        for host in ("8f3a91c2d4.leinau.example", "k8f3a91c2d4.leinau.example", "kultur.leinau.example"):
            assert kept.reports.take(violation(**{"document-uri": f"https://{host}/a"})) == 1

        assert sorted(kept.pages()) == [
            "https://k8f3a91c2d4.leinau.example/a",
            "https://kultur.leinau.example/a",
            "https://….leinau.example/a",
        ]

    def test_a_directive_that_does_not_exist_makes_no_row(self) -> None:
        assert Kept().take(violation(**{"effective-directive": "made-up-src"})) == 0


class TestConnections:
    def test_a_connection_to_a_platform_is_kept_by_its_host(self) -> None:
        kept = Kept()

        kept.take(connections("https://www.facebook.com/max?v=4711", page=f"{SITE}/aktuelles/1?s=4711"))
        kept.take(connections("wss://edge-chat.facebook.com/chat", disposition="report"))

        rows = sorted((row.blocked, row.directive, row.page, row.enforced) for row in kept.rows())
        assert rows == [
            ("https://facebook.com", "connection-allowlist", f"{SITE}/", False),
            ("https://www.facebook.com", "connection-allowlist", f"{SITE}/aktuelles/1", True),
        ]

    @pytest.mark.parametrize(
        "target",
        ["https://mastodon.example/@max", "https://bank.example/", "mailto:arzt@example.de", "tel:+49511123456", "x"],
    )
    def test_where_a_visitor_wanted_to_go_is_counted_without_a_name(self, target: str) -> None:
        kept = Kept()

        assert kept.take(connections(target)) == 1

        assert [row.blocked for row in kept.rows()] == ["(not named)"]

    @pytest.mark.parametrize("directive", ["form-action", "navigate-to"])
    def test_neither_is_it_kept_where_a_policy_holds_back_a_form(self, directive: str) -> None:
        kept = Kept()

        kept.take(violation(blocked="https://mastodon.example/share", **{"effective-directive": directive}))

        assert [row.blocked for row in kept.rows()] == ["(not named)"]

    def test_direct_connections_of_a_page_are_a_word(self) -> None:
        kept = Kept()

        kept.take(connections("webrtc"))

        assert [row.blocked for row in kept.rows()] == ["webrtc"]

    @pytest.mark.parametrize("odd", [None, 5, [], {}, ""])
    def test_what_names_no_connection_is_passed_over(self, odd: Any) -> None:
        assert Kept().take(connections(odd)) == 0

    def test_nothing_else_of_a_report_is_kept(self) -> None:
        kept = Kept()

        kept.take(connections("https://www.facebook.com/max?v=4711", page=f"{SITE}/a?s=4711#4711"))

        assert not [row for row in kept.rows() if any(word in repr(row) for word in ("4711", "max", "visitor"))]
