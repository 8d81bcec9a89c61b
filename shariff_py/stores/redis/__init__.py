"""The store for several machines: Redis, or Valkey, which speaks the same protocol.

What has to happen at once is a script, which the server runs alone (`scripts/common.lua` describes the keys). Leases run by the server's
clock, so machines whose clocks differ agree about them.
"""

from shariff_py.stores.redis.store import RedisStore

__all__ = ["RedisStore"]
