"""The demonstration's pages, as a parser reads them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def soup(client: FlaskClient, path: str, **values: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(path, **values).text, "html.parser")
