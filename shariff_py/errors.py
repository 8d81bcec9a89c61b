"""Every error this library raises on purpose.

ShariffError
├── ConfigurationError     a setting, release or controller that cannot be used
├── AddressRefused         an address that may not be shown, shared or counted
├── EmbedRefused           an address or piece of markup that is not content we can gate
├── EmbedTokenRefused      the signed embed token posted to the gate frame is missing or forged
├── StoreError             the store of counts cannot be read or written
│   └── LeaseLost          another process holds the lease now
├── JournalError           the journal of outgoing requests cannot be read or written
│   └── JournalBroken      its hash chain is broken at a named record
├── ConsentEvidenceBroken  archived consent evidence was changed
├── FetchRefused           an outgoing request that must not be sent
├── FetchFailed            an outgoing request without a usable reply
├── PreviewRefused         content of which no preview may be fetched
├── SitemapError           a sitemap that cannot be fetched or read
├── TooManyReports         more policy reports in a minute than are kept
└── AuditError             the audit could not be run

Messages name what was wrong, where, and the fix. This module imports nothing.
"""

from __future__ import annotations

UNREADABLE = (ValueError, RecursionError)
"""What Python's readers of JSON and TOML raise for a text they cannot read: wrong syntax, bytes that are no UTF-8, a number of more digits
than Python converts (4,300), more brackets within each other than it can follow. Whoever reads a text from outside catches both."""


class ShariffError(Exception):
    """The root of all errors raised on purpose by this library."""


class ConfigurationError(ShariffError):
    """A configuration that cannot be used.

    ``setting`` is the dotted name of the setting (``releases.facebook.state``) or empty, ``cure`` the fix.
    """

    def __init__(self, message: str, *, setting: str = "", cure: str = "") -> None:
        self.setting = setting
        self.cure = cure
        where = f"{setting}: " if setting else ""
        super().__init__(f"{where}{message}" + (f" {cure}" if cure else ""))


class AddressRefused(ShariffError):
    """An address that may not be used. ``address`` is the address as given, ``reason`` a sentence.

    The message leaves out query, fragment and user name: it goes into logs, and they may contain personal data.
    """

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        place = address.partition("?")[0].partition("#")[0]
        scheme, mark, rest = place.partition("//")
        super().__init__(f"{_short(scheme + mark + rest.rpartition('@')[2])}: {reason}")


class EmbedRefused(ShariffError):
    """Something that is not content we can gate. ``address`` is what was given, ``reason`` a sentence, ``code`` one word for the same."""

    def __init__(self, address: str, reason: str, code: str = "not_content") -> None:
        self.address = address
        self.reason = reason
        self.code = code
        super().__init__(f"{_short(address)}: {reason}")


class EmbedTokenRefused(ShariffError):
    """The signed embed token posted to the gate frame is missing, forged or no longer valid."""


class StoreError(ShariffError):
    """The store of counts cannot be read or written. ``cure`` is the fix, which the message ends with."""

    def __init__(self, message: str, *, cure: str = "") -> None:
        self.cure = cure
        super().__init__(f"{message} {cure}" if cure else message)


class LeaseLost(StoreError):
    """Another process holds the lease now; nothing was written."""


class JournalError(ShariffError):
    """The journal of outgoing requests cannot be read or written."""


class JournalBroken(JournalError):
    """The journal's hash chain is broken. ``sequence`` is the first record that fails, ``reason`` a sentence."""

    def __init__(self, sequence: int, reason: str) -> None:
        self.sequence = sequence
        self.reason = reason
        super().__init__(f"record {sequence}: {reason}")


class ConsentEvidenceBroken(ShariffError):
    """Archived consent evidence was changed; the message names the file."""


class FetchRefused(ShariffError):
    """An outgoing request that must not be sent: foreign host, unlisted scheme, or no journal to write it to."""


class FetchFailed(ShariffError):
    """An outgoing request without a usable reply. ``reason`` is one short word for the store and the status page."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(f"{reason}: {detail}" if detail else reason)


class PreviewRefused(ShariffError):
    """Content of which no preview may be fetched: its platform's terms do not allow it, or the settings do not want it."""


class SitemapError(ShariffError):
    """A sitemap that cannot be fetched or parsed; the message says which and why."""


class TooManyReports(ShariffError):
    """A browser's report that is not kept, because there were too many of its kind in the last minute."""


class AuditError(ShariffError):
    """The audit could not be run; the message says what is missing and how to get it."""


def _short(address: str) -> str:
    """The address, shortened so that a message stays one line."""
    text = repr(address)
    return text if len(text) <= 120 else f"{text[:100]}…'"
