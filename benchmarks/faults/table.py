"""All faults, in the order of the table in ``docs/reliability.md``."""

from __future__ import annotations

from faults import floods, full_disk, kills, load, stores_gone, upstreams, wrong_clocks
from faults.outcome import Fault

FAULTS: tuple[Fault, ...] = (
    Fault("load", "ten minutes of an hour", load.ten_minutes),
    Fault("kills", "while the journal is written", kills.journal),
    Fault("kills", "while numbers are written", kills.counts),
    Fault("kills", "while reports are written", kills.reports),
    Fault("kills", "of the leader", kills.leader),
    Fault("disk full", "in a record of the journal", full_disk.journal),
    Fault("disk full", "in a write to the store", full_disk.store),
    Fault("disk full", "before a request is sent", full_disk.refresh),
    *(
        Fault("clocks", f"{name}: the journal", wrong_clocks.journal(wrong))
        for name, wrong in wrong_clocks.WRONG.items()
    ),
    *(Fault("clocks", f"{name}: counts", wrong_clocks.counts(wrong)) for name, wrong in wrong_clocks.WRONG.items()),
    Fault("clocks", "in 1970 and in 2099: reports", wrong_clocks.reports),
    Fault("stores gone", "SQLite file removed", stores_gone.sqlite(stores_gone.removed)),
    Fault("stores gone", "SQLite file restored from an older one", stores_gone.sqlite(stores_gone.restored)),
    Fault("stores gone", "SQLite file exchanged for a damaged one", stores_gone.sqlite(stores_gone.damaged)),
    Fault("stores gone", "SQLite file overwritten in place", stores_gone.sqlite(stores_gone.overwritten)),
    Fault("stores gone", "Redis stopped", stores_gone.redis_gone),
    Fault("stores gone", "Redis back empty", stores_gone.redis_emptied),
    *(
        Fault("hostile upstreams", name, upstreams.hostile(days, late=name == "too late"))
        for name, days in upstreams.KINDS.items()
    ),
    Fault("floods", "counts of addresses of 60,000 letters", floods.requests(3_000, floods.long_addresses)),
    Fault("floods", "counts of made-up pages of 1,900 letters", floods.requests(10_500, floods.made_up_pages)),
    Fault("floods", "counts from origins of 6,000 letters", floods.requests(6_000, floods.long_origins)),
    Fault("floods", "counts for services nobody has", floods.requests(3_000, floods.long_services)),
    Fault("floods", "languages nobody speaks", floods.requests(3_000, floods.languages)),
    Fault("floods", "content nobody has", floods.requests(6_000, floods.contents)),
    Fault("floods", "pages with gates, each different", floods.requests(1_500, floods.different_pages, site="wsgi")),
    Fault("floods", "bodies without an end, WSGI", floods.bodies("wsgi")),
    Fault("floods", "bodies without an end, ASGI", floods.bodies("asgi")),
    Fault("floods", "made-up reports of the policy", floods.reports),
    Fault("floods", "embeds on one page", floods.gates),
    Fault("floods", "half a request", floods.half_requests),
)
