"""The address of a store: which one it opens, what of it may be shown, and the cure where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from shariff_py.errors import ConfigurationError
from shariff_py.stores import MemoryStore, open_store, shown
from shariff_py.stores.servers import without_prefix
from shariff_py.stores.sqlite import SQLiteStore


@pytest.mark.parametrize("url", ["postgres://db/counts", "sqlite:counts.sqlite", "sqlite:///", ""])
def test_an_address_of_no_store_names_the_setting_and_the_cure(url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"counts\.store.*sqlite:///var/shariff\.sqlite"):
        open_store(url)


def test_opening_a_store_touches_no_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/below/counts.sqlite")

    assert isinstance(store, SQLiteStore)
    assert list(tmp_path.iterdir()) == []


def test_memory_is_chosen_by_its_address() -> None:
    assert isinstance(open_store("memory:"), MemoryStore)


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("rediss://user:canary@db.example:6379/0?ssl_cert_reqs=none", "rediss://db.example:6379/0"),
        ("unix:///run/redis.sock?password=canary", "unix:///run/redis.sock"),
        ("unix:///run/redis.sock?password=can@canary", "unix://…"),
        ("unix://:canary@/run/redis.sock", "unix:///run/redis.sock"),
        ("redis://:123/canary@host", "redis://host"),
        ("redis://:canary[@host/0", "redis://host/0"),
        ("redis://:canary?canary@host/0", "redis://…"),
        ("redis://:canary#canary@host/0", "redis://…"),
        ("redis://127.0.0.1:canary/0", "redis://…"),
        ("redis://127.0.0.1:6379/canary", "redis://…"),
        ("redis://127.0.0.1:6379/0/canary", "redis://…"),
        ("redis://[canary]/0", "redis://…"),
        ("rediss://[2001:db8::1]:6379/0", "rediss://[2001:db8::1]:6379/0"),
        ("redis://127.0.0.1", "redis://127.0.0.1"),
        ("sqlite:///var/counts@home.sqlite", "sqlite:///var/counts@home.sqlite"),
        ("memory:", "memory:"),
    ],
)
def test_of_an_address_all_may_be_printed_but_the_password(url: str, printed: str) -> None:
    assert shown(url) == printed


@pytest.mark.parametrize(
    "url",
    ["redis://:123/canary@host", "redis://:canary[@host/0", "redis://:canary?x@host/0", "redis://:canary#x@host/0", "unix://"],
)  # fmt: skip
def test_a_password_that_is_not_escaped_is_an_error_with_the_cure(url: str) -> None:
    with pytest.raises(ConfigurationError, match="/ is %2F") as refused:
        open_store(url)

    assert "canary" not in str(refused.value)


def test_what_else_an_address_says_reaches_the_client_as_it_is_written() -> None:
    assert without_prefix("unix:///run/redis.sock?db=1&prefix=a%20b&x=%2F") == (
        "unix:///run/redis.sock?db=1&x=%2F",
        "a b",
    )
    assert without_prefix("redis://h/0") == ("redis://h/0", "shariff")
