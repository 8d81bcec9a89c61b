"""Frames that show something else than a known platform."""
