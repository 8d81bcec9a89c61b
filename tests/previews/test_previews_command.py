"""``shariff-py previews``: an editor, a build or a daily schedule fetches, and everybody can see what is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.command_line import CONFIGURATION, shariff
from support.previewed_site import DAY, FILM, VIDEO

from shariff_py.cli.previews import why
from shariff_py.testing import StandIn

pytestmark = pytest.mark.subprocess

PAGES = {
    "index.html": '<p>Neu</p><iframe src="https://www.youtube.com/embed/AbCdEfGhIjK"></iframe>',
    "film/index.html": '<iframe src="https://video.leinau.example/videos/embed/aBcDeFgHiJkLmNoPqRsTuV"></iframe>',
    "other.html": '<iframe src="https://player.vimeo.com/video/123456789"></iframe>'
    '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1"></iframe>',
    "notes.txt": "https://www.youtube.com/watch?v=BbCdEfGhIjK",
}

RELEASED = """
[releases.youtube]
state = "released"

[releases.vimeo]
state = "released"

[releases.peertube]
state = "released"

[platforms.peertube.servers."video.leinau.example"]
operator = "Stadt Leinau"
address = "Markt 1, 12345 Leinau"
country = "DE"
privacy_url = "https://video.leinau.example/privacy"
"""


@pytest.fixture
def folder(tmp_path: Path, stand_in: StandIn) -> Path:
    """A site that wants previews of YouTube and of its own PeerTube, with a few pages."""
    hosts = "\n".join(
        f'"{host}" = "{stand_in.origin}"' for host in ("www.youtube.com", "vimeo.com", "video.leinau.example")
    )
    wanted = 'previews = { platforms = ["youtube", "peertube"] }\n'
    (tmp_path / "shariff.toml").write_text(
        f"{wanted}{CONFIGURATION}{RELEASED}\n[stand_in]\n{hosts}\n", encoding="utf-8"
    )
    for name, text in PAGES.items():
        page = tmp_path / "pages" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_content_of_pages_is_fetched_of_the_platforms_that_are_wanted(folder: Path, stand_in: StandIn) -> None:
    done = shariff(folder, "previews", "fetch", "pages")

    assert done.returncode == 0, done.stderr.decode()
    assert sorted(done.stdout.decode().splitlines()) == [
        f"{FILM}: Example for {FILM}, Example author, picture",
        f"{VIDEO}: Example for {VIDEO}, Example author",
    ]
    assert sorted(r.path for r in stand_in.received) == ["/oembed", "/services/oembed", "/stand-in/picture.png"]

    again = shariff(folder, "previews", "fetch", "pages", VIDEO)

    assert again.returncode == 0
    assert len(stand_in.received) == 3


def test_what_is_kept_is_listed_with_its_last_day_and_removed_by_its_address(folder: Path, stand_in: StandIn) -> None:
    shariff(folder, "previews", "fetch", VIDEO, FILM)
    stand_in.clear()

    listed = json.loads(shariff(folder, "previews", "list", "--json").stdout)

    until = (datetime.now(UTC) + timedelta(days=29)).strftime("%Y-%m-%d")
    assert sorted(listed, key=lambda one: str(one["address"])) == [
        {"platform": "peertube", "address": FILM, "title": f"Example for {FILM}", "author": "Example author", "picture": True, "until": until},
        {"platform": "youtube", "address": VIDEO, "title": f"Example for {VIDEO}", "author": "Example author", "picture": False, "until": until},
    ]  # fmt: skip
    table = shariff(folder, "previews", "list").stdout.decode()
    assert "Example author" in table
    assert until in table
    assert shariff(folder, "previews", "remove", VIDEO).returncode == 0
    assert [one["address"] for one in json.loads(shariff(folder, "previews", "list", "--json").stdout)] == [FILM]
    assert stand_in.received == []


def test_pages_of_a_folder_show_what_is_kept_and_the_command_says_until_when(folder: Path, stand_in: StandIn) -> None:
    before = shariff(folder, "gate", "pages", "--out", "without")
    shariff(folder, "previews", "fetch", "pages")
    stand_in.clear()

    done = shariff(folder, "gate", "pages", "--out", "gated")

    assert done.returncode == 0
    assert f"Example for {VIDEO} (Example author)" in (folder / "gated" / "index.html").read_text(encoding="utf-8")
    film = (folder / "gated" / "film" / "index.html").read_text(encoding="utf-8")
    assert 'src="/shariff/previews/' in film
    until = (datetime.now(UTC) + timedelta(days=29)).strftime("%Y-%m-%d")
    assert (
        f"Previews in these pages may be shown until {until}: build and gate them again by then.\n"
        in done.stderr.decode()
    )
    assert "Previews" not in before.stderr.decode()
    assert stand_in.connections == 0


def test_a_daily_run_asks_again_and_names_what_is_gone(folder: Path, stand_in: StandIn) -> None:
    shariff(folder, "previews", "fetch", VIDEO)
    (file,) = (folder / "var" / "previews").glob("*.json")
    kept = json.loads(file.read_bytes())
    file.write_text(json.dumps({**kept, "fetched_at": kept["fetched_at"] - 16 * DAY}), encoding="utf-8")
    stand_in.behave(status=404)

    done = shariff(folder, "previews", "refresh")

    assert done.returncode == 0
    assert done.stdout.decode() == f"{VIDEO}: private, deleted or not to be embedded; what was kept is removed\n"
    assert json.loads(shariff(folder, "previews", "list", "--json").stdout) == []


def test_a_picture_that_does_not_come_is_named_beside_what_is_still_kept(folder: Path, stand_in: StandIn) -> None:
    shariff(folder, "previews", "fetch", FILM)
    (file,) = (folder / "var" / "previews").glob("*.json")
    kept = json.loads(file.read_bytes())
    file.write_text(json.dumps({**kept, "fetched_at": kept["fetched_at"] - 16 * DAY}), encoding="utf-8")
    stand_in.behave(body=b'{"title": "Film", "thumbnail_url": "https://video.leinau.example/w/other"}', times=1)

    done = shariff(folder, "previews", "refresh")

    assert done.returncode == 1
    assert done.stdout.decode() == (
        f"{FILM}: Example for {FILM}, Example author, picture; its picture cannot be read, or is too large\n"
    )


@pytest.mark.parametrize(
    ("reason", "told"),
    [("timeout", "not fetched (timeout)"), ("picture-timeout", "its picture was not fetched (timeout)"), ("", "")],
)
def test_a_failure_of_the_network_is_told_of_what_it_concerns(reason: str, told: str) -> None:
    assert why(reason) == told


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["https://www.facebook.com/leinau/posts/1"], "no interface of Facebook is known whose terms allow keeping a preview."),
        (["https://vimeo.com/123456789"], "nothing is fetched from Vimeo. Add 'vimeo' to previews.platforms."),
        (["https://www.example.org/"], "does not belong to a known platform"),
        (["no-such-folder"], "no-such-folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_is_said_and_the_rest_is_fetched(
    folder: Path, stand_in: StandIn, places: list[str], said: str
) -> None:
    done = shariff(folder, "previews", "fetch", *places, VIDEO)

    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert [r.path for r in stand_in.received] == ["/oembed"]


def test_a_platform_that_does_not_reply_is_named_and_the_exit_code_is_1(folder: Path, stand_in: StandIn) -> None:
    stand_in.behave(status=503)

    done = shariff(folder, "previews", "fetch", VIDEO)

    assert (done.returncode, done.stdout.decode()) == (1, f"{VIDEO}: not fetched (status)\n")


def test_by_default_nothing_is_fetched_and_the_command_says_what_could_be(folder: Path, stand_in: StandIn) -> None:
    settings = folder / "shariff.toml"
    settings.write_text(settings.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")

    done = shariff(folder, "previews", "fetch", "pages")

    assert done.returncode == 1
    assert (
        'previews.platforms names no platform. Those whose terms allow keeping something: "peertube", "vimeo", "youtube".'
        in done.stderr.decode()
    )
    assert stand_in.received == []


def test_a_folder_that_cannot_be_written_is_one_line_with_the_cure(folder: Path) -> None:
    (folder / "var").mkdir()
    (folder / "var" / "previews").write_text("a file", encoding="utf-8")

    done = shariff(folder, "previews", "fetch", VIDEO)

    assert done.returncode == 1
    assert done.stderr.decode().startswith("shariff-py: the folder of previews 'var/previews' cannot be written: ")
    assert done.stderr.decode().count("\n") == 1
