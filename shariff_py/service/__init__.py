"""The service behind the pages: counts are read from the store for visitors and fetched from platforms on a schedule, never both at once."""

from shariff_py.service.refresh_result import RefreshResult
from shariff_py.service.scheduler import Scheduler
from shariff_py.service.service import Service
from shariff_py.service.signals import counts_updated
from shariff_py.service.tracked_pages import ImportResult

__all__ = ["ImportResult", "RefreshResult", "Scheduler", "Service", "counts_updated"]
