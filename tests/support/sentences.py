"""How long sentences are, in languages with and without spaces between words."""

from __future__ import annotations

import re

LONGEST_SENTENCE, LONGEST_AVERAGE = 25, 15
"""Words. What stands before and after a colon or a semicolon is counted by itself."""

WORDLESS = frozenset({"ja", "zh", "ko"})
"""Languages in which spaces do not part words as elsewhere."""

LONGEST_WORDLESS_SENTENCE = 90
"""Characters of a sentence in those."""


def sentences(text: str) -> list[str]:
    """Sentences, and what stands before and after a colon or a semicolon on its own."""
    return [part for part in re.split(r"\n|(?<=[.!?;:؛؟])\s+|(?<=[。：；！？])", text) if part.strip()]


def too_long(text: str, code: str) -> list[str]:
    """Sentences over the limit."""
    if code in WORDLESS:
        return [sentence for sentence in sentences(text) if len(sentence) > LONGEST_WORDLESS_SENTENCE]
    return [sentence for sentence in sentences(text) if len(sentence.split()) > LONGEST_SENTENCE]


def average(text: str) -> float:
    """Words in a sentence."""
    parts = sentences(text)
    return sum(len(sentence.split()) for sentence in parts) / len(parts)
