"""The server fetches a title and a picture where it is told to and where the terms allow it, through the journal; and keeps no byte more."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support.previewed_site import DAY, FILM, VIDEO, Clock, previews, values

from shariff_py.errors import ConfigurationError, PreviewRefused
from shariff_py.previews import Previews
from shariff_py.previews.folder import name_of
from shariff_py.settings import Settings
from shariff_py.testing import StandIn

PICTURE = "/stand-in/picture.png"


def told(**more: Any) -> bytes:
    return json.dumps(
        {"version": "1.0", "type": "video", "title": "Der Film", "author_name": "Stadt Leinau", **more}
    ).encode()


def requests(folder: Path) -> list[Any]:
    lines = (folder / "outgoing.jsonl").read_text(encoding="ascii").splitlines()
    return [record for record in map(json.loads, lines) if record["kind"] == "request"]


def test_title_and_author_are_kept_of_a_video(tmp_path: Path, stand_in: StandIn) -> None:
    fetched = previews(tmp_path, stand_in, "youtube").fetch("https://youtu.be/AbCdEfGhIjK?si=abc")

    assert fetched.address == VIDEO
    assert fetched.kept is not None
    assert (fetched.kept.title, fetched.kept.author) == (f"Example for {VIDEO}", "Example author")
    assert not fetched.kept.has_picture
    assert [(r.path, r.query) for r in stand_in.received] == [
        ("/oembed", "url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DAbCdEfGhIjK&format=json")
    ]


def test_of_a_server_of_ones_own_the_picture_is_kept_too(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "peertube")

    fetched = kept.fetch(FILM)

    assert fetched.kept is not None
    assert fetched.kept.has_picture
    assert [r.path for r in stand_in.received] == ["/services/oembed", PICTURE]


def test_what_is_kept_of_a_picture_is_drawn_anew_and_no_wider_than_a_gate(tmp_path: Path, stand_in: StandIn) -> None:
    previews(tmp_path, stand_in, "peertube").fetch(FILM)

    (file,) = (tmp_path / "previews").glob("*.webp")
    written = file.read_bytes()
    assert b"only in the file" not in written
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("WEBP", (640, 360))


def test_a_request_is_in_the_journal_and_says_nothing_of_anybody_but_this_software(
    tmp_path: Path, stand_in: StandIn
) -> None:
    previews(tmp_path, stand_in, "peertube").fetch(FILM)

    assert [(r["purpose"], r["trigger"], r["platform"], r["host"], r["path"], r["pages"]) for r in requests(tmp_path)] == [
        ("preview", "manual", "peertube", "video.leinau.example",
         "/services/oembed?url=https%3A%2F%2Fvideo.leinau.example%2Fw%2FaBcDeFgHiJkLmNoPqRsTuV", [FILM]),
        ("preview", "manual", "peertube", "video.leinau.example", PICTURE, [FILM]),
    ]  # fmt: skip
    for received in stand_in.received:
        assert received.headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}
        assert received.headers["user-agent"].startswith("shariff_py/")


def test_without_a_journal_nothing_is_sent(tmp_path: Path, stand_in: StandIn) -> None:
    (tmp_path / "outgoing.jsonl").mkdir()

    with pytest.raises(Exception, match="journal"):
        previews(tmp_path, stand_in, "youtube").fetch(VIDEO)

    assert stand_in.received == []


@pytest.mark.parametrize(
    ("address", "wanted", "why"),
    [
        (VIDEO, (), "Add 'youtube' to previews.platforms"),
        (VIDEO, ("vimeo",), "Add 'youtube' to previews.platforms"),
        (
            "https://www.facebook.com/stadt.leinau/posts/1",
            ("youtube",),
            "no interface of Facebook is known whose terms allow",
        ),
        (
            "https://video.example.org/w/aBcDeFgHiJkLmNoPqRsTuV",
            ("peertube",),
            "no gate of PeerTube is shown \\(server\\)",
        ),
    ],
)
def test_nothing_is_sent_that_is_not_wanted_or_not_allowed(
    tmp_path: Path, stand_in: StandIn, address: str, wanted: tuple[str, ...], why: str
) -> None:
    with pytest.raises(PreviewRefused, match=why):
        previews(tmp_path, stand_in, *wanted).fetch(address)

    assert stand_in.received == []


def test_nothing_is_sent_for_a_platform_that_is_suspended(tmp_path: Path, stand_in: StandIn) -> None:
    suspended = values(tmp_path, stand_in, "youtube", releases={"youtube": {"state": "suspended"}})

    with pytest.raises(PreviewRefused, match="no gate of YouTube is shown \\(suspended\\)"):
        Previews(Settings.from_mapping(suspended)).fetch(VIDEO)

    assert stand_in.received == []


@pytest.mark.parametrize("name", ["facebook", "x", "spotify", "youtoube"])
def test_a_platform_whose_terms_allow_nothing_cannot_be_named(tmp_path: Path, stand_in: StandIn, name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"previews\.platforms: .*Name only some of peertube, vimeo, youtube"):
        previews(tmp_path, stand_in, name)


def test_without_pillow_the_title_is_kept_and_the_reason_told(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)

    fetched = previews(tmp_path, stand_in, "peertube").fetch(FILM)

    assert fetched.reason == "pillow"
    assert fetched.kept is not None
    assert fetched.kept.title == f"Example for {FILM}"
    assert [r.path for r in stand_in.received] == ["/services/oembed"]


FAILURES = [
    ({"status": 500}, "status"),
    ({"status": 429}, "status"),
    ({"redirect": "https://www.youtube.com/consent"}, "redirect"),
    ({"garbage": True}, "malformed"),
    ({"html": True}, "malformed"),
    ({"body": b"[1]"}, "malformed"),
    ({"body": b"[" * 100_000}, "malformed"),
    ({"huge": True}, "too-large"),
    ({"drop": True}, "connection"),
]


@pytest.mark.parametrize(("failure", "reason"), FAILURES)
def test_a_bad_day_of_the_platform_keeps_what_was_kept(
    tmp_path: Path, stand_in: StandIn, failure: dict[str, Any], reason: str
) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "youtube", clock=clock)
    before = kept.fetch(VIDEO).kept
    clock.now += 16 * DAY
    stand_in.behave(**failure)

    fetched = kept.fetch(VIDEO)

    assert (fetched.reason, fetched.kept) == (reason, before)
    assert before is not None
    assert list(kept.kept()) == [before]


def test_a_picture_that_does_not_come_leaves_what_is_kept_until_its_time_is_over(
    tmp_path: Path, stand_in: StandIn
) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "peertube", clock=clock)
    before = kept.fetch(FILM).kept
    assert before is not None

    clock.now += 16 * DAY
    stand_in.behave(body=told(thumbnail_url="https://video.leinau.example/w/other"), times=1)
    (done,) = kept.refresh()

    assert (done.reason, done.kept) == ("picture-unreadable", before)
    assert kept.picture(name_of("peertube", FILM)) is not None

    clock.now += 14 * DAY
    stand_in.behave(body=told(thumbnail_url="https://video.leinau.example/w/other"), times=1)
    (later,) = kept.refresh()

    assert later.reason == "picture-unreadable"
    assert later.kept is not None
    assert (later.kept.title, later.kept.has_picture, later.kept.fetched_at) == ("Der Film", False, clock.now)
    assert kept.picture(name_of("peertube", FILM)) is None


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_is_private_or_deleted_is_forgotten_at_once(tmp_path: Path, stand_in: StandIn, status: int) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "peertube", clock=clock)
    kept.fetch(FILM)
    clock.now += 16 * DAY
    stand_in.behave(status=status)

    (fetched,) = kept.refresh()

    assert (fetched.reason, fetched.kept) == ("gone", None)
    assert list((tmp_path / "previews").iterdir()) == []


def test_it_is_asked_again_in_the_second_half_of_its_time_and_not_before(tmp_path: Path, stand_in: StandIn) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "youtube", clock=clock)
    kept.fetch(VIDEO)
    stand_in.clear()

    clock.now += 14 * DAY
    kept.fetch(VIDEO)
    assert list(kept.refresh()) == []
    assert stand_in.received == []

    clock.now += 2 * DAY
    (again,) = kept.refresh()
    assert len(stand_in.received) == 1
    assert again.kept is not None
    assert again.kept.fetched_at == clock.now


def test_after_thirty_days_without_a_reply_it_is_gone(tmp_path: Path, stand_in: StandIn) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "youtube", clock=clock)
    kept.fetch(VIDEO)
    stand_in.behave(status=503)

    clock.now += 29 * DAY
    assert len(list(kept.kept())) == 1

    clock.now += 2 * DAY
    assert list(kept.kept()) == []
    (done,) = kept.refresh()
    assert (done.kept, done.reason) == (None, "status")
    assert list((tmp_path / "previews").iterdir()) == []


def test_a_host_in_trouble_is_asked_nothing_for_an_hour_and_others_are(tmp_path: Path, stand_in: StandIn) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "youtube", "peertube", clock=clock)
    others = [f"https://www.youtube.com/watch?v={letter}bCdEfGhIjK" for letter in "BCD"]
    for address in (VIDEO, *others, FILM):
        kept.fetch(address)
    clock.now += 16 * DAY
    stand_in.clear()
    stand_in.behave(status=429)

    reasons = sorted((done.address == FILM, done.reason) for done in kept.refresh())

    assert reasons == [(False, "resting")] * 3 + [(False, "status"), (True, "status")]
    assert kept.fetch(VIDEO).reason == "resting"
    assert len(stand_in.received) == 2

    stand_in.behave()
    clock.now += 3601
    assert kept.fetch(VIDEO).reason == ""


def test_what_the_settings_want_no_longer_goes_with_the_next_refresh_and_is_not_shown_before(
    tmp_path: Path, stand_in: StandIn
) -> None:
    previews(tmp_path, stand_in, "youtube", "peertube").fetch(FILM)
    fewer = previews(tmp_path, stand_in, "youtube")

    assert list(fewer.kept()) == []
    assert [done.reason for done in fewer.refresh()] == ["not-wanted"]
    assert list((tmp_path / "previews").iterdir()) == []
