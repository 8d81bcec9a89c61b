"""Titles and pictures of content that the server fetches before any visit, where a platform's terms allow keeping them."""

from shariff_py.previews.previews import FOLDER, Fetched, Previews

__all__ = ["FOLDER", "Fetched", "Previews"]
