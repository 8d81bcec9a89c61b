"""What browsers get of a platform: one document for every frame of every platform, and one for every other address."""

from shariff_py.platforms.stub import Stub
from shariff_py.testing.frames.answer import answer

FRAMES = Stub("frame", answer)
"""Replies to whatever no platform's own stub matches."""

__all__ = ["FRAMES"]
