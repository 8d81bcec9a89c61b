"""A folder of finished pages, gated: for sites that are made once and served as files."""

from shariff_py.static_site.files import PAGES, REWRITTEN, below, is_page, shown, why
from shariff_py.static_site.site import Became, Done, StaticSite
from shariff_py.static_site.text import Text, decoded

__all__ = ["PAGES", "REWRITTEN", "Became", "Done", "StaticSite", "Text", "below", "decoded", "is_page", "shown", "why"]
