"""What a command needs beyond the package's own dependencies, and the one line that says so where it is missing."""

from __future__ import annotations

EXTRAS = {"audit": "audit", "demo": "server", "serve": "server"}
"""The extra each command needs. The others run without any; what a setting needs (`counts.store`) is in the message about the setting."""


def missing_extra(command: str, missing: ModuleNotFoundError) -> str | None:
    """Which extra to install, if what is missing is a library that the command needs; ``None`` for a mistake of our own."""
    library = (missing.name or "").partition(".")[0]
    if command not in EXTRAS or library in {"", "shariff_py"}:
        return None
    return (
        f"{command} needs {library}, which is not installed. Install it: pip install 'shariff_py[{EXTRAS[command]}]'."
    )
