"""Follows calls: which files of the package one piece of work passes, in the order in which each is first called."""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import shariff_py

PACKAGE = f"{Path(shariff_py.__file__).parent}/"


def files_called(work: Callable[[], object]) -> list[str]:
    """Every file of the package of which a function is called, threads included, once each, in order.

    Import what the work needs beforehand: what runs while a module is imported would count.
    """
    called: dict[str, None] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        # Bodies of modules and classes are no functions; neither has the flag.
        if event == "call" and code.co_flags & inspect.CO_OPTIMIZED and code.co_filename.startswith(PACKAGE):
            called.setdefault(code.co_filename.removeprefix(PACKAGE))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
    return [file for file in called if file.endswith(".py")]
