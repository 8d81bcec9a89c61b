"""The HTTP client: the only place that opens connections to platforms.

`fetcher` decides what may be sent and writes it to the journal first, `connection` sends it.
"""

from shariff_py.http_client.fetcher import SOFTWARE, Fetcher

__all__ = ["SOFTWARE", "Fetcher"]
