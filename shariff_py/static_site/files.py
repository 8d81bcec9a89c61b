"""Files of a folder: which there are, and how one is written without ever being half there."""

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

REWRITTEN = frozenset({".html", ".htm", ".shtml"})
"""Pages as they are served. Browsers read ``.xhtml`` as XML, and what the gate writes is HTML."""

PAGES = REWRITTEN | {
    ".xhtml", ".md", ".markdown", ".mdx", ".txt", ".xml",
    ".jinja", ".jinja2", ".j2", ".tmpl", ".tpl", ".twig", ".liquid", ".njk", ".mustache", ".hbs", ".handlebars", ".mako",
    ".php", ".phtml", ".inc", ".erb", ".ejs", ".jsp", ".asp", ".aspx", ".cshtml", ".pt", ".vue", ".svelte", ".astro",
}  # fmt: skip
"""Files that are looked at. A file that is named is read whatever it is called."""

CURES = {
    errno.EACCES: "Give this user the right to read and write it.",
    errno.EPERM: "Give this user the right to read and write it.",
    errno.EROFS: "Write somewhere else with --out.",
    errno.ENOSPC: "Make room and run it again.",
    errno.EDQUOT: "Make room and run it again.",
    errno.EFBIG: "Raise the limit on the size of files and run it again.",
    errno.EISDIR: "A folder has this name; rename or remove it.",
    errno.ENOTDIR: "A file has the name of a folder that is needed; rename or remove it.",
    errno.EEXIST: "A file has the name of a folder that is needed; rename or remove it.",
}


def is_page(path: Path) -> bool:
    """Whether a file is called like a page or a template."""
    return path.suffix.lower() in PAGES


def shown(path: Path) -> str:
    """A path as people read it, whatever bytes are in it."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def why(error: OSError | UnicodeError) -> str:
    """What went wrong with a file, and the cure."""
    if isinstance(error, UnicodeError):
        return str(error)
    cure = CURES.get(error.errno or 0, "Mend that and run it again.")
    return f"{error.strerror or error}. {cure}"


def below(folder: Path) -> Iterator[Path | OSError]:
    """Everything in a folder, sorted, hidden files too; folders before what they hold, links as such and not followed.

    A folder that cannot be read is yielded as the error it gave.
    """
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        folders.sort()
        here = Path(place)
        yield from (here / name for name in sorted([*folders, *files]))
    yield from errors


def put(target: Path, content: bytes, like: Path | None = None) -> bool:
    """Write a file whole or not at all, with the rights of ``like`` (default: of the file that is there); whether it changed."""
    like = like or target
    if not target.is_symlink() and target.is_file() and target.read_bytes() == content:
        return False
    with _beside(target) as draft:
        draft.write_bytes(content)
        if like.is_file():
            shutil.copymode(like, draft)
            before = like.stat()
            with suppress(OSError):  # Only the superuser may give a file away; for all others it is theirs already.
                os.chown(draft, before.st_uid, before.st_gid)
        else:
            draft.chmod(0o644)
    return True


def copy(source: Path, target: Path) -> None:
    """The same file in another place, byte for byte, with its rights and dates."""
    if not target.is_symlink() and target.is_file() and filecmp.cmp(source, target, shallow=False):
        return
    with _beside(target) as draft:
        shutil.copy2(source, draft)


def copy_link(source: Path, target: Path) -> None:
    """The same symbolic link in another place, relative, so that it leads to the copy of what it led to."""
    leads_to = os.path.relpath(source.resolve(), source.parent.resolve())
    if target.is_symlink():
        if str(target.readlink()) == leads_to:
            return
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(leads_to)


def is_plain(path: Path) -> bool:
    """Whether it is an ordinary file: no pipe, no device, nothing that waits when it is opened."""
    return stat.S_ISREG(path.stat().st_mode)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file in the same folder that takes the target's place in one step if all goes well, and leaves nothing otherwise."""
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
