"""Where settings come from: a file, ``SHARIFF_*`` variables over it, the application's mapping over both.

The one place that reads the configuration file and the environment.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shariff_py.errors import ConfigurationError
from shariff_py.settings.model import Settings

PREFIX = "SHARIFF_"
DEFAULT_FILE = "shariff.toml"
NOT_SETTINGS = frozenset({"SHARIFF_CONFIG", "SHARIFF_CHROMIUM", "SHARIFF_DEMO_ORIGIN"})
"""Variables with our prefix that are read elsewhere: the file's own place, the browser of the audit, the address of
the demonstration."""


def load(
    *,
    file: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    mapping: Mapping[str, Any] | None = None,
) -> Settings:
    """Settings from all three sources, later ones over earlier ones.

    The file is ``file``, or the one named by ``SHARIFF_CONFIG``, or ``shariff.toml`` where it exists. Variables name a setting with two
    underscores for each dot: ``SHARIFF_COUNTS__STORE``, ``SHARIFF_PLATFORMS__FACEBOOK__TOKEN``; lists are JSON. A variable ending in
    ``_FILE`` names a file whose content is the value (for secrets).

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
            raise ConfigurationError(
                f"there is no file {str(path)!r}.", cure="Create it, or correct SHARIFF_CONFIG or --config."
            )
        return {}
    return read_toml(path)


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises `ConfigurationError` naming the file and, for a slip in it, the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not valid TOML: {error}.") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from None


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
        raise ConfigurationError(
            f"{variable} sets something in {name!r}, but another variable gives {name!r} a value that is not a table.",
            cure="Remove that variable, or write its value as a JSON object.",
        )
    return table


def _secret(variable: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(f"the file named by {variable} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(
            f"the file named by {variable} is not UTF-8 text.",
            cure="Write the secret in letters, for example as hexadecimal.",
        ) from None


def _value(text: str) -> Any:
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except ValueError:
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
