"""How much more usual pairs of letters are in words than in random text. Pure.

Made by ``scripts/letter_pairs.py``, which says from which words: European languages, above all German, and names of places worldwide.
"""

from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase

LEAST = -15
"""What the letter ``a`` of `ROWS` stands for, each further letter for one more: fifths of the natural logarithm of the odds."""

ROWS = (
    "jspsrmqossqwtzjolzuvrplinn",  # a
    "wicdydelwfepahvbctmkvahaud",  # b
    "tarfvaazxatlgfsaekkkoibknr",  # c
    "sdhqvjfiwddieisaapmirfkgpl",  # d
    "jiloijpmrmnvpzdibystkmhllm",  # e
    "raadurejueemagsbankspafald",  # f
    "tecjzbjntgamdisafqlmqdmdod",  # g
    "yddcydaavfgqhpwaarjptfharc",  # h
    "oinotjqeoomroxkibqqsgofjhm",  # i
    "xadcxaaataibhhtbbamgscaaag",  # j
    "wdfbucakwfjmdlwcdpoqsfiapd",  # k
    "ygfnzhiezniphiweaampuhgjsi",  # l
    "vjjmwdhiwcdhsesnagnkqbdera",  # m
    "wcgpyfshzjkcaktbabnqqaebuf",  # n
    "foottlolmopuqxmngzstprpjlo",  # o
    "uaecvqcnvdeodgvqbsnqradalb",  # p
    "haaabaaapaaaaaeafaaavaacaa",  # q
    "xgfnzikhyblgimxgajnrucharm",  # r
    "rgnfwhipwfskkjqlbdozpghalo",  # s
    "rcaawcbpuaeecfraaopmndcgnj",  # t
    "lmoptqqipnprtxkmixtwdhhjko",  # u
    "waadxaaazbliahuaaokglaaare",  # v
    "uejhvgaewafidpsabligmaaaya",  # w
    "ifialbabtaafaaidcaaggiasba",  # x
    "nghnnmlbmdkmorhjanpnkefafk",  # y
    "tgfmvbenuajhgioeabimpihasf",  # z
)
"""A row for the first letter of a pair, in it a letter for the second."""

_EVIDENCE = {
    first + second: LEAST + ord(level) - ord("a")
    for first, row in zip(ascii_lowercase, ROWS, strict=True)
    for second, level in zip(ascii_lowercase, row, strict=True)
}


def evidence(letters: str) -> int:
    """How much the pairs of ASCII letters speak for words: below zero for random text, the further the longer it is."""
    small = letters.lower()
    return sum(_EVIDENCE[first + second] for first, second in pairwise(small))
