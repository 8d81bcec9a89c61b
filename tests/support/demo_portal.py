"""The demonstration's pages, as a parser reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from demo_app import create_app


def demonstration(folder: Path) -> Flask:
    """The demonstration, without a mock server; its journal is in a folder."""
    site = {"site": {"origin": "https://www.leinau.example"}, "journal": {"path": str(folder / "outgoing.jsonl")}}
    return create_app({"SHARIFF": site, "TESTING": False})


def soup(client: FlaskClient, path: str, **values: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(path, **values).text, "html.parser")
