"""The parts of the streaming rewriter's handles that the gate uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Attributes = tuple[tuple[str, str | None], ...]
"""An element's attributes as the rewriter gives them: in document order, names in lower case."""


class Element(Protocol):
    """An element whose start tag the rewriter has just read."""

    @property
    def tag(self) -> str: ...
    @property
    def attrs(self) -> Attributes: ...
    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...
    def replace(self, content: str, /, *, html: bool = False) -> None: ...
    def remove_and_keep_content(self) -> None: ...
    def set_attribute(self, name: str, value: str, /) -> None: ...
    def remove_attribute(self, name: str, /) -> None: ...


class TextNode(Protocol):
    """A text or a comment."""

    @property
    def text(self) -> str | None: ...


ElementHandler = Callable[[Element], None]
TextHandler = Callable[[TextNode], None]
