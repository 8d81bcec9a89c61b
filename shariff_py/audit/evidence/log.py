"""What was recorded of one visit, by the browser or on the wire, and what is missing of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shariff_py.audit.evidence.contact import Contact
from shariff_py.audit.evidence.declarations import DeclaringResponse


@dataclass(frozen=True, slots=True)
class Log:
    """A log read to its end. ``whole`` is false when it was cut off or damaged, so that nothing may be concluded from silence.

    ``contacts`` are in order of time; ``responses`` what servers declared in their headers; ``aliases`` other names (CNAME) that name servers
    gave for a name. ``browser`` is name and version, ``damaged`` the number of lines that could not be understood, ``began`` the time of the
    first event in seconds since 1970.
    """

    contacts: tuple[Contact, ...]
    whole: bool
    browser: str
    damaged: int
    began: float = 0.0
    responses: tuple[DeclaringResponse, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)

    def lacks(self, responded: float) -> str:
        """What is missing of a visit that got its first response at ``responded``, in a few words; nothing where the log holds all of it.

        When the browser's network service dies, the log begins anew, and what it held before is gone. The first request is no measure for
        that: a debugger reports it before the network service has started, which on a busy machine takes seconds. Without that service there
        is no response.
        """
        if self.damaged:
            return "damaged lines"
        return "no end" if not self.whole else "began after the visit" if self.began > responded else ""
