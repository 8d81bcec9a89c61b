"""The one door out: nothing else opens a connection to a platform.

`fetcher` says what may go out and writes it into the journal before, `connection` sends it.
"""

from shariff_py.http_client.fetcher import SOFTWARE, Fetcher

__all__ = ["SOFTWARE", "Fetcher"]
