"""Follows calls: which files of the package one piece of work passes, in the order in which each is first called."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import shariff_py

PACKAGE = Path(shariff_py.__file__).parent


def files_called(work: Callable[[], object]) -> list[str]:
    """Every file of the package of which a function is called, threads included, once each, in order. Importing a file is no call of it."""
    called: dict[str, None] = {}
    prefix = f"{PACKAGE}/"

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and code.co_filename.startswith(prefix):
            called.setdefault(code.co_filename.removeprefix(prefix))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return list(called)
