"""Servers of their own for measurements: how they are started and ended, what they serve, how they are visited, what they hold."""
