"""The end of a journal that was cut off is noticed by its checkpoint, which is signed and kept elsewhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from support.counting import SITE, Site
from support.journals import FACTS, write
from support.stores import OpenStore

from shariff_py.errors import JournalError
from shariff_py.journal import Checkpoints, Journal, Place, State
from shariff_py.stores import Store, open_store
from shariff_py.testing import SteppingClock

SECRETS = ("a key that nobody guesses 1", "an older key that nobody guesses")


def kept_in(journal: Journal, path: Path, secrets: tuple[str, ...] = SECRETS) -> Checkpoints:
    return Checkpoints(journal, [Place.file(path)], secrets)


def states(found: Checkpoints) -> list[State]:
    return [comparison.state for comparison in found.verify()[1]]


def sentence(found: Checkpoints) -> str:
    return found.verify()[1][0].sentence


def test_a_cut_off_end_is_noticed_without_anybodys_notes(journal: Journal, tmp_path: Path) -> None:
    lines, found = write(journal, 5), kept_in(journal, tmp_path / "checkpoint")
    assert found.advance() == []
    assert states(found) == [State.CONTAINED]

    journal.path.write_bytes(b"".join(lines[:3]))

    assert journal.verify().records == 3
    assert states(found) == [State.CUT]
    assert "names record 5" in sentence(found)
    assert "shariff-py journal checkpoint" in sentence(found)


def test_a_journal_that_was_cut_and_grew_again_is_noticed(journal: Journal, tmp_path: Path) -> None:
    lines, found = write(journal, 5), kept_in(journal, tmp_path / "checkpoint")
    found.advance()
    journal.path.write_bytes(b"".join(lines[:3]))
    write(journal, 9)

    wrong = found.advance()

    assert len(wrong) == 1
    assert "names record 5" in wrong[0]
    assert states(found) == [State.CUT]


def test_a_journal_that_was_written_anew_or_moved_away_is_noticed(journal: Journal, tmp_path: Path) -> None:
    found = kept_in(journal, tmp_path / "checkpoint")
    write(journal, 5)
    found.advance()
    journal.path.unlink()
    assert states(found) == [State.CUT]

    journal.append("request", {**FACTS, "path": "/harmless"})
    write(journal, 9)

    assert states(found) == [State.CUT]


def test_records_after_the_checkpoint_are_no_alarm(journal: Journal, tmp_path: Path) -> None:
    found = kept_in(journal, tmp_path / "checkpoint")
    write(journal, 3)
    found.advance()
    write(journal, 4)

    assert states(found) == [State.CONTAINED]
    assert "record 3, is in the chain" in sentence(found)


def test_while_one_place_shows_a_cut_no_other_is_written(journal: Journal, tmp_path: Path) -> None:
    """An older checkpoint, such as one brought back from a backup, is still in the chain. Written anew it would name what came after the cut."""
    places = [Place.file(tmp_path / name) for name in ("older", "newer", "empty")]
    older, newer = (Checkpoints(journal, [place], SECRETS) for place in places[:2])
    write(journal, 2)
    older.advance()
    lines = write(journal, 3)
    newer.advance()
    journal.path.write_bytes(b"".join(lines[:3]))
    write(journal, 4)
    found = Checkpoints(journal, places, SECRETS)
    before = [place.load() for place in places]

    wrong = found.advance()

    assert len(wrong) == 1
    assert f"{tmp_path / 'newer'} names record 5" in wrong[0]
    assert [place.load() for place in places] == before
    assert states(found) == [State.CONTAINED, State.CUT, State.MISSING]


def test_a_slower_process_does_not_set_a_checkpoint_back(journal: Journal, tmp_path: Path) -> None:
    place = Place.file(tmp_path / "checkpoint")
    write(journal, 2)
    slow = Checkpoints(journal, [place], SECRETS)
    old = slow.signed(journal.head())
    write(journal, 3)
    Checkpoints(journal, [place], SECRETS).advance()
    newest = place.load()

    slow.advance()

    assert place.load() == newest != old


@pytest.mark.parametrize("text", ["nonsense", "WzUsIjAwIl0.c2lnbmVkIGJ5IG5vYm9keQ", "{}", "\x00", "a" * 5000, "."])
def test_a_checkpoint_that_is_not_ours_is_an_alarm_and_stays(journal: Journal, tmp_path: Path, text: str) -> None:
    found = kept_in(journal, tmp_path / "checkpoint")
    write(journal, 2)
    (tmp_path / "checkpoint").write_text(text)

    assert states(found) == [State.FOREIGN]
    assert len(found.advance()) == 1
    assert (tmp_path / "checkpoint").read_text() == text


def test_a_checkpoint_of_other_numbers_cannot_be_signed_without_the_secret(journal: Journal, tmp_path: Path) -> None:
    write(journal, 2)
    kept_in(journal, tmp_path / "checkpoint", ("another key that nobody guesses",)).advance()

    assert states(kept_in(journal, tmp_path / "checkpoint")) == [State.FOREIGN]


def test_an_older_secret_is_accepted_and_without_one_it_is_said_that_nothing_was_checked(
    journal: Journal, tmp_path: Path
) -> None:
    lines, path = write(journal, 2), tmp_path / "checkpoint"
    kept_in(journal, path, SECRETS[1:]).advance()

    assert states(kept_in(journal, path)) == [State.CONTAINED]
    assert "signature was not checked" in sentence(kept_in(journal, path, ()))
    assert kept_in(journal, path, ()).advance() == []
    journal.path.write_bytes(lines[0])
    assert states(kept_in(journal, path, ())) == [State.CUT]
    with pytest.raises(JournalError, match=r"frame\.secrets is not set"):
        kept_in(journal, path, ()).renew()


def test_no_checkpoint_and_a_place_that_cannot_be_read_are_said(journal: Journal, tmp_path: Path) -> None:
    write(journal, 1)
    found = kept_in(journal, tmp_path / "none" / "checkpoint")
    assert states(found) == [State.MISSING]
    assert sentence(found).startswith("There is no checkpoint in the file")
    assert "none was written yet, or it was removed" in sentence(found)
    assert found.advance() == []
    assert states(found) == [State.CONTAINED]

    (tmp_path / "folder").mkdir()
    found = kept_in(journal, tmp_path / "folder")

    assert states(found) == [State.UNAVAILABLE]
    assert "cannot be read" in found.advance()[0]
    assert not found.verify()[1][0].is_alarm


def test_a_journal_restored_from_a_backup_gets_a_new_checkpoint_that_says_what_is_missing(
    journal: Journal, tmp_path: Path
) -> None:
    lines, found = write(journal, 5), kept_in(journal, tmp_path / "checkpoint")
    lost = journal.head()[1]
    found.advance()
    journal.path.write_bytes(b"".join(lines[:3]))

    sequence, head, wrong = found.renew()

    assert (sequence, wrong) == (4, [])
    assert states(found) == [State.CONTAINED]
    last = list(journal.entries())[-1]
    assert (last.kind, last.of, last.sha256, last.hash) == ("checkpoint", 5, lost, head)


def test_a_checkpoint_of_a_month_that_is_over_or_was_removed_is_still_known(tmp_path: Path) -> None:
    clock = SteppingClock()
    journal = Journal(tmp_path / "outgoing.jsonl", clock=clock, keep_months=1)
    found = kept_in(journal, tmp_path / "checkpoint")
    write(journal, 3)
    found.advance()
    clock.step(days=20)
    write(journal, 3)
    assert journal.contains((3, journal.verify().head)) is False
    assert states(found) == [State.CONTAINED]
    assert found.advance() == []

    for _ in range(60):
        clock.step(days=4)
        journal.append("request", FACTS)

    assert journal.verify().since > 6
    assert states(found) == [State.OLD]
    assert found.advance() == []
    assert states(found) == [State.CONTAINED]


def test_every_store_keeps_the_checkpoint_of_each_journal(opened: OpenStore) -> None:
    store: Store = opened()
    assert store.load_checkpoint("one") == ""

    store.save_checkpoint("one", "first")
    store.save_checkpoint("other", "second")
    store.save_checkpoint("one", "third")

    assert (store.load_checkpoint("one"), store.load_checkpoint("other")) == ("third", "second")


def test_looking_for_a_checkpoint_creates_no_store(tmp_path: Path) -> None:
    assert open_store(f"sqlite:///{tmp_path}/counts.sqlite").load_checkpoint("journal") == ""
    assert list(tmp_path.iterdir()) == []


def test_each_cycle_writes_a_checkpoint_and_says_once_where_the_journal_does_not_hold_it(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.service = site.again(frame={"secrets": ["e3b0c44298fc1c149afbf4c8996fb924"]})
    site.service.track(f"{SITE}/page")
    site.service.refresh()
    journal = site.service.journal
    assert site.service.store.load_checkpoint("journal")

    journal.path.write_bytes(journal.path.read_bytes().splitlines(keepends=True)[0])
    with caplog.at_level(logging.ERROR, "shariff_py"):
        for _ in range(3):
            site.clock.step(hours=5)
            site.service.refresh()

    assert [record.message.count("names record 2") for record in caplog.records] == [1]
