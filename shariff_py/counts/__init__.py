"""Counts: which pages are due for which platform, and into which requests they go. Nothing here sends a request."""
