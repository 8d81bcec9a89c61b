"""What the fuzzer has found and kept, replayed; and a short run of the fuzzer itself."""

from __future__ import annotations

import subprocess
import sys
import traceback
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.fuzz_targets import TARGETS
from support.paths import ROOT, TESTS

needs_fuzzer = pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has wheels for Linux on x86-64 only")
CORPUS = TESTS / "fuzz_corpus"

MOST_BYTES = 400_000
"""Of the whole corpus: it goes with every checkout."""


def test_every_target_has_a_corpus_and_nothing_else_is_there() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)
    assert all(any(folder.iterdir()) for folder in CORPUS.iterdir())
    assert sum(file.stat().st_size for file in CORPUS.rglob("*") if file.is_file()) <= MOST_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_no_promise_is_broken_by_what_the_fuzzer_kept(name: str) -> None:
    assert {
        file.name: why for file in sorted((CORPUS / name).iterdir()) if (why := broken(name, file.read_bytes()))
    } == {}


def broken(name: str, data: bytes) -> str:
    """What a target says of an input; empty where every promise holds."""
    try:
        TARGETS[name](data)
    except Exception:
        return traceback.format_exc()
    return ""


@needs_fuzzer
@pytest.mark.full
@pytest.mark.subprocess
@pytest.mark.parametrize("name", TARGETS)
def test_the_fuzzer_finds_nothing_new_in_a_short_run(name: str) -> None:
    command = [sys.executable, ROOT / "scripts" / "fuzz.py", "--seconds", "15", "--target", name]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)

    assert done.returncode == 0, done.stderr[-3000:]


@needs_fuzzer
@pytest.mark.full
@pytest.mark.subprocess
def test_a_broken_promise_is_found_and_kept(tmp_path: Path) -> None:
    """The same loop over a target that breaks at one word: the fuzzer gets there letter by letter, and leaves the input behind."""
    program = (
        "import sys, atheris\n"
        "@atheris.instrument_func\n"
        "def target(data):\n"
        "    if data[:1] == b'f' and data[1:2] == b'b':\n"
        "        raise AssertionError('a promise')\n"
        "atheris.Setup([sys.argv[0], '-max_total_time=60', f'-artifact_prefix={sys.argv[1]}/'], target)\n"
        "atheris.Fuzz()\n"
    )

    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, check=False)

    assert done.returncode != 0
    assert [file.read_bytes()[:2] for file in tmp_path.iterdir()] == [b"fb"]
