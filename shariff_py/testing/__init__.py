"""For tests and demonstrations: a mock server that replies as the platforms do, on this machine only, and a clock that is stepped."""

from shariff_py.testing.behaviour import Behaviour
from shariff_py.testing.clock import SteppingClock
from shariff_py.testing.stand_in import Received, StandIn

__all__ = ["Behaviour", "Received", "StandIn", "SteppingClock"]
