"""Fixtures for anybody's test suite."""
