"""The coverage-guided fuzzer: each reader of texts from outside is fed what its corpus holds, changed so that new code is reached.

Run by ``make fuzz``: ``SECONDS=`` bounds the run of each target, ``TARGET=`` names one, ``KEEP=1`` adds what reached new code to the corpus,
as small as it gets. A finding is written to ``tests/fuzz_corpus/TARGET/`` and fails the run; from then on the suite replays it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "fuzz_corpus"

LONGEST = 4096
"""Bytes of an input. Longer ones reach no other code, and are slower."""

MEGABYTES = 2048
"""Memory one input may take."""

PATIENCE = 10
"""Seconds one input may take."""


def main() -> int:
    """Fuzz the targets that are named, all by default. Returns how many failed."""
    options = _options()
    if options.inside:
        _inside(options.inside, options.arguments)
    sys.path[:0] = [str(ROOT / "tests")]
    from support.fuzz_targets import TARGETS

    failed = 0
    for name in options.target or TARGETS:
        with tempfile.TemporaryDirectory() as found:
            seeds = CORPUS / name
            seeds.mkdir(parents=True, exist_ok=True)
            print(f"== {name}", flush=True)
            bounds = [
                f"-max_total_time={options.seconds}",
                f"-max_len={LONGEST}",
                f"-timeout={PATIENCE}",
                f"-rss_limit_mb={MEGABYTES}",
            ]
            done = _libfuzzer(
                name, *bounds, f"-artifact_prefix={seeds}/found-", "-print_final_stats=1", found, str(seeds)
            )
            failed += done != 0
            if options.keep and not done:
                with tempfile.TemporaryDirectory() as small:
                    _libfuzzer(name, "-merge=1", f"-max_len={LONGEST}", small, str(seeds), found)
                    for file in Path(small).iterdir():
                        (seeds / file.name[:12]).write_bytes(file.read_bytes())
    return failed


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--target", action="append")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


def _libfuzzer(name: str, *arguments: str) -> int:
    """One target in a process of its own, as the fuzzer ends it when it is done."""
    command = [sys.executable, __file__, "--inside", name, "--", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _inside(name: str, arguments: list[str]) -> None:
    import atheris

    sys.path[:0] = [str(ROOT / "tests")]
    with atheris.instrument_imports(include=["shariff_py", "tinycss2"]):
        from support.fuzz_targets import TARGETS
    # To merge a corpus, libFuzzer calls itself by its first argument, in a shell.
    atheris.Setup([f"'{sys.executable}' '{__file__}' --inside {name} --", *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(min(main(), 1))
