"""Sphinx configuration. Build with ``make docs``; warnings are errors there, so a broken link or reference fails the build."""

from __future__ import annotations

from importlib.metadata import version as version_of

project = "shariff_py"
author = "The shariff_py authors"
release = version = version_of("shariff_py")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_build"]
nitpicky = False

# Headings can be linked to as `page.md#heading`, the way repository hosts do it.
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_block"]

# In docstrings, a name in single backticks is a link where it is documented, and code everywhere else.
default_role = "py:obj"
autodoc_typehints = "description"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"

# A site about privacy loads nothing from elsewhere: the theme brings its own files, and system fonts do.
html_theme = "furo"
html_title = f"shariff_py {release}"
html_show_sphinx = False
html_copy_source = False
