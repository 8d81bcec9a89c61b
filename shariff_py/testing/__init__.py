"""For tests and demonstrations: a mock server that replies as the platforms do, on this machine only, a clock that is stepped, and a
check of platforms' records."""

from shariff_py.testing.behaviour import Behaviour
from shariff_py.testing.check_platform import check_platform
from shariff_py.testing.clock import SteppingClock
from shariff_py.testing.stand_in import Received, StandIn

__all__ = ["Behaviour", "Received", "StandIn", "SteppingClock", "check_platform"]
