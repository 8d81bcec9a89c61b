"""The public names of shariff_py."""
