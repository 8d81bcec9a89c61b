"""The stubs of all platforms, found beside their records."""

from __future__ import annotations

from importlib import import_module

from shariff_py.platforms import known
from shariff_py.platforms.registry import REGISTRY, names_of_modules
from shariff_py.platforms.stub import Stub
from shariff_py.testing.frames import FRAMES
from shariff_py.testing.oembed import oembed_stub


def load_stubs() -> tuple[Stub, ...]:
    """``STUBS`` of every platform in ``known`` that has some, in its file, or in ``stub`` where it is a folder; then those of platforms that joined, and the one that tells about
    content; last, the one that replies to
    browsers in place of all of them.
    """
    found: list[Stub] = []
    for name in names_of_modules():
        module = import_module(f"{known.__name__}.{name}")
        if hasattr(module, "__path__"):
            module = import_module(f"{module.__name__}.stub")
        found += getattr(module, "STUBS", ())
    return (*found, *REGISTRY.stubs, oembed_stub(), FRAMES)
