"""Pieces of a path that may belong to a person: mail addresses, tokens, numbers of telephones and customers. Pure.

Whether a piece is one cannot be known, so whatever has the shape of one is taken for one. Words, dates and the numbers that sites give their
articles are none. What is no ASCII letter or digit after decoding is a word in another script.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

from shariff_py.letter_pairs import evidence

CUT = "…"
"""What stands for a piece that was cut."""

LONGEST_WORD = 72
"""Characters without a break. Place names and German compounds are shorter."""

DECODINGS = 5
"""How often a piece is decoded: servers and mail programs encode what is encoded already. What is still encoded then is cut."""

AFTER = frozenset({
    "activate", "confirm", "invite", "magic", "otp", "recover", "reset", "session", "token", "unsubscribe", "user", "users", "verify",
    "abbestellen", "aktivieren", "bestaetigen", "verifizieren", "zuruecksetzen",
})  # fmt: skip
"""Words of a path that are followed by somebody's name or key, also as part of a piece (``reset-password``)."""

AFTER_ALONE = frozenset({"benutzer", "bestaetigung", "einladung", "sid", "tan", "u"})
"""The same, but only as a whole piece: ``u-bahn`` and ``einladung-zum-stadtfest`` are about nobody."""

PROFILES = frozenset({"account", "konto", "member", "members", "mitglied", "mitglieder", "profil", "profile"})
"""Words, as a whole piece, that are followed by somebody's name where it is shaped as one: ``/mitglied/werden`` is about nobody."""

_UMLAUTS = str.maketrans({"ä": "ae", "ü": "ue"})

_PARAMETER = re.compile(r";.*")
_VALUE = re.compile(
    r"(?<![^\W_])(?:auth|code|key|kennwort|otp|pass|passwd|password|passwort|pin|pwd|secret|session|sessionid|sid|sig|signature|tan|token)[=:].",
    re.IGNORECASE,
)
"""A name that is followed by its value within a piece (``token=…``)."""

_MAIL = re.compile(
    r"@|[(\[{<]\s*(?:at|ät|klammeraffe)\s*[)\]}>]|[\s._-]at[\s._-]+[\w-]+[\s._-](?:dot|punkt)[\s._-][a-z]{2,}",
    re.IGNORECASE,
)
_HOME = re.compile(r"~[^\W\d_]")
"""The folder of a user, as servers name it (``~anna``)."""

_MAILBOX = re.compile(r"[^\s@]@[^\s@]+\.(?!m?js|css|json|map)[^\W\d]{2,}(?![\w.])")
"""A mail address, not the version of a package (``vue@3.2.min.js``)."""

_NAME = re.compile(r"[^\W\d_]+(?:[._-][^\W\d_]+)*(?:\.(?!(?:aspx?|html?|jsp|php|shtml)$)[^\W\d_]+\d*|_?\d{2,})")
"""A name as people choose one for themselves: parts with a dot between them, or digits at its end."""

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_PHONE = re.compile(r"[+\d][\d\s()./+-]*")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_GROUPED_NUMBER = re.compile(r"\d+(?:[ -]\d+)+")
_HARDWARE = re.compile(r"(?=[^:]*:.*:.*:|.*::)[0-9a-f:.]+", re.IGNORECASE)
"""The address of a network card, an address of IPv6, a fingerprint: hexadecimal digits between colons, more than a time of day has."""

_OTHER_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]*(?:[^\W\d_A-Za-z]+[A-Za-z]*)+")
"""A word with letters that are in no token: what is between them is no piece of its own (``flugzeugführer``)."""

_PIECE = re.compile(r"[0-9A-Za-z]+")
_GROUP = re.compile(r"[0-9A-Za-z]{4,8}")
_CAPITAL_GROUP = re.compile(r"[0-9A-Z]{4,8}")
_WORD_WITH_NUMBER = re.compile(r"[A-Za-z]+\d*|\d+")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[A-Za-z]+")
_HEX = re.compile(r"(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]+", re.IGNORECASE)
_CAMEL_CASE = re.compile(r"[a-z]*(?:[A-Z]{1,5}[a-z]{2,})*[A-Z]{0,5}[a-z]?")
"""Words written together, each with its capital, abbreviations among them."""

_SIZE = re.compile(r"(?<!\d)\d{2,4}x\d{2,4}(?!\d)")
"""Width and height of a picture."""

_ABBREVIATION = re.compile(
    r"[A-Za-z][a-z]{0,6}|[A-Z]{1,7}|(?:[A-Z]?[a-z]{1,4}|[A-Z]{1,5})\d+|\d+(?:[a-z]{1,5}|[A-Z]{1,5})|[A-Za-z]\d{1,2}[a-z]"
)
"""Few letters, maybe with a number: their pairs say nothing (``bmfsfj``, ``DSCN0815``, ``30kmh``, ``w3c``)."""

_RUN = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")
"""Letters of a word, up to the next capital or digit."""

SHORTEST_TOKEN = 8
"""Characters without a break. What is shorter may be anything."""

FOR_WORDS, FOR_SHORT = 5, 2
"""What speaks for words whatever they are, and for each character that is missing to `ENOUGH`: little text proves little. The unit is that
of `evidence`. With these values 1 % of random text of `ENOUGH` small letters passes, and fewer words are cut than one in a thousand."""

ENOUGH = 16

DIGITS_WITHIN, CAPITAL_WITHIN = 9, 8
"""What speaks against words for each place within a piece where letters and digits, or a small letter and a capital, meet. A number at the
end says nothing."""

_DIGITS_WITHIN = re.compile(r"(?<=[A-Za-z])(?=\d+[A-Za-z])|(?<=\d)(?=[A-Za-z])")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z])(?=[A-Z])")


def without_personal(path: str) -> str:
    """A path in which every segment that may belong to a person is `CUT`: ``/reset/8f3a91c2`` is ``/reset/…``.

    ``path`` is that of an address, percent-encoded or not, without query. Other segments stay letter by letter; parameters of a segment
    (``;jsessionid=…``) are removed. The result of a result is the same.
    """
    segments: list[str] = []
    for segment in path.split("/"):
        plain = _PARAMETER.sub("", segment)
        follows = segments[-1] if segments else ""
        segments.append(CUT if plain and (_follows_a_name(follows, plain) or is_personal(plain)) else plain)
    return "/".join(segments)


def names_a_mailbox(text: str) -> bool:
    """Whether a segment of a path holds a mail address, which is somebody's whatever the path is for."""
    plain = _decoded(text)
    return plain is not None and bool(_MAILBOX.search(plain))


def is_personal(text: str) -> bool:
    """Whether a segment of a path, a label of a host or the value of a parameter may belong to a person."""
    plain = _decoded(text)
    return plain is None or bool(_VALUE.search(plain)) or any(map(_is_personal, re.split(r"[/\\?&=;]", plain)))


def _follows_a_name(before: str, segment: str) -> bool:
    piece = (_decoded(before) or "").lower().translate(_UMLAUTS)
    if segment == CUT:
        return False
    if piece in PROFILES:
        return bool(_NAME.fullmatch(_YEAR.sub("", _decoded(segment) or "")))
    return piece in AFTER_ALONE or not AFTER.isdisjoint(_PIECE.findall(piece))


def _decoded(text: str) -> str | None:
    """The text as it was before it was encoded, however often; ``None`` where no end was found."""
    for _ in range(DECODINGS):
        decoded = unescape(unquote(text, errors="replace"))
        if decoded == text:
            return unicodedata.normalize("NFKC", text)
        text = decoded
    return None


def _is_personal(text: str) -> bool:
    if _MAIL.search(text) or _UUID.search(text) or _HOME.match(text) or _HARDWARE.fullmatch(text):
        return True
    return _has_number(text) or _is_grouped(text) or _has_token(text)


def _has_number(text: str) -> bool:
    """Whether there is a number that one dials, or one longer than sites give their pages: those of questions and articles have nine digits."""
    stem = text.partition(".htm")[0].strip()
    if _PHONE.fullmatch(stem):
        rest = _YEAR.sub("", _DATE.sub("", stem))
        digits = sum(map(str.isdigit, rest))
        return digits >= (6 if rest.startswith(("+", "0")) else 10 if stem.isdigit() else 8)
    rest = _DATE.sub("", text)
    grouped = (sum(map(str.isdigit, number)) for number in _GROUPED_NUMBER.findall(_YEAR.sub("", rest)))
    return any(len(number) >= (9 if number.startswith("0") else 11) for number in _DIGITS.findall(rest)) or any(
        digits >= 11 for digits in grouped
    )


def _is_grouped(text: str) -> bool:
    """Whether it is a code in groups of one length, as serial numbers and invitations have it (``K7QX-29FM-B3TD``)."""
    groups = text.split("-")
    if len(groups) < 3 or len(set(map(len, groups))) != 1 or not all(map(_GROUP.fullmatch, groups)):
        return False
    if all(map(str.isdigit, groups)):
        return False
    return all(map(_CAPITAL_GROUP.fullmatch, groups)) or not all(map(_WORD_WITH_NUMBER.fullmatch, groups))


def _has_token(text: str) -> bool:
    """Whether there is a piece as a generator of random text makes it."""
    pieces = [
        _SIZE.sub("", _YEAR.sub("", _DATE.sub("", piece))) for piece in _PIECE.findall(_OTHER_LETTERS.sub(" ", text))
    ]
    if any(len(piece) > LONGEST_WORD or _is_token(piece) for piece in pieces):
        return True
    # Base64 for addresses has - and _ among its characters, which break it into pieces that are too short to be told.
    return any(map(_breaks, pieces)) and _is_random([piece for piece in pieces if not piece.isdigit()])


def _is_token(piece: str) -> bool:
    if len(piece) < SHORTEST_TOKEN or piece.isdigit():
        return False
    return (
        bool(_HEX.fullmatch(piece)) or not all(map(_is_cased_as_words, _LETTERS.findall(piece))) or _is_random([piece])
    )


def _is_random(pieces: list[str]) -> bool:
    """Whether the letters of all pieces together are rather random than words."""
    length = sum(map(len, pieces))
    short = max(0, ENOUGH - length)
    return length >= SHORTEST_TOKEN and FOR_WORDS + FOR_SHORT * short + sum(map(_evidence, pieces)) < 0


def _evidence(piece: str) -> int:
    """What speaks for words in a piece."""
    pairs = sum(map(evidence, _RUN.findall(piece)))
    return max(0, pairs) if _ABBREVIATION.fullmatch(piece) else pairs - _breaks(piece)


def _breaks(piece: str) -> int:
    """What speaks against them: places where the kind of character changes as it does within no word."""
    if _ABBREVIATION.fullmatch(piece):
        return 0
    return DIGITS_WITHIN * len(_DIGITS_WITHIN.findall(piece)) + CAPITAL_WITHIN * len(_CAPITAL_WITHIN.findall(piece))


def _is_cased_as_words(letters: str) -> bool:
    return letters.islower() or letters.isupper() or bool(_CAMEL_CASE.fullmatch(letters))
