"""The platforms and services we know, each in a file of its name with a ``PLATFORM``."""
