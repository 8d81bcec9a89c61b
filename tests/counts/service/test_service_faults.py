"""A store that fails makes counts absent and breaks no page; without a journal nothing is sent."""

from __future__ import annotations

import logging

import pytest
from support.counting import PAGE, Site

from shariff_py.errors import StoreError
from shariff_py.service import RefreshResult


def test_a_store_that_fails_makes_counts_absent_and_breaks_no_page(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    (site.folder / "var").write_text("a file where the folder should be")
    broken = site.again(counts={"store": f"sqlite:///{site.folder}/var/counts.sqlite"})

    with caplog.at_level(logging.ERROR, "shariff_py"):
        addresses = [broken.track(f"{PAGE}/{n}") for n in range(20)]
        counts = [broken.counts(f"{PAGE}/{n}") for n in range(20)]

    assert addresses == [f"{PAGE}/{n}" for n in range(20)]
    assert counts == [{}] * 20
    assert len(caplog.records) == 1
    assert "counts.sqlite" in caplog.text
    assert broken.status()["store"] == {"state": "unavailable", "pages": None, "dropped_pages": None, "set_aside": None}
    with pytest.raises(StoreError):
        broken.refresh()
    assert broken.status()["scheduler"]["last_error"]["reason"] == "StoreError"
    assert site.stand_in.connections == 0


def test_a_store_that_works_again_is_used_again(site: Site) -> None:
    in_the_way = site.folder / "var"
    in_the_way.write_text("a file where the folder should be")
    service = site.again(counts={"store": f"sqlite:///{in_the_way}/counts.sqlite"})
    service.track(PAGE)
    in_the_way.unlink()

    site.clock.step(seconds=5)
    service.track(PAGE)

    assert service.refresh().counts == 1
    assert service.counts(PAGE)["facebook"].value is not None


def test_a_journal_that_cannot_be_written_means_that_nothing_is_sent(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    (site.folder / "outgoing.jsonl").mkdir()
    site.service.track(PAGE)

    result = site.service.refresh()

    assert result == RefreshResult(True, failures={"facebook": "refused"})
    assert site.stand_in.connections == 0
    assert site.service.counts(PAGE)["facebook"].value is None
    assert site.service.status()["journal"]["state"] == "unavailable"
    assert site.service.status()["platforms"]["facebook"]["last_error"]["reason"] == "refused"
    assert "outgoing.jsonl" in caplog.text
