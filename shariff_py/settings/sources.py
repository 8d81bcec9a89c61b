"""Where settings come from: a file, ``SHARIFF_*`` variables over it, the application's mapping over both.

The one place that reads the configuration file and the environment.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shariff_py.errors import UNREADABLE, ConfigurationError
from shariff_py.settings.model import Settings
from shariff_py.settings.quoting import dotted

PREFIX = "SHARIFF_"
DEFAULT_FILE = "shariff.toml"
NOT_SETTINGS = frozenset({"SHARIFF_CONFIG", "SHARIFF_CHROMIUM", "SHARIFF_DEMO_ORIGIN"})
"""Variables with our prefix that are read elsewhere: the file's own place, the browser of the audit, the address of
the demonstration."""


KNOWN_SHAPE = re.compile(r"(?=.{1,24}$)[A-Z]{1,12}(?:_[A-Z]{1,12})*")
"""A part of a variable's name that is no secret."""

LINE = re.compile(r"line [0-9]+, column [0-9]+|end of document")
"""Where a slip is, in a message of Python's TOML reader; the rest may repeat a name that stands there."""

LARGEST_SECRET_FILE = 65_536
"""Bytes of a file that a variable names. A device that never ends is none."""


def load(
    *,
    file: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    mapping: Mapping[str, Any] | None = None,
) -> Settings:
    """Settings from all three sources, later ones over earlier ones.

    The file is ``file``, or the one named by ``SHARIFF_CONFIG``, or ``shariff.toml`` where it exists. Variables name a setting with two
    underscores for each dot: ``SHARIFF_COUNTS__STORE``, ``SHARIFF_PLATFORMS__FACEBOOK__TOKEN``; lists are JSON. A variable ending in
    ``_FILE`` names a file whose content is the value (for secrets). Files of platforms that the file names are looked for beside it.

    Raises `ConfigurationError` with the setting's name and the fix.
    """
    environ = os.environ if environ is None else environ
    values = _from_file(file, environ)
    _merge(values, _from_environment(environ))
    _merge(values, mapping or {})
    return Settings.from_mapping(values)


def _from_file(file: str | Path | None, environ: Mapping[str, str]) -> dict[str, Any]:
    named = file or environ.get("SHARIFF_CONFIG")
    path = Path(named or DEFAULT_FILE)
    if not path.is_file():
        if named:
            which = f" {str(path)!r}" if file else ", which SHARIFF_CONFIG names"
            raise ConfigurationError(
                f"there is no file{which}.", cure="Create it, or correct SHARIFF_CONFIG or --config."
            )
        return {}
    values = read_toml(path)
    if isinstance(files := values.get("platform_files"), list):
        values["platform_files"] = [str(path.parent / name) if isinstance(name, str) else name for name in files]
    return values


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises `ConfigurationError` naming the file and, for a slip in it, the line, without what stands there."""
    wrong = ""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        wrong = "is not UTF-8 text."
    except UNREADABLE as error:
        place = LINE.search(str(error))
        wrong = f"is not valid TOML: {f'there is a mistake at {place[0]}' if place else 'it has a value that cannot be read'}."
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}."
    # Outside of the clauses above: an error keeps the one it was raised during, and Python's hold the text.
    raise ConfigurationError(f"{path} {wrong}")


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable in sorted(environ):
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        text, name = environ[variable], variable.removeprefix(PREFIX)
        if name.endswith("_FILE"):
            name, text = name.removesuffix("_FILE"), _secret(variable, text)
        place = values
        *tables, last = name.lower().split("__")
        for table in tables:
            place = _table(place, table, variable)
        place[last] = _value(text)
    return values


def _table(place: dict[str, Any], name: str, variable: str) -> dict[str, Any]:
    """The table of that name, which a shorter variable may have filled already: ``SHARIFF_SITE`` before ``SHARIFF_SITE__ORIGIN``."""
    table: Any = place.setdefault(name, {})
    if not isinstance(table, dict):
        shown = f"{dotted([name])!r}"
        raise ConfigurationError(
            f"{_shown(variable)} sets something in {shown}, but another variable gives {shown} a value that is not a table.",
            cure="Remove that variable, or write its value as a JSON object.",
        )
    return table


def _secret(variable: str, file: str) -> str:
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(LARGEST_SECRET_FILE + 1)
        if len(content) <= LARGEST_SECRET_FILE:
            return content.decode().strip()
        wrong, cure = f"has more than {LARGEST_SECRET_FILE} bytes.", "Name the file that holds the value alone."
    except OSError as error:
        wrong, cure = f"cannot be read: {error.strerror}.", ""
    except UnicodeDecodeError:
        wrong, cure = "is not UTF-8 text.", "Write the secret in letters, for example as hexadecimal."
    except ValueError:
        wrong, cure = "cannot be read: its name is no path.", ""
    # Outside of the clauses above: an error keeps the one it was raised during, which holds the content.
    raise ConfigurationError(f"the file named by {_shown(variable)} {wrong}", cure=cure)


def _shown(variable: str) -> str:
    """The name of a variable, with ``…`` for each part that could be a secret."""
    return "__".join(part if KNOWN_SHAPE.fullmatch(part) else "…" for part in variable.split("__"))


def _value(text: str) -> Any:
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except UNREADABLE:
            return text
    return text


def _merge(values: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, Mapping) and isinstance(values.get(key), dict):
            _merge(values[key], value)
        else:
            values[key] = dict(value) if isinstance(value, Mapping) else value


def read_channels(settings: Settings) -> dict[str, Any]:
    """The content of the register of channels the settings name; empty where they name none."""
    return read_toml(Path(settings.channels)) if settings.channels else {}
