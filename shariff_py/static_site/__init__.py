"""Gating a folder of finished pages, for sites that are generated once and served as files."""

from shariff_py.static_site.files import EXAMINED_SUFFIXES, PAGE_SUFFIXES, describe_error, display_path, is_page, walk
from shariff_py.static_site.site import FileOutcome, FileResult, StaticSite
from shariff_py.static_site.text import PageText, decode_page

__all__ = [
    "EXAMINED_SUFFIXES",
    "PAGE_SUFFIXES",
    "FileOutcome",
    "FileResult",
    "PageText",
    "StaticSite",
    "decode_page",
    "describe_error",
    "display_path",
    "is_page",
    "walk",
]
