"""How graph.facebook.com replies to servers and www.facebook.com to browsers."""

import re

from shariff_py.platforms.known.facebook.stub import frames, graph
from shariff_py.platforms.stub import Stub

GRAPH_PATH = re.compile(r"/v[0-9]+\.[0-9]+(/(?!plugins/).*)?")
"""The plugins' frames may have a version in their path, too."""

STUBS = (Stub("counts", graph.answer, GRAPH_PATH), Stub("frame", frames.answer))

__all__ = ["STUBS"]
