"""The judgement on a script: what of it has to go so that it contacts no platform, and what stays.

A script is judged once, however often its page is read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shariff_py.caches import BoundedDict, answers
from shariff_py.gate.browser_rules.script_sinks import LOADING_WORD
from shariff_py.gate.detect.javascript.addresses import Address, addresses, inert, names_platform
from shariff_py.gate.detect.javascript.calls import Use
from shariff_py.gate.detect.javascript.imports import without_imports
from shariff_py.gate.detect.javascript.loaders import LONGEST_LOADER, is_markup, is_only_loader
from shariff_py.gate.detect.javascript.syntax import LONGEST, Syntax
from shariff_py.gate.detect.javascript.uses import AddressUses
from shariff_py.gate.detect.javascript.values import Kind
from shariff_py.platforms.allowed_hosts import allows_some_of, is_allowed
from shariff_py.platforms.record import Platform

MAX_ADDRESSES = 100
"""Addresses of platforms in one script that are followed; the others count as uncertain."""


_BEFORE_COMPARED, _AFTER_COMPARED = re.compile(r"[!=]=\s*[\"']\Z"), re.compile(r"[\"']\s*[!=]=")
_LONGEST_COMPARISON = 10
"""Characters in which a comparison and the quote before a name are looked for."""


class Judgement(NamedTuple):
    """What a script does with platforms' addresses.

    ``loaded`` are those that it fetches, ``uncertain`` those of which its text does not show it. ``only_loader``: it does nothing else.
    ``is_long``: it is longer than a loader ever is. ``keeps`` is the platform whose embed code it keeps as data for other scripts.
    """

    loaded: tuple[Address, ...] = ()
    uncertain: tuple[Address, ...] = ()
    only_loader: bool = False
    is_long: bool = False
    keeps: Platform | None = None

    @property
    def platform(self) -> Platform | None:
        """The platform that is loaded, or may be."""
        return next((address.platform for address in (*self.loaded, *self.uncertain)), None)

    def without_allowed(self, code: str, allow: Sequence[str]) -> Judgement:
        """The judgement on this code without the addresses whose hosts ``allow`` names."""
        loaded, uncertain = _held(code, self.loaded, allow), _held(code, self.uncertain, allow)
        is_same = len(loaded) == len(self.loaded) and len(uncertain) == len(self.uncertain)
        keeps = None if self.keeps and allows_some_of(self.keeps, allow) else self.keeps
        return self._replace(loaded=loaded, uncertain=uncertain, only_loader=self.only_loader and is_same, keeps=keeps)

    def to_exchange(self, *, policy_enforced: bool) -> tuple[Address, ...]:
        """The addresses that must not stay.

        Under an enforced policy of ours those may that are uncertain, and all in a script longer than a loader, unless it is a frame's
        address: a browser may open a connection before the policy refuses the frame.
        """
        if not policy_enforced:
            return self.loaded + self.uncertain
        certain = () if self.is_long else self.loaded
        return tuple(address for address in self.loaded + self.uncertain if address.is_frame or address in certain)


NOTHING = Judgement()

_judgements: BoundedDict[bytes, Judgement] = answers("gate.detect.javascript.judgement._judgements")


def judged(code: str, *, value_is_document: bool = False, allow: Sequence[str] = ()) -> Judgement:
    """The judgement on a script; what it does with the hosts that ``allow`` names does not count. With ``value_is_document`` it is that of a ``javascript:`` URL, whose value is shown as a document."""
    if not names_platform(code):
        return NOTHING
    key = hashlib.blake2b(
        code.encode("utf-8", "surrogatepass"), digest_size=16, key=b"D" if value_is_document else b"S"
    ).digest()
    found = _judgements.get(key)
    if found is None:
        found = _judged(code, value_is_document)
        _judgements.keep(key, found, len(found.loaded) + len(found.uncertain))
    return found.without_allowed(code, allow) if allow else found


def exchanged(code: str, found: Iterable[Address]) -> str:
    """The script with inert addresses in place of these, each of the same length, and without the static imports of them."""
    pieces, position = [], 0
    for address in sorted(found):
        pieces += [code[position : address.start], inert(address)]
        position = address.end
    return without_imports(code, "".join([*pieces, code[position:]]))


def _held(code: str, found: Iterable[Address], allow: Sequence[str]) -> tuple[Address, ...]:
    hosts = ((address, code[address.start : address.end].partition(":")[0].rstrip(".").lower()) for address in found)
    return tuple(address for address, host in hosts if not is_allowed(address.platform, host, allow))


def _is_compared(code: str, address: Address) -> bool:
    """Whether an address is a host alone, with which something is compared right there: as in long scripts that ask where a visitor comes from.
    Parsing takes much longer than asking for it."""
    before, quote = (
        code[max(0, address.start - _LONGEST_COMPARISON) : address.start],
        code[address.end : address.end + 1],
    )
    if quote not in {'"', "'"} or not before.endswith(quote):
        return False
    return _BEFORE_COMPARED.search(before) is not None or _AFTER_COMPARED.match(code, address.end) is not None


def _judged(code: str, value_is_document: bool) -> Judgement:
    found = [address for address in addresses(code) if not _is_compared(code, address)]
    is_long = len(code) > LONGEST_LOADER
    if not found:
        return NOTHING
    if len(code) > LONGEST:
        return Judgement(uncertain=tuple(a for a in found if a.is_loaded), is_long=True)
    syntax = Syntax(code)
    uses = AddressUses(syntax, value_is_document=value_is_document)
    loaded, uncertain, keeps = [], [], None
    broken = is_markup(code) or (syntax.root.has_error and not is_long and LOADING_WORD.search(code) is not None)
    for number, address in enumerate(found):
        use, kind = uses.of(address) if number < MAX_ADDRESSES else (Use.UNCERTAIN, Kind.URL)
        if syntax.root.has_error or broken:
            # What could not be read may be something else than it seems to be.
            use = max(use, Use.UNCERTAIN)
        if use is Use.LOADED:
            loaded.append(address)
        elif (use is Use.UNCERTAIN and (address.is_loaded or broken or kind in {Kind.MARKUP, Kind.CODE})) or (
            use is Use.KEPT and address.is_tile
        ):
            uncertain.append(address)
        elif use is Use.KEPT and (address.is_frame or kind is Kind.MARKUP):
            keeps = keeps or address.platform
    only_loader = bool(loaded or uncertain) and is_only_loader(syntax)
    return Judgement(tuple(loaded), tuple(uncertain), only_loader, is_long, keeps)
