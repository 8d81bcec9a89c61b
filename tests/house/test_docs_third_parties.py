"""The table of third parties in the documents is the register's."""

from __future__ import annotations

from support.third_parties_table import DOCUMENT, tables


def test_the_documented_tables_are_the_registers() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert text.endswith(f"\n\n{tables()}"), "Run scripts/third_parties_table.py."
    assert "| Friendly Captcha | `friendlycaptcha.com`, `friendlycaptcha.eu`, `frcapi.com`." in text
    assert "| Crisp | `crisp.chat` (?) | Crisp IM SAS (?), FR (?) | – |" in text
    assert "### Web fonts\n\nKeep a copy on your own server.\n" in text
