"""The service behind the pages: counts from the store for visitors, questions to the platforms by the clock, never both at once."""

from shariff_py.service.refresher import RefreshResult
from shariff_py.service.scheduler import Scheduler
from shariff_py.service.service import ImportResult, Service
from shariff_py.service.signals import counts_updated

__all__ = ["ImportResult", "RefreshResult", "Scheduler", "Service", "counts_updated"]
