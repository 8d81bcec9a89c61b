"""The version of the report's format: a whole number, raised when a reader of ``report.json`` would have to change."""

VERSION = 3
