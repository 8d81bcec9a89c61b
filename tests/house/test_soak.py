"""``make soak`` tells a server that grows from one that is flat."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from soak import growths
from support.paths import ROOT
from under_load.process_figures import MEGABYTE, Holding

LEAKING = """
from under_load.sites import wsgi

KEPT = []


def application():
    site = wsgi()

    def leaking(environ, start_response):
        KEPT.append((bytearray(60_000), open("/dev/null")))
        return site(environ, start_response)

    return leaking
"""


def held(*figures: tuple[float, int, int]) -> list[Holding]:
    """Samples of megabytes, descriptors and threads."""
    return [Holding(int(size * MEGABYTE), int(size * MEGABYTE), *others, 1) for size, *others in figures]


def test_a_server_that_warms_up_and_then_holds_what_it_has_is_flat() -> None:
    assert (
        growths(held(*((60 + place, 30, 9) for place in range(15)), *((80 + place % 3, 34, 10) for place in range(15))))
        == []
    )


def test_one_step_is_no_growth() -> None:
    assert growths(held(*((80, 30, 9) for _ in range(22)), *((88, 30, 9) for _ in range(8)))) == []


def test_memory_that_still_grows_after_warming_up_is_noticed() -> None:
    found = growths(held(*((60 + place, 30, 9) for place in range(30))))

    assert found == ["resident grew from 77 to 87 MB", "private grew from 77 to 87 MB"]


def test_descriptors_and_threads_that_grow_are_noticed() -> None:
    found = growths(held(*((60, 30 + place, 9 + place // 2) for place in range(30))))

    assert found == ["descriptors grew from 47 to 57", "threads grew from 17 to 22"]


@pytest.mark.subprocess
@pytest.mark.full
def test_a_server_with_a_leak_fails_the_soak(tmp_path: Path) -> None:
    (tmp_path / "leaking_site.py").write_text(LEAKING, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "soak.py", "--seconds", "40", "--application", "leaking_site:application"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1, done.stdout + done.stderr
    assert "resident grew from" in done.stdout
    assert "descriptors grew from" in done.stdout
