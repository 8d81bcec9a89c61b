"""What is in the folder of previews: files that were damaged, are not ours, or were left by a process that ended; and what time makes of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.previewed_site import DAY, FILM, NOON, VIDEO, Clock, previews, values

from shariff_py.errors import StoreError
from shariff_py.gate import PageInfo, gate_page
from shariff_py.previews.folder import Folder, Kept, name_of
from shariff_py.settings import Settings
from shariff_py.testing import StandIn

FRAME = '<iframe src="https://video.leinau.example/videos/embed/aBcDeFgHiJkLmNoPqRsTuV"></iframe>'
NAME = name_of("peertube", FILM)


def facts(folder: Path) -> Path:
    return folder / "previews" / f"{NAME}.json"


def changed(**more: Any) -> Callable[[bytes], bytes]:
    return lambda written: json.dumps({**json.loads(written), **more}).encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"{}",
        lambda _: b"[]",
        lambda _: b'{"platform": "peertube"}',
        lambda _: b"\xff\xff",
        lambda _: b"[" * 5000,
        changed(fetched_at="soon"),
        changed(fetched_at=None),
        changed(fetched_at=float("nan")),
        changed(fetched_at=float("inf")),
        changed(address=17),
        changed(address=VIDEO),
        changed(platform=["peertube"]),
        changed(platform="youtube"),
        changed(title=5),
        changed(title=["x"]),
        changed(author=None),
        changed(has_picture="yes"),
        changed(more=""),
        changed(title="\ud800"),
        changed(address="\udfff"),
    ],
)
def test_a_file_that_was_damaged_counts_as_none_and_is_fetched_anew(
    tmp_path: Path, stand_in: StandIn, damage: Callable[[bytes], bytes]
) -> None:
    kept = previews(tmp_path, stand_in, "youtube", "peertube")
    settings = Settings.from_mapping(values(tmp_path, stand_in, "youtube", "peertube"))
    before = kept.fetch(FILM).kept
    facts(tmp_path).write_bytes(damage(facts(tmp_path).read_bytes()))

    assert list(kept.kept()) == []
    assert kept.picture(NAME) is None
    assert "Example" not in gate_page(FRAME, settings, PageInfo(previews=kept.shown)).html
    assert kept.fetch(FILM).kept == before
    assert list(kept.kept()) == [before]


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"root:x:0:0:root:/root:/bin/sh\n", b"<svg/>"])
def test_a_picture_that_was_damaged_is_not_served(tmp_path: Path, stand_in: StandIn, damage: bytes) -> None:
    kept = previews(tmp_path, stand_in, "peertube")
    kept.fetch(FILM)
    assert kept.picture(NAME) is not None

    facts(tmp_path).with_suffix(".webp").write_bytes(damage)

    assert kept.picture(NAME) is None


def test_files_of_others_in_the_folder_are_neither_listed_nor_removed(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "youtube")
    kept.fetch(VIDEO)
    others = ["package.json", "logo.webp", f"{NAME}.png", f"{NAME.upper()}.webp", f"{NAME}0.json"]
    for name in others:
        (tmp_path / "previews" / name).write_bytes(b"of somebody else")

    assert list(kept.names()) == [name_of("youtube", VIDEO)]
    assert list(kept.refresh()) == []
    assert {path.name for path in (tmp_path / "previews").iterdir()} == {*others, f"{name_of('youtube', VIDEO)}.json"}


def test_what_was_fetched_while_the_clock_was_ahead_is_not_shown_and_is_fetched_anew(
    tmp_path: Path, stand_in: StandIn
) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "peertube", clock=clock)
    clock.now += 400 * DAY
    kept.fetch(FILM)

    clock.now -= 400 * DAY

    assert list(kept.kept()) == []
    assert kept.picture(NAME) is None
    (again,) = kept.refresh()
    assert again.kept is not None
    assert again.kept.fetched_at == NOON
    assert list(kept.kept()) == [again.kept]


def test_a_clock_set_back_does_not_keep_a_host_resting_for_longer_than_an_hour(
    tmp_path: Path, stand_in: StandIn
) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "youtube", clock=clock)
    stand_in.behave(status=503)
    assert kept.fetch(VIDEO).reason == "status"
    stand_in.behave()

    clock.now -= 400 * DAY

    assert kept.fetch(VIDEO).reason == ""


@pytest.mark.subprocess
def test_a_disk_that_is_full_is_told_and_leaves_no_piece_behind(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from shariff_py.previews.folder import Folder, Kept\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        f"Folder(Path(sys.argv[1])).save(Kept('peertube', {FILM!r}, 'Film' * 50, '', False, 1.0), None)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "previews")], capture_output=True, text=True, check=False
    )

    assert "StoreError: the folder of previews" in done.stderr
    assert list((tmp_path / "previews").iterdir()) == []


def test_what_a_process_left_that_was_ended_while_it_wrote_goes_with_a_refresh_of_the_next_day(
    tmp_path: Path, stand_in: StandIn
) -> None:
    clock = Clock()
    kept = previews(tmp_path, stand_in, "youtube", clock=clock)
    kept.fetch(VIDEO)
    left, written_now = (tmp_path / "previews" / f".{name}.draft" for name in ("left", "now"))
    for draft, age in ((left, 2 * DAY), (written_now, 60)):
        draft.write_text("half a tit", encoding="utf-8")
        os.utime(draft, (clock.now - age, clock.now - age))

    assert list(kept.refresh()) == []

    assert not left.exists()
    assert written_now.exists()


def test_a_picture_is_not_served_for_other_content_whose_facts_were_copied(tmp_path: Path, stand_in: StandIn) -> None:
    kept = previews(tmp_path, stand_in, "peertube")
    kept.fetch(FILM)
    copied = "0" * 32

    for file in (tmp_path / "previews").iterdir():
        shutil.copy(file, file.with_stem(copied))

    assert kept.picture(NAME) is not None
    assert kept.picture(copied) is None


def test_a_folder_that_cannot_be_written_is_said_with_the_cure(tmp_path: Path, stand_in: StandIn) -> None:
    (tmp_path / "previews").write_text("a file", encoding="utf-8")

    with pytest.raises(
        StoreError, match=r"folder of previews .* cannot be written: .* name another one in previews\.path"
    ):
        previews(tmp_path, stand_in, "youtube").fetch(VIDEO)


@pytest.mark.subprocess
def test_two_processes_that_write_at_once_leave_one_whole_preview(tmp_path: Path) -> None:
    place = Folder(tmp_path / "previews")
    program = (
        "import sys; from pathlib import Path; from shariff_py.previews.folder import Folder, Kept\n"
        "for _ in range(200):\n"
        f"    Folder(Path(sys.argv[1])).save(Kept('peertube', {FILM!r}, sys.argv[2] * 100, '', False, 1.0), None)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "previews"), letter]) for letter in "ab"]

    titles = set[str]()
    while any(writer.poll() is None for writer in writers):
        if (read := place.load(NAME)) is not None:
            titles.add(read.title)

    assert [writer.returncode for writer in writers] == [0, 0]
    assert titles <= {"a" * 100, "b" * 100}
    assert place.load(NAME) in [Kept("peertube", FILM, letter * 100, "", False, 1.0) for letter in "ab"]
    assert len(list((tmp_path / "previews").iterdir())) == 1
