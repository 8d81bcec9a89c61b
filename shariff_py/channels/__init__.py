"""The register of official channels: every account a body runs on a platform, checked against its own rulebook."""

from shariff_py.channels.checks import check
from shariff_py.channels.model import Alternative, Approval, Channel, Register, Status
from shariff_py.channels.overview import overview, public
from shariff_py.channels.verdict import Finding, Verdict

__all__ = [
    "Alternative",
    "Approval",
    "Channel",
    "Finding",
    "Register",
    "Status",
    "Verdict",
    "check",
    "overview",
    "public",
]
