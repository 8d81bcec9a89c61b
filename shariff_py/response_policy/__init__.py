"""The headers of pages and of gate frames."""
