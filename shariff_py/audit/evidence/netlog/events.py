"""The lines of Chromium's NetLog: what is on one, and whether all of them are there.

A log is one JSON object, but written one event per line, and cut anywhere when the browser dies. Its end is there when Chromium closed the
object, or when the audit's end marker is (`shariff_py.audit.evidence.netlog.end_marker`); what comes after that may be cut. When only the browser's network
service dies, it begins anew in the same file, which then looks complete: so ``began`` has to be compared with the visit. Format:
``net/log/file_net_log_observer.cc`` in Chromium's source. Pure: the caller opens the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shariff_py.errors import UNREADABLE

BEGIN, END = 1, 2
"""Values of ``phase`` in an event; 0 is an event without duration."""

_TYPE = re.compile(r'"type":([0-9]{1,9})},?\s*(?:\],?\s*)?$')
_STATUS = re.compile(r"[^ ]* ([0-9]{3})(?: .*)?", re.DOTALL)
_DIGITS = re.compile(r"[0-9]{1,15}")

_LARGEST = 2**53
"""Numbers of the browser are ids and milliseconds; one beyond this is none (and would not fit into a fraction of a second)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line. ``type`` is the event's name, ``source`` the id of what it is about, ``time`` in seconds since 1970."""

    type: str
    phase: int
    source: int
    source_type: str
    time: float
    params: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.params.get(name, "")
        return value if isinstance(value, str) else ""

    def lines(self, name: str) -> list[str]:
        value = self.params.get(name, ())
        return [line for line in value if isinstance(line, str)] if isinstance(value, list) else []

    def entries(self, name: str) -> list[Any]:
        """The values of a list; none where it is no list."""
        value = self.params.get(name)
        return value if isinstance(value, list) else []

    def headers(self) -> Iterator[tuple[str, str]]:
        """Header lines, names in lower case; HTTP/2's own begin with a colon and have another one."""
        for line in self.lines("headers"):
            name, colon, value = line.lstrip(":").partition(":")
            if colon:
                yield name.strip().lower(), value.strip()

    @property
    def status(self) -> int:
        """The number in ``HTTP/1.1 200 OK``, 0 where there is none."""
        found = _STATUS.fullmatch((self.lines("headers") or [""])[0])
        return int(found[1]) if found else 0

    @property
    def dependency(self) -> int:
        """The id of the source this one works for, 0 if it names none."""
        dependency = self.params.get("source_dependency")
        number = dependency.get("id") if isinstance(dependency, dict) else 0
        return number if isinstance(number, int) else 0


@dataclass(slots=True)
class Lines:
    """One pass over a log: iterate to get the events of the ``wanted`` types, then read ``whole``, ``began``, ``browser``, ``damaged``.

    ``end_marker`` is the address the audit wrote at the end, if it did; its own events are left out. ``began`` is the time of the first event,
    in seconds since 1970, and 0 where there is none.
    """

    lines: Iterable[str]
    wanted: Container[str]
    end_marker: str = ""
    whole: bool = False
    browser: str = ""
    damaged: int = 0
    began: float = 0.0
    _names: dict[int, str] = field(default_factory=dict)
    _sources: dict[int, str] = field(default_factory=dict)
    _offset: int = 0
    _read: bool = False
    _marked: bool = False

    def __iter__(self) -> Iterator[Event]:
        last = ""
        for line in self.lines:
            last = line.strip() or last
            if not self._read:
                self._constants(line)
            elif self.end_marker and self.end_marker in line:
                self._marked = True
            elif event := self._event(line):
                yield event
        self.whole = self._read and (self._marked or last == "}") and not self.damaged

    def _constants(self, line: str) -> None:
        """Learn this browser's numbers for event types from the first line; they change with every version."""
        if not line.strip():
            return
        try:
            constants = json.loads(line.strip().rstrip(",") + "}")["constants"]
            types = constants["logEventTypes"]
            self._names = {number: name for name, number in types.items() if name in self.wanted}
            self._sources = {number: name for name, number in constants.get("logSourceType", {}).items()}
            self._offset = _number(constants["timeTickOffset"])
            client = constants.get("clientInfo", {})
            self.browser = f"{client.get('name', '')} {client.get('version', '')}".strip()
            self._read = True
        except (*UNREADABLE, TypeError, KeyError, AttributeError):
            self.damaged += 1

    def _event(self, line: str) -> Event | None:
        """The event on a line, if it is of a wanted type. The type is last, so most lines need no parsing."""
        if not line.startswith('{"'):
            return None
        match = _TYPE.search(line)
        if match and int(match[1]) not in self._names and self.began:
            return None
        try:
            raw = json.loads(line.strip().rstrip("],") if match else line)
            source = raw["source"]
            time = (self._offset + _number(raw["time"])) / 1000
            self.began = self.began or time
            name = self._names.get(raw["type"])
            kind = self._sources.get(source["type"], "")
            if name is None:
                return None
            params = raw.get("params") or {}
            if not isinstance(params, dict):
                raise TypeError("params are no object")
            return Event(name, _number(raw["phase"]), _number(source["id"]), kind, time, params)
        except (*UNREADABLE, TypeError, KeyError, AttributeError):
            self.damaged += not self._marked
            return None


def _number(value: object) -> int:
    """A whole number, which Chromium writes as one or as a text. Raises `ValueError` for everything else."""
    number = int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value
    if not isinstance(number, int) or not -_LARGEST < number < _LARGEST:
        raise ValueError("is not a number of the browser's")
    return number
