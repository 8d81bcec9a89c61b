"""Everything the library serves below its prefix, as one WSGI application."""

from shariff_py.web.own_pages.application import OwnPages

__all__ = ["OwnPages"]
