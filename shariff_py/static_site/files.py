"""Files of a folder: listing them, and writing one atomically."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAGE_SUFFIXES = frozenset({".html", ".htm", ".shtml"})
"""Pages that are rewritten. Browsers parse ``.xhtml`` as XML, and the gate writes HTML."""

EXAMINED_SUFFIXES = PAGE_SUFFIXES | {
    ".xhtml", ".md", ".markdown", ".mdx", ".txt", ".xml",
    ".jinja", ".jinja2", ".j2", ".tmpl", ".tpl", ".twig", ".liquid", ".njk", ".mustache", ".hbs", ".handlebars", ".mako",
    ".php", ".phtml", ".inc", ".erb", ".ejs", ".jsp", ".asp", ".aspx", ".cshtml", ".pt", ".vue", ".svelte", ".astro",
}  # fmt: skip
"""Files in a folder that are scanned. A file that is named by itself is read whatever its suffix."""

CURES = {
    errno.EACCES: "Give this user the right to read and write it.",
    errno.EPERM: "Give this user the right to read and write it.",
    errno.EROFS: "Write somewhere else.",
    errno.ENOSPC: "Make room and run it again.",
    errno.EDQUOT: "Make room and run it again.",
    errno.EFBIG: "Raise the limit on the size of files and run it again.",
    errno.EISDIR: "A folder has this name; rename or remove it.",
    errno.ENOTDIR: "A file has the name of a folder that is needed; rename or remove it.",
    errno.EEXIST: "A file has the name of a folder that is needed; rename or remove it.",
}


def is_page(path: Path) -> bool:
    """Whether a file has the suffix of a page or a template."""
    return path.suffix.lower() in EXAMINED_SUFFIXES


def display_path(path: Path) -> str:
    """A path as text, with U+FFFD for undecodable bytes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def describe_error(error: OSError | UnicodeError) -> str:
    """What went wrong with a file, and how to fix it."""
    if isinstance(error, UnicodeError):
        return str(error)
    cure = CURES.get(error.errno or 0, "Fix that and run it again.")
    return f"{error.strerror or error}. {cure}"


def walk(folder: Path) -> Iterator[Path | OSError]:
    """Everything in a folder, sorted, hidden files too; folders before their contents, symbolic links as such and not followed.

    For a folder that cannot be read the error is yielded.
    """
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        folders.sort()
        here = Path(place)
        yield from (here / name for name in sorted([*folders, *files]))
    yield from errors


def write(target: Path, content: bytes, like: Path | None = None) -> bool:
    """Write a file atomically, with the mode and owner of ``like`` (default: of the existing file); whether it changed."""
    like = like or target
    if not target.is_symlink() and target.is_file() and target.read_bytes() == content:
        return False
    with _replacing(target) as draft:
        draft.write_bytes(content)
        if like.is_file():
            shutil.copymode(like, draft)
            before = like.stat()
            # Only the superuser may change a file's owner; for all others it is the same already.
            with suppress(OSError):
                os.chown(draft, before.st_uid, before.st_gid)
        else:
            draft.chmod(0o644)
    return True


def copy(source: Path, target: Path) -> None:
    """Copy a file byte for byte, atomically, with its mode and dates."""
    if not target.is_symlink() and target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    with _replacing(target) as draft:
        shutil.copy2(source, draft)


def copy_link(source: Path, target: Path) -> None:
    """Copy a symbolic link as a relative one, so that it points to the copy of its target."""
    link_target = os.path.relpath(source.resolve(), source.parent.resolve())
    if target.is_symlink():
        if str(target.readlink()) == link_target:
            return
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(link_target)


def is_regular(path: Path) -> bool:
    """Whether it is a regular file: no pipe, no device, nothing that blocks when it is opened."""
    return stat.S_ISREG(path.stat().st_mode)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A temporary file in the same folder that replaces the target on success and is deleted otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".shariff-")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
