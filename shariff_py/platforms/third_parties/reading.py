"""The register's file, read and checked: ``providers`` by name, and ``third_parties``, which refer to them. A provider that has a record in
``companies.py`` refers to it by its name there.

JSON like ``services.json``: it is read in a tenth of a millisecond, where importing ``tomllib`` and reading TOML takes 20.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from shariff_py.errors import UNREADABLE, ConfigurationError
from shariff_py.platforms import companies
from shariff_py.platforms.company import Company
from shariff_py.platforms.third_parties.record import Provider, ThirdParty, provider_from

FILE = "register.json"

PLACE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[\w.~-]+)*", re.ASCII)
"""A host in lower case, and the pieces of a path without a slash at its end."""

R = TypeVar("R", Provider, ThirdParty)


def read(text: str) -> tuple[tuple[Provider, ...], tuple[ThirdParty, ...]]:
    """The providers and the third parties of a file, in its order.

    Raises `ConfigurationError` naming the row and the field that cannot be used, or the row or place that is there twice.
    """
    try:
        content = json.loads(text, object_pairs_hook=_unique)
    except UNREADABLE as error:
        raise ConfigurationError(f"is not JSON: {error}.", setting=FILE) from None
    providers = {name: _provider(name, row) for name, row in content["providers"].items()}
    found = []
    for name, row in content["third_parties"].items():
        provider = providers.get(row.get("provider", ""))
        if provider is None:
            raise ConfigurationError("names none of the providers.", setting=f"{FILE}: {name}.provider")
        found.append(_record(_THIRD_PARTY, name, {**row, "name": name, "provider": provider}))
    _check_places(
        [*(host for one in providers.values() for host in one.hosts), *(place for one in found for place in one.places)]
    )
    return tuple(providers.values()), tuple(found)


_PROVIDER, _THIRD_PARTY = TypeAdapter(Provider), TypeAdapter(ThirdParty)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as a mapping. In JSON the last of two equal names silently wins."""
    _refuse_twice(name for name, _ in pairs)
    return dict(pairs)


def _provider(name: str, row: Mapping[str, Any]) -> Provider:
    if "company" not in row:
        return _record(_PROVIDER, name, row)
    company = getattr(companies, row["company"], None)
    if not isinstance(company, Company):
        raise ConfigurationError("names no company of companies.py.", setting=f"{FILE}: {name}.company")
    if row.keys() - {"company", "hosts"}:
        raise ConfigurationError(
            "has the facts of its company.", setting=f"{FILE}: {name}", cure="Leave out all but hosts."
        )
    return provider_from(company, tuple(row.get("hosts", ())))


def _record(adapter: TypeAdapter[R], name: str, row: Mapping[str, Any]) -> R:
    try:
        return adapter.validate_python(row)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"cannot be used: {first['msg']}.", setting=f"{FILE}: {name}.{field}") from None


def _check_places(places: Iterable[str]) -> None:
    listed = list(places)
    for place in listed:
        if not PLACE.fullmatch(place):
            cure = "Write a host in lower case, or a host and the beginning of a path: www.example.org/widget."
            raise ConfigurationError(f"{place!r} is no place.", setting=FILE, cure=cure)
    _refuse_twice(listed)


def _refuse_twice(names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ConfigurationError(f"{twice[0]!r} is there twice.", setting=FILE, cure="Remove one of the two.")
