"""The reference is complete and says nothing of what is not there: settings, commands, template names, addresses, fields."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import tomllib
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from support.documents import DOCS, DOCUMENTS, READMES, blocks, rows, section, text_of
from support.paths import ROOT

from shariff_py import gate_html
from shariff_py.channels import Channel, Register, Verdict, check
from shariff_py.channels.checks import CHECKS, REGISTER_CHECKS
from shariff_py.channels.overview import PUBLIC
from shariff_py.cli import commands
from shariff_py.journal import Entry
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.web.jinja import TemplateFunctions
from shariff_py.web.own_pages.application import ROUTES

KEYS = {"controllers": "ID", "languages": "LANG", "servers": "HOST", "stand_in": "HOST", "aliases": "ADDRESS"}
"""What the documents call the keys of a table; others are names of platforms."""

STATES = {"requested", "approved", "active", "dormant", "closed"}


# The configuration


def settings_of(record: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every setting's dotted name with its default as TOML writes it, walked from the records themselves."""
    hints = typing.get_type_hints(record)
    for field in (field for field in dataclasses.fields(record) if field.init):
        kind = hints[field.name]
        if dataclasses.is_dataclass(kind):
            yield from settings_of(kind, f"{prefix}{field.name}.")
        elif (values := mapping_of(kind)) is not None:
            key = KEYS.get(field.name, "NAME")
            if dataclasses.is_dataclass(values):
                yield from settings_of(values, f"{prefix}{field.name}.{key}.")
            else:
                yield f"{prefix}{field.name}.{key}", "none"
        else:
            yield f"{prefix}{field.name}", default_of(field)


def mapping_of(kind: Any) -> Any:
    """The type of a mapping's values, ``None`` for everything else."""
    return typing.get_args(kind)[1] if typing.get_origin(kind) is Mapping else None


def default_of(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "required"
    default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
    return "none" if default is None else f"`{json.dumps(default)}`"


def test_every_setting_is_documented_with_its_default_and_no_other_is() -> None:
    documented = {name: cells[0] for name, cells in rows(text_of(DOCS / "configuration.md")).items()}

    assert documented == dict(settings_of(Settings))


def test_a_setting_that_is_not_documented_would_be_noticed() -> None:
    @dataclasses.dataclass(frozen=True)
    class Wider(Settings):
        tracking: bool = True

    documented = rows(text_of(DOCS / "configuration.md")).keys()

    assert dict(settings_of(Wider)).keys() - documented == {"tracking"}


def test_a_setting_is_never_documented_without_its_meaning() -> None:
    for name, cells in rows(text_of(DOCS / "configuration.md")).items():
        assert cells[-1].strip(" |").endswith("."), name


# Channels and journal


def test_the_example_of_a_channel_keeps_every_rule() -> None:
    (example,) = blocks(DOCS / "channels.md", "toml")
    (readme,) = blocks(READMES[0], "toml")
    settings = Settings.from_mapping(tomllib.loads(readme))
    register = Register.from_mapping(tomllib.loads(example), language="en")

    (channel,) = register.channels
    assert channel.last_checked_on is not None
    found = check(register, settings, channel.last_checked_on)

    assert [finding for finding in found if finding.verdict is not Verdict.PASS] == []
    assert {field.name for field in dataclasses.fields(Channel)} - tomllib.loads(example)["channels"][0].keys() == {
        "closed_on"
    }


def test_every_rule_of_the_register_is_documented_and_no_other_is() -> None:
    rules = {rule.rule for rule in (*CHECKS, *REGISTER_CHECKS)}

    assert rows(text_of(DOCS / "channels.md")).keys() - STATES == rules
    assert rows(section(DOCS / "de" / "kanalregister.md", "Die Prüfungen")).keys() == rules


def test_the_german_page_names_every_field_of_a_channel_and_says_which_are_published() -> None:
    table = section(DOCS / "de" / "kanalregister.md", "Was zu jedem Kanal eingetragen wird")
    cells = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    in_the_docs = {name: row[-1].strip(" |") for row in cells for name in re.findall(r"`([^`]+)`", row[0])}

    assert in_the_docs == {
        field.name: "ja" if field.name in PUBLIC else "nein" for field in dataclasses.fields(Channel)
    }


def test_every_field_of_a_journal_record_is_documented_and_no_other_is() -> None:
    in_the_docs = {
        name
        for line in text_of(DOCS / "journal.md").splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([^`]+)`", line.split(" | ")[0])
    }

    assert in_the_docs == {"time" if field.name == "when" else field.name for field in dataclasses.fields(Entry)}


# Counts


def test_every_source_of_counts_is_documented_with_its_host_and_what_it_counts() -> None:
    documented = {name: cells for name, cells in rows(text_of(DOCS / "counts.md")).items() if len(cells) == 4}
    sources = {name: record.counts for name, record in REGISTRY.items() if record.counts}

    assert documented.keys() == sources.keys()
    for name, source in sources.items():
        host, counted, key, _ = documented[name]
        assert host.startswith(source.host), name
        assert counted.startswith(source.counts), name
        assert (key == "none") is not source.needs_credentials, name
        assert (f"platforms.{name}.server" in host) is source.own_server, name


def test_the_example_of_the_standalone_proxy_loads_and_has_targets() -> None:
    example = next(block for block in blocks(DOCS / "counts.md", "toml") if "[releases" in block)

    settings = Settings.from_mapping(tomllib.loads(example))

    assert settings.policy.release("facebook").is_open
    assert settings.owns("news.example.org")


# What documents call settings


def named_settings(text: str) -> set[str]:
    """Every inline code that reads as the name of a setting: a table of the configuration, a dot, names. Hosts and files are none."""
    tables = "|".join(field.name for field in dataclasses.fields(Settings) if field.init)
    return set(re.findall(rf"`((?:{tables})\.(?![^`]*\.?(?:org|com|json|toml|py)`)[\w.-]+)(?: = [^`]*)?`", text))


def known_setting(name: str) -> bool:
    """Whether a name is a setting, with any platform, id or host where the configuration has one."""
    return any(
        re.fullmatch(re.sub(r"\\.(NAME|ID|LANG|HOST|ADDRESS)", r"(\\.[^ ]+)?", re.escape(setting)), name)
        for setting, _ in settings_of(Settings)
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_names_a_setting_that_is_none(document: Path) -> None:
    assert {name for name in named_settings(text_of(document)) if not known_setting(name)} == set()


def test_no_news_name_a_setting_that_is_none() -> None:
    """A release moves them into the changelog, which is a document."""
    named = {name for file in (ROOT / "news").glob("*.md") for name in named_settings(text_of(file))}

    assert {name for name in named if not known_setting(name)} == set()


def test_a_setting_that_is_none_would_be_noticed() -> None:
    text = "`counts.stores`, `releases.facebook.state`, `gate.allow = []`, `headers.policy`"

    assert {name for name in named_settings(text) if not known_setting(name)} == {"counts.stores"}


def test_every_configuration_the_documents_show_has_known_keys_only() -> None:
    tables = {field.name for field in dataclasses.fields(Settings) if field.init}
    shown = [tomllib.loads(block) for document in DOCUMENTS for block in blocks(document, "toml")]

    def names(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
        for key, value in table.items():
            dotted = f"{prefix}{key}"
            one_text = known_setting(dotted)  # one per language
            yield from names(value, f"{dotted}.") if isinstance(value, Mapping) and not one_text else [dotted]

    configurations = [table for table in shown if table.keys() <= tables]
    assert len(configurations) >= 6
    assert {
        name for table in configurations for name in names(table) if not known_setting(name) and "." in name
    } == set()


# Commands, templates, addresses


def all_commands(group: click.Group = commands, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def without_help(command: click.Command) -> list[str]:
    """What of a command has no explanation, itself or an option."""
    options = [option for option in command.params if isinstance(option, click.Option) and not option.help]
    return ([] if command.help else ["itself"]) + [option.opts[0] for option in options]


@pytest.mark.parametrize(("name", "command"), all_commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_explained(name: str, command: click.Command) -> None:
    """The page of commands is made from these explanations."""
    assert without_help(command) == [], name


def test_an_option_without_explanation_would_be_noticed() -> None:
    @click.command()
    @click.option("--fast", is_flag=True)
    def drive() -> None:
        """Drive."""

    assert without_help(drive) == ["--fast"]


def test_every_name_in_templates_is_documented_and_no_other_is() -> None:
    functions = {name for name, _ in inspect.getmembers(TemplateFunctions, inspect.isfunction) if name[0] != "_"}

    in_the_docs = {re.sub(r"shariff\.(\w+)\(.*", r"\1", name) for name in rows(text_of(DOCS / "templates.md"))}

    assert in_the_docs == functions - {"gate"} | {"html\\|gate"}


def routes() -> set[str]:
    """What is served below the prefix, as the page of addresses writes it."""
    return {
        f"{method} /{path}{'NAME' if path.endswith('/') else ''}" for path, views in ROUTES.items() for method in views
    }


def test_every_address_is_documented_and_no_other_is() -> None:
    in_the_docs = {name.removesuffix("?url=") for name in rows(text_of(DOCS / "http.md").split("\n## ", 1)[0])}

    assert in_the_docs == routes()


def test_every_field_of_the_gates_form_is_documented_and_no_other_is() -> None:
    site = {"origin": "https://www.example.org", "language": "en"}
    town = {"name": "Town", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/n", "offer_login": True}
    settings = Settings.from_mapping(
        {
            "site": site,
            "controllers": {"town": {**town, "remember_days": 90}},
            "releases": {"facebook": {"state": "released"}},
            "frame": {"secrets": ["a secret of the tests, long enough"]},
        }
    )
    pasted = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1"></iframe>'

    form = gate_html(pasted, settings).html.split("<form", 1)[1].split("</form>", 1)[0]

    assert set(rows(section(DOCS / "http.md", "POST /frame"))) == set(re.findall(r'<input[^>]* name="(\w+)"', form))
