"""Platforms that are not the library's own: from a file that the settings name, or from an installed package.

Both are Python, run with the rights of the application, as any module that it imports. They join the registry of this process and stay: every
settings object sees them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.stub import Stub

SETTING = "platform_files"
GROUP = "shariff_py.platforms"
"""The group of entry points by which an installed package names modules with a ``PLATFORM``."""

_lock = Lock()


def join(files: Iterable[str]) -> None:
    """Let the platforms of installed packages and of files join the registry, each once in a process.

    Raises `ConfigurationError` naming the file or the package, the line or the field, and the cure. Where one is refused, none after it joins.
    """
    with _lock:
        for entry in _entry_points():
            _join_module(_installed(entry), f"{GROUP}: {entry.name}")
        for file in files:
            name = f"{__name__}:{Path(file).resolve()}"
            try:
                _join_module(_module(name, file), f"{SETTING}: {file}")
            except ConfigurationError:
                # So that it is read again once it has been corrected.
                sys.modules.pop(name, None)
                raise


def _join_module(module: Any, place: str) -> None:
    record, source = getattr(module, "PLATFORM", None), getattr(module, "SOURCE", None)
    if record is None:
        raise ConfigurationError("has no PLATFORM.", setting=place, cure="Write PLATFORM = Platform(...) in it.")
    if isinstance(record, Platform) and REGISTRY.has(record, source):
        return
    # Only a platform that joins needs the rules.
    from shariff_py.platform_rules import problems

    if found := problems(record, source):
        more = f" And {len(found) - 1} more: shariff_py.testing.check_platform shows all." if found[1:] else ""
        raise ConfigurationError(found[0].what, setting=f"{place}: {found[0].field}", cure=found[0].cure + more)
    stubs = getattr(module, "STUBS", ())
    if not (isinstance(stubs, tuple) and all(isinstance(stub, Stub) for stub in stubs)):
        raise ConfigurationError("is no tuple of Stub.", setting=f"{place}: STUBS", cure="Write STUBS = (Stub(...),).")
    REGISTRY.add(record, source, stubs)


@cache
def _entry_points() -> tuple[metadata.EntryPoint, ...]:
    """Looked for once in a process, and not before settings are read: it takes 7 ms of CPU time where 114 packages are installed, and what it
    imports 44 ms, which pydantic has imported by then."""
    return tuple(metadata.entry_points(group=GROUP))


def _installed(entry: metadata.EntryPoint) -> Any:
    try:
        return entry.load()
    except Exception as error:
        raise ConfigurationError(
            f"{entry.value!r} cannot be imported: {type(error).__name__}: {error}.",
            setting=f"{GROUP}: {entry.name}",
            cure="Correct the package that has this entry point, or uninstall it.",
        ) from None


def _module(name: str, file: str) -> ModuleType:
    """The module of a file; the one that is there already, where it was read before."""
    if (there := sys.modules.get(name)) is not None:
        return there
    path = Path(file).resolve()
    if not path.is_file():
        raise ConfigurationError(
            "there is no such file.",
            setting=f"{SETTING}: {file}",
            cure="Correct the path; it is relative to the configuration file, or else to the working directory.",
        )
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ConfigurationError("is no Python file.", setting=f"{SETTING}: {file}", cure="Name it like town_tube.py.")
    module = module_from_spec(spec)
    # Where Python itself looks for the module of a class, and where a second setting finds it.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise ConfigurationError(
            f"cannot be read{_line(error, path)}: {type(error).__name__}: {_said(error)}.",
            setting=f"{SETTING}: {file}",
            cure="Correct it there.",
        ) from None
    return module


def _said(error: BaseException) -> str:
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return said.rstrip(".")


def _line(error: BaseException, path: Path) -> str:
    """Where in the file it went wrong: the last of its lines that ran."""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == str(path) else None
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == str(path):
            line = step.tb_lineno
        step = step.tb_next
    return f", line {line}" if line else ""
