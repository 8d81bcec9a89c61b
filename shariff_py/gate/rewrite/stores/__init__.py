"""Embed code that a page keeps as data: found in each form, and written back in the same one where the site asks for it."""
