"""Signing keys: what can be guessed is refused, from whichever place it comes."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from support.flask_site import configuration

from shariff_py import ConfigurationError, Shariff
from shariff_py.settings import load
from shariff_py.settings.secret_strength import bits, names_of, weakness
from shariff_py.web.site import Site
from shariff_py.web.standalone import create_app
from shariff_py.web.wsgi import ShariffMiddleware

GUESSABLE = [
    "", "dev", "x" * 15, " " * 40, "a" * 40, "ab" * 20, "0" * 64, "0123456789012345", "4839201948372615", "2026-11-30 00:37:25",
    "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb", "changemechangeme",
    "CHANGE_ME_CHANGE_ME", "please-change-me-now-please", "change-this-secret-please", "super-secret-key-do-not-share",
    "your-secret-key-here", "my-shariff-secret-key-2026", "development secret", "insecure-development-key", "hunter2hunter2hunter2",
    "P@ssw0rdP@ssw0rd", "password12345678", "xK9!xK9!xK9!xK9!xK9!", "geheimgeheimgeheim", "dev-dev-dev-dev-dev-dev", "a" * 16 + "b" * 16,
    'python3 -c "import secrets; print(secrets.token_urlsafe(32))"', "$(openssl rand -hex 32)", "`openssl rand -base64 32`", "openssl rand -base64 32",
    "{{ vault_shariff_signing_key }}", "${SIGNING_KEY_OF_THE_SITE}", "<a long text that nobody knows>", "REPLACE_ME_WITH_A_RANDOM_STRING",
    "enter-a-random-string-here", "correcthorsebatterystaple", "bitte-aendern-bitte-aendern",
]  # fmt: skip


@pytest.mark.parametrize("secret", GUESSABLE)
def test_a_key_that_can_be_guessed_is_one(secret: str) -> None:
    assert "could be guessed" in weakness(secret)


@pytest.mark.parametrize(
    "make",
    [
        lambda: secrets.token_urlsafe(32), lambda: secrets.token_urlsafe(16), lambda: secrets.token_hex(32), lambda: secrets.token_hex(16),
        lambda: os.urandom(24).decode("latin-1"), lambda: os.urandom(24).hex(), lambda: "".join(secrets.choice("0123456789") for _ in range(40)),
    ],
)  # fmt: skip
def test_a_key_of_a_random_generator_never_is(make: object) -> None:
    assert {weakness(make()) for _ in range(50)} == {""}  # type: ignore[operator]


def test_a_phrase_of_ordinary_words_that_is_long_enough_is_none() -> None:
    assert weakness("seven herons over the northern harbour") == ""


@pytest.mark.parametrize(
    "secret",
    ["leinau-portal-2026-11", "Bad-L3inau/2026/website!", "www.bad-leinau.example", "leinauleinau471108151234"],
)
def test_the_sites_own_name_adds_next_to_nothing(secret: str) -> None:
    names = names_of(["www.bad-leinau.example", "*.leinau.example"])

    assert set(names) == {"leinau", "example"}
    assert "could be guessed" in weakness(secret, names)


def test_what_repeats_adds_next_to_nothing() -> None:
    once = "Zq8-vT2_mK4"

    assert bits(once) < bits(once * 4) < bits(once) + 20


def test_of_a_long_key_the_beginning_is_judged() -> None:
    key = secrets.token_hex(128)

    assert bits(key * 100) == bits(key) > 900


WEAK = "changeme-changeme-changeme"


def from_file(folder: Path) -> None:
    (folder / "shariff.toml").write_text(f'[frame]\nsecrets = ["{WEAK}"]\n')
    load(file=folder / "shariff.toml", environ={})


def from_variable(folder: Path) -> None:
    load(environ={"SHARIFF_FRAME__SECRETS": f'["{WEAK}"]'})


def from_table_in_a_variable(folder: Path) -> None:
    load(environ={"SHARIFF_FRAME": f'{{"secrets": ["{WEAK}"]}}'})


def from_file_named_by_a_variable(folder: Path) -> None:
    (folder / "key").write_text(f'["{WEAK}"]\n')
    load(environ={"SHARIFF_FRAME__SECRETS_FILE": str(folder / "key")})


def from_mapping(folder: Path) -> None:
    load(environ={}, mapping={"frame": {"secrets": [secrets.token_hex(32), WEAK]}})


def from_the_application(key: str | bytes, folder: Path) -> None:
    app = Flask("leinau")
    app.secret_key = key
    app.config["SHARIFF"] = configuration(folder)
    Shariff(app)


PLACES = {
    "frame.secrets": [from_file, from_variable, from_table_in_a_variable, from_file_named_by_a_variable, from_mapping],
    "app.secret_key": [
        lambda folder: from_the_application(WEAK, folder),
        lambda folder: from_the_application(WEAK.encode(), folder),
        lambda folder: from_the_application("dev", folder),
    ],
}


@pytest.mark.parametrize(("setting", "place"), [(name, place) for name, places in PLACES.items() for place in places])
def test_a_weak_key_is_refused_from_every_place_with_its_name_and_the_cure(
    setting: str, place: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ConfigurationError) as refused:
        place(tmp_path)  # type: ignore[operator]

    assert refused.value.setting == setting
    assert "guessed" in str(refused.value)
    assert "secrets.token_urlsafe(32)" in refused.value.cure
    assert WEAK not in str(refused.value)


@pytest.mark.parametrize("secret", ["abc", "", "changemechangeme", 4711, b"abc", None, ["a list"]])
def test_settings_that_were_made_or_changed_in_code_are_checked_as_well(secret: Any, tmp_path: Path) -> None:
    settings = load(environ={}, mapping=configuration(tmp_path))
    changed = replace(settings, frame=replace(settings.frame, secrets=(secret,)))

    for use in (create_app, Site.create, partial(Shariff, Flask("leinau")), partial(ShariffMiddleware, print)):
        with pytest.raises(ConfigurationError, match=r"frame\.secrets: a secret"):
            use(changed) if use in (create_app, Site.create) else use(settings=changed)


@pytest.mark.parametrize("key", [4711, 47.11, ["a list of a key"], {"a": 1}, object()])
def test_a_key_of_the_application_that_is_no_text_is_named(key: Any, tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = key
    app.config["SHARIFF"] = configuration(tmp_path)

    with pytest.raises(ConfigurationError, match=r"app\.secret_key: is .*, not text"):
        Shariff(app)


def test_a_key_made_of_the_sites_name_is_refused_wherever_it_was_set(tmp_path: Path) -> None:
    key = "Rosenkohlstedt/Verwaltung#17"
    assert weakness(key) == ""

    with pytest.raises(ConfigurationError, match="could be guessed") as of_settings:
        load(
            environ={
                "SHARIFF_SITE__ORIGIN": "https://verwaltung.rosenkohlstedt.example",
                "SHARIFF_FRAME__SECRETS": f'["{key}"]',
            }
        )
    app = Flask(__name__)
    app.secret_key = key
    app.config["SHARIFF"] = configuration(tmp_path, site={"origin": "https://verwaltung.rosenkohlstedt.example"})
    with pytest.raises(ConfigurationError, match="could be guessed") as of_flask:
        Shariff(app)

    assert (of_settings.value.setting, of_flask.value.setting) == ("frame.secrets", "app.secret_key")
    assert "osenkohl" not in f"{of_settings.value}{of_flask.value}"
