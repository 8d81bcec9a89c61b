"""A refresh cycle: the process that holds the lease fetches the counts that are due from every platform with a target."""

from __future__ import annotations

from collections.abc import Mapping

from shariff_py.counts.targets import Target
from shariff_py.service.leader_lease import LeaderLease
from shariff_py.service.platform_refresh import LEASE_LOST, PlatformRefresh, RefreshContext
from shariff_py.service.refresh_result import RefreshResult


class Refresher:
    """Runs refresh cycles over the targets."""

    def __init__(self, context: RefreshContext, targets: Mapping[str, Target], lease: LeaderLease) -> None:
        self._context = context
        self._targets = targets
        self._lease = lease

    def run(self, trigger: str, *, keep_lease: bool) -> RefreshResult:
        """One refresh cycle, unless another process is the leader. ``keep_lease``: stay the leader afterwards.

        Raises `StoreError` where the store fails.
        """
        fence = self._lease.acquire()
        if not fence:
            return RefreshResult(is_leader=False)
        try:
            with self._lease.keep_alive():
                return self._cycle(trigger, fence)
        finally:
            if not keep_lease:
                self._lease.release()

    def _cycle(self, trigger: str, fence: int) -> RefreshResult:
        done = RefreshResult(is_leader=True)
        for target in self._targets.values():
            done += PlatformRefresh(self._context, target, trigger, fence).run()
            if LEASE_LOST in done.failures.values():
                break
        return done
