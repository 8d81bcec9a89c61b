"""The command line in processes forked from one that has loaded it: apart from each other like any, without the second that each needs to start.

Run by `support.command_line`: what to run is a line of JSON on standard input, its exit code a line on standard output.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from shariff_py.cli import COMMANDS, main

LOADED_LATER = (
    "shariff_py.gate",
    "shariff_py.doctor",
    "shariff_py.static_site",
    "babel.dates",
    "rich.progress",
    "rich.table",
)
"""What the commands import when they need it."""


def run(folder: str, arguments: Sequence[str], environ: Mapping[str, str], files: Sequence[str]) -> None:
    """Run a command in this process, which is its own: ``files`` are those of its standard input, output and error output."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    for number, path in enumerate(files):
        opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv, sys.path[0] = ["-c", *arguments], ""
    main()


def serve() -> None:
    """Run what is asked for, one after the other, until the input ends."""
    for name in (*(f"shariff_py.cli.{module}" for module in COMMANDS.values()), *LOADED_LATER):
        import_module(name)
    # What is loaded stays for good, so no command looks through it when it ends.
    gc.freeze()
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            run(**json.loads(line))
            sys.exit()
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
