"""The scripts of platforms that anybody can run a server of. Their hosts are no platform's by name: they are those that the page shows
content from, and those that the settings name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from shariff_py.platforms.allowed_hosts import is_allowed
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import ON_ANY_SERVER, Table
from shariff_py.settings.model import Settings
from shariff_py.urls import Address

_NAME_OF_GROUP = re.compile(r"\?P<\w+>")


def _frames(platform: Platform) -> re.Pattern[str]:
    paths = (_NAME_OF_GROUP.sub("?:", form.path.pattern) for kind in platform.embeds for form in kind.frames)
    return re.compile(rf"//([a-z0-9.-]+)(?::[0-9]+)?(?:{'|'.join(paths)})", re.IGNORECASE)


WITH_SCRIPTS = Table(
    lambda: tuple((platform, _frames(platform)) for platform, _ in ON_ANY_SERVER() if platform.server_scripts)
)


class ServerScripts:
    """The servers whose content a page shows, but for those on a host of ``allow``."""

    def __init__(self, source: str, settings: Settings, allow: Sequence[str]) -> None:
        self._source = source
        self._settings = settings
        self._allow = allow

    def platform(self, script: Address) -> Platform | None:
        """The platform that a script at this address is the code of; ``None`` where it is the site's own, one that the settings allow, or anything else."""
        for platform, _ in WITH_SCRIPTS():
            if script.path in platform.server_scripts and script.host in self._hosts[platform.name]:
                return platform
        return None

    @cached_property
    def _hosts(self) -> dict[str, frozenset[str]]:
        return {
            platform.name: frozenset(
                host
                for host in (
                    *map(str.lower, frames.findall(self._source)),
                    *self._settings.platform(platform.name).servers,
                )
                if not is_allowed(platform, host, self._allow)
            )
            for platform, frames in WITH_SCRIPTS()
        }
