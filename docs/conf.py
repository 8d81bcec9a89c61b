"""Sphinx configuration. Build with ``make docs``: warnings are errors there, so a link that leads nowhere fails the build."""

from __future__ import annotations

from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "shariff_py"
author = "The shariff_py authors"
release = version = version_of("shariff_py")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_build"]

# Headings can be linked to as `page.md#heading`, as on the hosts of repositories.
myst_heading_anchors = 3

# In docstrings, a name in single backticks is a link where it is documented, and code everywhere else.
default_role = "py:obj"
autodoc_typehints = "description"
autodoc_member_order = "bysource"

# A site about privacy loads nothing from elsewhere: the theme brings its own files and uses the system's fonts.
html_theme = "furo"
html_title = f"shariff_py {release}"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False


def escape_asterisks(_app: Sphinx, _context: Any, lines: list[str]) -> None:
    """Help texts of commands are plain text; in reStructuredText an asterisk would begin emphasis."""
    lines[:] = [line.replace("*", r"\*") for line in lines]


def mark_german(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Screen readers and browsers go by the language a page says it is in."""
    if page.startswith("de/"):
        context["language"] = "de"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("html-page-context", mark_german)
    for part in ("description", "epilog", "options"):
        app.connect(f"sphinx-click-process-{part}", escape_asterisks)
