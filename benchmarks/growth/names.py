"""Growth of what the package exports, and of what its templates are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask

from growth import inputs
from growth.measure import Call, Growth
from shariff_py import Finding, Gated, Outcome, Settings, Shariff, errors, gate_html
from shariff_py.errors import ShariffError

ERRORS: Mapping[str, Callable[[str], ShariffError]] = {
    "AddressRefused": lambda text: errors.AddressRefused(f"https://{text}/?x", "why"),
    "EmbedRefused": lambda text: errors.EmbedRefused(f"https://{text}/?x", "why"),
    "FetchFailed": lambda text: errors.FetchFailed("timeout", text),
    "JournalBroken": lambda text: errors.JournalBroken(1, text),
    **{
        name: getattr(errors, name)
        for name in (
            "AuditError", "ConfigurationError", "EmbedTokenRefused", "FetchRefused", "JournalError", "ShariffError", "StoreError",
        )
    },
}  # fmt: skip


def _error(name: str) -> Growth:
    def prepare(size: int, folder: Path) -> Call:
        text = "x@" * (size // 2)
        return lambda: str(ERRORS[name](text))

    return Growth(f"shariff_py.{name}", "characters of what it is about", prepare, start=4_000)


def _gate(piece: str) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        settings, page = inputs.settings(folder), inputs.page(size, piece)
        return lambda: gate_html(page, settings)

    return prepare


def _findings(look: Callable[[Gated], object]) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        gated = gate_html(inputs.page(size), inputs.settings(folder))
        return lambda: look(gated)

    return prepare


def _outcome(size: int, folder: Path) -> Call:
    text = "x" * size

    def call() -> None:
        try:
            Outcome(text)
        except ValueError:
            return
        raise AssertionError("That is no outcome.")

    return call


def _translated(gated: Gated) -> list[Finding]:
    return [finding.translated({}) for finding in gated.findings]


def _settings(size: int, folder: Path) -> Call:
    site = {"origin": inputs.ORIGIN, "aliases": {f"http://n{place}.leinau.example/": f"{inputs.ORIGIN}/" for place in range(size)}}  # fmt: skip
    values = inputs.values(folder, site=site)
    return lambda: Settings.from_mapping(values)


def _allowed_hosts(size: int, folder: Path) -> Call:
    values = inputs.values(folder, gate={"allow": [f"cdn{place}.example" for place in range(size)]})
    return lambda: Settings.from_mapping(values)


def _flask(size: int, folder: Path) -> Call:
    app = _application(folder)
    app.add_url_rule("/", view_func=lambda: inputs.page(size))
    client = app.test_client()
    return lambda: client.get("/").data


def _application(folder: Path, **more: object) -> Flask:
    app = Flask("leinau")
    Shariff(app, settings=inputs.settings(folder, **more))
    return app


def _template(
    name: str, source: str, doubled: str, value: Callable[[int], str] = "x".__mul__, *, start: int = 64
) -> Growth:
    def prepare(size: int, folder: Path) -> Call:
        app = _application(folder)
        template = app.jinja_env.from_string(source)
        text = value(size)

        def call() -> str:
            with app.test_request_context("/", base_url=inputs.ORIGIN):
                return template.render(text=text)

        return call

    return Growth(f"template {name}", doubled, prepare, start)


def _documents(name: str, **more: object) -> Growth:
    def prepare(size: int, folder: Path) -> Call:
        settings: dict[str, object] = {"controllers": inputs.controllers(size)}
        if name == "channels":
            settings = {"channels": inputs.channels_file(size, folder)}
        app = _application(folder, **settings)
        template = app.jinja_env.from_string(f"{{{{ shariff.{name}() }}}}")

        def call() -> str:
            with app.test_request_context("/", base_url=inputs.ORIGIN):
                return template.render()

        return call

    return Growth(f"template {name}", "channels" if name == "channels" else "controllers", prepare, start=4)


NAMES: tuple[Growth, ...] = (
    *(_error(name) for name in ERRORS),
    Growth("shariff_py.Finding", "characters of the page they were found on", _findings(_translated), start=4_000, most=256_000),
    Growth("shariff_py.Gated", "characters of the page", _findings(repr), start=4_000, most=256_000),
    Growth("shariff_py.Outcome", "characters of something that is none", _outcome, start=4_000),
    Growth("shariff_py.Settings", "aliases of the site", _settings, start=8),
    Growth("shariff_py.Settings", "hosts that are allowed", _allowed_hosts, start=8),
    Growth("shariff_py.Shariff", "characters of a page of the application", _flask, start=4_000),
    Growth("shariff_py.gate_html", "characters of a page of embeds", _gate(inputs.EMBED), start=2_000),
    Growth("shariff_py.gate_html", "characters of a page of text", _gate(inputs.TEXT), start=8_000),
    Growth("shariff_py.gate_html", "characters of a page of scripts", _gate(inputs.SCRIPT), start=2_000),
    _template("share", "{{ shariff.share(title=text) }}", "characters of the title", start=2_000),
    _template("embed", "{{ shariff.embed('https://www.facebook.com/leinau/posts/1', text=text) }}", "characters of the text", start=2_000),
    _template("gate", "{{ text|gate }}", "characters of pasted HTML", inputs.page, start=2_000),
    _template("consents", "{{ shariff.consents(lang=text) }}", "characters of a language nobody speaks", start=2_000),
    *(_documents(name) for name in ("channels", "notice", "processing_record", "accessibility_passage")),
)  # fmt: skip
