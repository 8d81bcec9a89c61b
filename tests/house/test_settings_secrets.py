"""A secret that got into the wrong place is repeated nowhere: not in a message, not in what an error carries along, not in a log."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shariff_py.cli import commands
from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings, load
from shariff_py.stores import open_store

SECRET = "Zq8-canary_T2mK4xW9rB7nL"
"""What must not be seen anywhere; no piece of it of eight characters either."""

PIECES = [SECRET[at : at + 8].lower() for at in range(0, len(SECRET) - 7, 4)]

CONTROLLER = {"name": "x", "contact_url": "/a", "privacy_url": "/b", "alternative_url": "/c"}

WRONG: list[dict[str, Any]] = [
    # of a wrong type
    {"frame": SECRET}, {"frame": [SECRET]}, {"frame": {"secrets": SECRET}}, {"frame": {"secrets": {"first": SECRET}}},
    {"frame": {"secrets": [[SECRET]]}}, {"frame": {"secrets": [[[SECRET]]]}}, {"frame": {"secrets": [{"key": SECRET}]}},
    {"frame": {"secrets": [SECRET, 5]}}, {"frame": {"secrets": [5, SECRET]}}, {"frame": {"secrets": [SECRET.encode() + b"\xff"]}},
    {"platforms": SECRET}, {"platforms": [SECRET]}, {"platforms": {"facebook": SECRET}}, {"platforms": {"facebook": [SECRET]}},
    {"platforms": {"facebook": {"token": [SECRET]}}}, {"platforms": {"facebook": {"token": {"value": SECRET}}}},
    {"platforms": {"facebook": {"token": SECRET.encode() + b"\xff"}}}, {"platforms": {"facebook": {"per_hour": SECRET}}},
    {"counts": SECRET}, {"counts": {"store": [f"redis://:{SECRET}@127.0.0.1/0"]}}, {"counts": {"store": {"url": SECRET}}},
    {"counts": {"refresh_minutes": SECRET}}, {"counts": {"timeout_seconds": SECRET}}, {"journal": {"keep_months": SECRET}},
    {"share": {"popup": SECRET}}, {"releases": SECRET}, {"releases": {"facebook": SECRET}}, {"controllers": {"city": SECRET}},
    # as a name
    {SECRET: {}}, {SECRET: SECRET}, {"frame": {SECRET: True}}, {"frame": {"secrets": [], SECRET: []}}, {"platforms": {SECRET: {}}},
    {"platforms": {"facebook": {SECRET: "token"}}}, {"platforms": {"facebook": {"token": "x", SECRET: 1}}},
    {"counts": {SECRET: 1}}, {"counts": {f"redis://:{SECRET}@127.0.0.1/0": 1}}, {"releases": {SECRET: {"state": "released"}}},
    {"controllers": {SECRET: {}}}, {"controllers": {SECRET: CONTROLLER | {"name": ""}}}, {"controllers": {f"{SECRET} {SECRET}": CONTROLLER}},
    {"stand_in": {SECRET: "http://127.0.0.1:1"}}, {"stand_in": {f"u:{SECRET}@www.facebook.com": "http://127.0.0.1:1"}},
    {"site": {"aliases": {SECRET: "https://www.example.org/"}}}, {"site": {"aliases": {f"http://u:{SECRET}@a.example/": "https://b.example/"}}},
    # of another setting
    {"frame": {"prefix": SECRET}}, {"frame": {"prefix": f"/{SECRET} "}}, {"frame": {"secret": SECRET}}, {"frame": {"Secrets": [SECRET]}},
    {"platform": {"facebook": {"token": SECRET}}}, {"platforms": {"facebok": {"token": SECRET}}}, {"platforms": {"facebook": {"tokn": SECRET}}},
    {"platforms": {"facebook": {"version": SECRET}}}, {"platforms": {"pinterest": {"version": SECRET}}},
    {"platforms": {"facebook": {"server": SECRET}}}, {"platforms": {"lemmy": {"server": SECRET}}},
    {"platforms": {"lemmy": {"server": f"https://u:{SECRET}@feddit.org/"}}}, {"services": SECRET}, {"services": [SECRET]},
    {"releases": {"facebook": {"state": SECRET}}}, {"releases": {"facebook": {"state": "released", "since": SECRET}}},
    {"share": {"theme": SECRET}}, {"share": {"info_url": SECRET}}, {"share": {"info_url": f"https://u:{SECRET}@www.example.org/"}},
    {"counts": {"learn": SECRET}}, {"counts": {"scheduler": SECRET}}, {"counts": {"origins": [SECRET]}},
    {"counts": {"origins": [f"https://u:{SECRET}@a.example"]}}, {"counts": {"origins": [f"https://a.example/{SECRET}"]}},
    {"gate": {"unknown": SECRET}}, {"gate": {"stores": SECRET}}, {"gate": {"allow": [f"https://{SECRET}@cdn.example"]}},
    {"gate": {"allow": [f"https://u:{SECRET}@cdn.example/x"]}}, {"gate": {"allow": [f"{SECRET}.facebook.com"]}},
    {"headers": {"policy": SECRET}}, {"headers": {"most_reports": SECRET}}, {"site": {"language": SECRET}}, {"site": {"origin": SECRET}},
    {"site": {"origin": f"https://u:{SECRET}@www.example.org"}}, {"site": {"origin": f"https://www.example.org/?key={SECRET}"}},
    {"site": {"origin": f"https://{SECRET}/{SECRET}"}}, {"site": {"hosts": [SECRET]}}, {"site": {"hosts": [f"u:{SECRET}@www.example.org"]}},
    {"site": {"hosts": [f"www.example.org\n{SECRET}"]}}, {"site": {"hosts": [f"*.{SECRET}"]}}, {"site": {"sensitive": [SECRET]}},
    {"site": {"children": [SECRET]}}, {"stand_in": {"www.facebook.com": SECRET}}, {"stand_in": {"www.facebook.com": f"http://u:{SECRET}@a.example"}},
    {"stand_in": {"www.facebook.com": f"http://u:{SECRET}@127.0.0.1:1"}}, {"stand_in": {"www.facebook.com": f"http://127.0.0.1:1/{SECRET}"}},
    {"site": {"aliases": {"http://a.example/": f"https://u:{SECRET}@b.example/"}}}, {"site": {"aliases": {"http://a.example/": SECRET}}},
    {"controllers": {"city": CONTROLLER | {"privacy_url": f"https://u:{SECRET}@facebook.com/"}}},
    {"controllers": {"city": CONTROLLER | {"remember_days": SECRET}}}, {"controllers": {"city": CONTROLLER | {SECRET: 1}}},
]  # fmt: skip

SHAPES = [
    "Zq8T2mK4xW9rB7nL", "zq8t2mk4xw9rb7nl", "zqtmkxwrbnlpvdsg", "ZQTMKXWRBNLPVDSG", "QWxhZGRpbjpvcGVu", "8f3a91c2d4e5f607", "Zq8T2mK4.xW9rB7nL.vbnmqrst",
    "482913557123.abcdef", "a8f3k2q9.dk3l2xw7.qpwoeiruty", "sk-live-Zq8T2mK4xW9rB7", "AbCdEfGhIjKlMnO",
]  # fmt: skip
"""Secrets that look like a name, a number or a host."""


def in_place_of(secret: str, value: Any) -> Any:
    """A wrong setting with another secret in it."""
    if isinstance(value, dict):
        return {in_place_of(secret, key): in_place_of(secret, entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [in_place_of(secret, entry) for entry in value]
    if isinstance(value, bytes):
        return value.replace(SECRET.encode(), secret.encode())
    return value.replace(SECRET, secret) if isinstance(value, str) else value


STORES = [
    SECRET, f"{SECRET}://127.0.0.1/0", f"postgres://u:{SECRET}@db.example/x", f"mysql:{SECRET}", f"redis:/u:{SECRET}@h/0",
    f"redis:{SECRET}@127.0.0.1", f"redis://u:{SECRET}/x@127.0.0.1/0", f"redis://u:{SECRET}[@127.0.0.1/0", f"redis//:{SECRET}@127.0.0.1",
    f"redis://:{SECRET}@127.0.0.1:port/0", f"rediss://{SECRET}@?#x/y/z", f"REDIS://:{SECRET}@127.0.0.1/0", f" redis://:{SECRET}@127.0.0.1/0",
    f"unix://{SECRET}?#", f"redis://:{SECRET}\n@127.0.0.1/0 /",
]  # fmt: skip


def everything(error: BaseException) -> str:
    """All that an error tells: its texts, what it was raised during, and their traces."""
    seen, rest = [], [error]
    while rest:
        one = rest.pop()
        seen += [str(one), repr(one), repr(vars(one)), *map(repr, one.args), *traceback.format_exception(one)]
        rest += [other for other in (one.__cause__, one.__context__) if other is not None]
    return "\n".join(seen)


def told(text: str) -> list[str]:
    """The pieces of the secret in a text."""
    return [piece for piece in PIECES if piece in text.lower()]


def as_toml(values: Any) -> str:
    """An inline value of TOML."""
    if isinstance(values, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in values.items()) + "}"
    if isinstance(values, list):
        return "[" + ", ".join(map(as_toml, values)) + "]"
    return json.dumps(values)


def of_mapping(values: dict[str, Any], folder: Path) -> Settings:
    return load(environ={}, mapping=values)


def of_file(values: dict[str, Any], folder: Path) -> Settings:
    file = folder / "shariff.toml"
    file.write_text("".join(f"{json.dumps(name)} = {as_toml(value)}\n" for name, value in values.items()))
    return load(file=file, environ={})


def of_variables(values: dict[str, Any], folder: Path) -> Settings:
    return load(environ=dict(variables(values)))


def of_files_named_by_variables(values: dict[str, Any], folder: Path) -> Settings:
    environ = {}
    for number, (name, value) in enumerate(variables(values)):
        (folder / str(number)).write_text(value)
        environ[f"{name}_FILE"] = str(folder / str(number))
    return load(environ=environ)


def variables(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """One variable for each setting of a table, as JSON where it is no text."""
    for table, entries in values.items():
        for name, value in entries.items() if isinstance(entries, dict) else [("", entries)]:
            variable = "SHARIFF_" + "__".join(filter(None, (table, name))).upper()
            yield variable, value if isinstance(value, str) else json.dumps(value)


def is_text(values: dict[str, Any]) -> bool:
    """Whether a file or a variable can hold them; a mapping can also hold bytes."""
    return "\\xff" not in repr(values)


SOURCES: list[Callable[[dict[str, Any], Path], Settings]] = [
    of_mapping,
    of_file,
    of_variables,
    of_files_named_by_variables,
]


def test_there_are_more_than_sixty_wrong_settings_and_each_is_one() -> None:
    assert len(WRONG) > 60
    for values in WRONG:
        with pytest.raises(ConfigurationError):
            Settings.from_mapping(values)


@pytest.mark.parametrize("source", SOURCES)
def test_no_wrong_setting_is_repeated_from_any_source(
    source: Callable[[dict[str, Any], Path], Settings], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    found = []
    for values in WRONG if source is of_mapping else filter(is_text, WRONG):
        try:
            source(values, tmp_path)
        except ConfigurationError as error:
            found += [(values, text) for text in (everything(error), error.setting, error.cure) if told(text)]

    assert found == []
    assert told(caplog.text) == []


@pytest.mark.parametrize("secret", SHAPES)
def test_a_secret_of_any_shape_is_repeated_from_no_wrong_setting(secret: str) -> None:
    found = []
    for values in WRONG:
        try:
            Settings.from_mapping(in_place_of(secret, values))
        except ConfigurationError as error:
            found += [str(error)] if secret.lower() in everything(error).lower() else []

    assert found == []


def test_names_that_are_slips_are_still_named() -> None:
    for values, name in (
        ({"frame": {"secret": []}}, "frame.secret:"),
        ({"counts": {"refresh_minuts": 1}}, "counts.refresh_minuts:"),
        ({"Site": {}}, "Site:"),
        ({"controllers": {"stadt": {"name": "x"}}}, "controllers.stadt."),
        ({"stand_in": {"www.facebook.com": "x"}}, "stand_in.www.facebook.com:"),
    ):
        with pytest.raises(ConfigurationError) as raised:
            Settings.from_mapping(values)
        assert str(raised.value).startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        f'[frame]\nsecrets = ["{SECRET}"', f"[frame]\nsecrets = {SECRET}\n", f'[frame]\n{SECRET} = \n', f'[frame]\n{SECRET}\n',
        f'[frame]\nx = {{"{SECRET}" = 1, "{SECRET}" = 2}}\n', f'["{SECRET}"]\n["{SECRET}"]\n', f'"{SECRET}" = 1\n"{SECRET}" = 2\n',
        f'"{SECRET}".a = 1\n["{SECRET}"]\n', f'[frame]\nsecrets = ["{SECRET}\n"]', f"[{SECRET}\n", f'x = "\\{SECRET}"\n', f"x = {SECRET}{'1' * 5000}\n",
        f'x = {"1" * 5000}\ny = "{SECRET}"\n', f'x = {"[" * 5000}"{SECRET}"\n', f'"{SECRET}" = {{}}\n"{SECRET}".b = 1\n',
    ],
)  # fmt: skip
def test_a_slip_in_the_file_is_named_by_its_place_alone(text: str, tmp_path: Path) -> None:
    file = tmp_path / "shariff.toml"
    file.write_text(text)

    with pytest.raises(ConfigurationError) as raised:
        load(file=file, environ={})

    assert told(everything(raised.value)) == []
    assert "shariff.toml" in str(raised.value)


@pytest.mark.parametrize(
    "content", [f"{SECRET}\xff".encode("latin-1"), SECRET.encode() * 5000, SECRET.encode("utf-16")]
)
@pytest.mark.parametrize(
    "name", ["SHARIFF_FRAME__SECRETS_FILE", "SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE", "SHARIFF_CONFIG"]
)
def test_a_file_that_is_no_text_is_not_repeated(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(ConfigurationError) as raised:
        load(environ={name: str(tmp_path / "file")})

    assert told(everything(raised.value)) == []


@pytest.mark.parametrize(
    "environ",
    [
        {"SHARIFF_FRAME__SECRETS_FILE": SECRET}, {"SHARIFF_FRAME__SECRETS_FILE": f"{SECRET}\0"}, {"SHARIFF_CONFIG": SECRET},
        {f"SHARIFF_{SECRET}": "x"}, {f"SHARIFF_{SECRET}_FILE": "/nowhere"}, {f"SHARIFF_FRAME__{SECRET}__X": "x"},
        {"SHARIFF_FRAME": SECRET, f"SHARIFF_FRAME__{SECRET}": "x"}, {"SHARIFF_FRAME__SECRETS": f'["{SECRET}"'},
        {"SHARIFF_FRAME__SECRETS": f'["{SECRET}"]]'}, {"SHARIFF_FRAME__SECRETS": f'{{"{SECRET}": 1}}'}, {"SHARIFF_FRAME__SECRETS": "[" * 5000 + SECRET},
        {"SHARIFF_FRAME": "1" * 5000 + SECRET}, {"SHARIFF_FRAME__SECRETS": f'[{"1" * 5000}, "{SECRET}"]'},
        {f"SHARIFF_{SECRET}": "x", f"SHARIFF_{SECRET}__X": "y"},
    ],
)  # fmt: skip
def test_variables_are_not_repeated(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load(environ=environ)

    assert told(everything(raised.value)) == []


@pytest.mark.parametrize("address", STORES)
def test_the_address_of_a_store_is_not_repeated(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as raised:
        open_store(address)
    assert told(everything(raised.value)) == []

    monkeypatch.chdir(tmp_path)
    environ = {"SHARIFF_COUNTS__STORE": address, "SHARIFF_FRAME__SECRETS": f'["{SECRET}"]'}
    for command in (["doctor"], ["ranking"], ["counts", "https://www.example.org/"], ["notice"]):
        done = CliRunner().invoke(commands, command, env=environ)
        assert told(done.output + everything(done.exception or ValueError())) == []


def test_settings_are_printed_without_secrets() -> None:
    settings = Settings.from_mapping(
        {
            "frame": {"secrets": [SECRET]},
            "platforms": {"facebook": {"token": SECRET}},
            "counts": {"store": f"redis://:{SECRET}@127.0.0.1/0"},
        }
    )

    assert (
        told(repr(settings) + str(settings) + repr(settings.frame) + repr(settings.platforms) + repr(settings.counts))
        == []
    )


def test_a_secret_that_an_error_carries_along_would_be_noticed() -> None:
    error = ConfigurationError("something else")
    error.__context__ = ValueError(SECRET)

    assert told(everything(error)) == PIECES
