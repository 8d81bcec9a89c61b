"""Write docs/platforms.md and docs/reference-hosts.md from the records of all platforms.

    .venv/bin/python scripts/platform_docs.py            write them
    .venv/bin/python scripts/platform_docs.py --check    fail where the committed ones are not what would be written

Run it after changing a record, a company or a row of ``services.json``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from markdown_cells import NONE, codes, table
from platform_frames import by_kind, frame

from shariff_py.consent_ui.wording import disclosed
from shariff_py.doctor.facts import WARN_AFTER
from shariff_py.platforms import known
from shariff_py.platforms.company import FACTS, Company
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.preview_source import PreviewSource
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, names_of_modules
from shariff_py.response_policy.frames import ISOLATED_SANDBOX, SANDBOX
from shariff_py.texts import LANGUAGES

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMAND = "Run: .venv/bin/python scripts/platform_docs.py"

PLATFORMS = f"""\
# Platforms

What is known of each platform with content: how its content may be pasted, what its frame is given, who receives data. Written from the records
in `shariff_py/platforms/known/` by `scripts/platform_docs.py`; change it there. The hosts are in [tables of their own](reference-hosts.md).

- A platform is shown once it is [released](consent.md). Until then there is a block with an ordinary link to the page that people want.
- Addresses are invented examples. A name in braces stands for a part of the address, `{{address}}` for all of it, `{{server}}` for its host, `{{site}}`
  for the host of the page. Nothing else of an address is passed on, except for what is *taken over from pasted code*.
- Content is recognised by its address, in a pasted frame (forms of the past too), and in markup: elements with one of these classes or attributes,
  elements of these names.
- Every frame has a sandbox with
  `{SANDBOX}`.
  Device functions are off, except for those that are listed.
- What is *shown as a script* has no frame behind it. Its sandbox is `{ISOLATED_SANDBOX}`, and instead of a frame's address there is that of its
  script.
- `credentialless` keeps cookies and the login at the platform away from a frame, in Chromium only.
- The seat of a company does not say where data go. Countries are ISO 3166 codes. Joint control is only where the provider offers an arrangement for
  embedded content (GDPR Art. 26).
- **(?)** and *not confirmed*: no official document and no two independent sources were found for it. `shariff-py doctor` names it where the platform
  is released. It also names what was last checked more than {WARN_AFTER} days ago.
"""

HOSTS = """\
# Hosts

For firewalls, proxies and policies of a site's own. Written from the records by `scripts/platform_docs.py`, like [platforms](platforms.md).

Before a click a visitor's browser contacts none of these hosts. The policy of the site's pages needs none of them either: it stays at
`frame-src 'self'`.

## Content

The host of a frame is contacted after the click, and only in the frame. What the platform's own document loads then, from hosts below and from
others, is the platform's decision. *Held back* is everything on these hosts and below them; where a path is named, only what begins with it.
"""

BECOMES = {
    "gate": "a block with a link",
    "share": "a share link of the site's own",
    "link": "an ordinary link to what it showed",
    "nothing": "nothing; it is removed",
}


def main() -> int:
    """Write or check. Returns the exit status."""
    if "--check" in sys.argv[1:]:
        wrong = stale(DOCS)
        if wrong:
            print(f"Stale: {', '.join(wrong)}. {COMMAND}", file=sys.stderr)
        return 1 if wrong else 0
    for name, text in documents().items():
        (DOCS / name).write_text(text, encoding="utf-8")
    return 0


def stale(folder: Path) -> list[str]:
    """The documents in a folder that are not what would be written."""
    made = documents()
    return [name for name in made if not (folder / name).is_file() or (folder / name).read_text("utf-8") != made[name]]


def documents(records: Mapping[str, Platform] = REGISTRY) -> dict[str, str]:
    """The text of each document by its name."""
    by_title = sorted(records.values(), key=lambda record: record.title.lower())
    showing = [record for record in by_title if record.embeds]
    others = [record for record in by_title if not record.embeds]
    return {"platforms.md": platforms(showing, others), "reference-hosts.md": hosts(showing, others)}


def platforms(showing: Iterable[Platform], others: Iterable[Platform]) -> str:
    """All platforms with content, and the services that are only linked to or counted."""
    showing = list(showing)
    return "\n".join(
        [
            PLATFORMS,
            table(
                ("platform", "shows", "recipient", "seat", "data may go to", "joint control"), map(overview, showing)
            ),
            *map(section, showing),
            "## Services without content\n\nThey are only linked to, or their shares are counted. A link contacts them when it is followed.\n",
            table(("service", "link leads to", "recipient", "data may go to", "checked on"), map(service, others)),
        ]
    )


def overview(record: Platform) -> tuple[str, ...]:
    company = record.operator
    shows = dict.fromkeys(kind.shown_as for kind in shown(record))
    if company is None:
        return f"[{record.title}](#{anchor(record)})", ", ".join(shows), "who runs the server", NONE, NONE, "no"
    goes_to = company.transfer.country if company.transfer else "" if "transfer" in company.unconfirmed else NONE
    return (
        f"[{record.title}](#{anchor(record)})",
        ", ".join(shows),
        company.legal_name + mark(company, "legal_name"),
        company.country + mark(company, "country"),
        (goes_to + mark(company, "transfer")).strip(),
        "yes" if company.joint_control_url else "no",
    )


def mark(company: Company, field: str) -> str:
    return " (?)" if field in company.unconfirmed else ""


def section(record: Platform) -> str:
    """Everything about one platform with content."""
    kinds, gone = shown(record), [kind for kind in record.embeds if kind not in shown(record)]
    facts = [
        *(recipient(record.operator) if record.operator else ()),
        ("Told before the click", by_kind(kinds, lambda kind: disclosed(record, LANGUAGES["en"], kind))),
        *frame(record, kinds),
        *share(record),
        *([("[Preview](previews.md)", preview(record.previews))] if record.previews else ()),
        ("Checked on", record.checked_on.isoformat()),
    ]
    servers = (
        f'Anybody can run a server. The site names those it shows, and who runs each, in `[platforms.{record.name}.servers."HOST"]`; that is '
        "who receives the data then. Content of any other server stays a block with a link.\n\n"
    )
    parts = [
        f"## {record.title}\n\n{servers if record.any_server else ''}" + "".join(f"- **{n}**: {t}\n" for n, t in facts),
        table(("kind", "shown as", "addresses, for example", "pasted code", "frame"), map(row, kinds)),
    ]
    if gone:
        parts.append(table(("not shown", "pasted code", "ended on", "what takes its place"), map(former, gone)))
    if said := sources(record):
        parts.append(f"{said}\n")
    return "\n".join(parts)


def preview(source: PreviewSource) -> str:
    """What the server may fetch for gates, and why that is allowed."""
    return f"{', '.join(source.keeps)}, at most {source.days} days. {source.terms} Read on {source.read_on}"


def shown(record: Platform) -> list[EmbedKind]:
    return [kind for kind in record.embeds if kind.becomes == "gate" and kind.retired is None]


def recipient(company: Company) -> Iterable[tuple[str, str]]:
    """Who receives the data, where they may go, and what of that is not confirmed."""
    policy = f"[privacy policy]({company.privacy_url})"
    address = ", ".join(filter(None, [company.address, company.address_country]))
    yield "Recipient", f"{company.legal_name}, {address} (seat: {company.country}); {policy}"
    transfer = company.transfer
    if transfer is not None:
        ended = "" if transfer.in_force else ", no longer in force"
        basis = f"{transfer.mechanism}, decision {transfer.reference}{ended}, checked on {transfer.checked_on}"
        yield "Data may go to", f"{transfer.country}, on the basis of: {basis}"
    elif "transfer" in company.unconfirmed:
        yield "Data may go to", "countries that are not known, on a basis that is not known"
    else:
        yield "Data may go to", "no country outside the European Economic Area is known"
    joint = company.joint_control_url
    yield "Joint control", f"yes, by [its arrangement]({joint})" if joint else "no; the provider offers no arrangement"
    if company.unconfirmed:
        yield "Not confirmed", ", ".join(FACTS[name] for name in company.unconfirmed)
    yield "Recipient checked on", company.checked_on.isoformat()


def share(record: Platform) -> Iterable[tuple[str, str]]:
    link = record.share
    if link is not None and link.receiver:
        to = f"; data may go to {link.country}" if link.country else ""
        yield "Share link", f"leads to `{host_of(link.template)}`, received by {link.receiver}{to}"


def row(kind: EmbedKind) -> tuple[str, ...]:
    return kind.name, kind.shown_as, codes(kind.samples) or NONE, pasted(kind), codes(kind.frame)


def former(kind: EmbedKind) -> tuple[str, ...]:
    return kind.name, pasted(kind), kind.retired.isoformat() if kind.retired else NONE, BECOMES[kind.becomes]


def pasted(kind: EmbedKind) -> str:
    """The ways in which a kind of content stands in pages."""
    marked = [f'{name}="{value}"' for name, values in kind.markers.items() for value in sorted(values)]
    ways = (
        ("script" if kind.script else "frame") if kind.frames else "",
        f"class {codes(sorted(kind.classes))}" if kind.classes else "",
        f"attribute {codes(marked)}" if marked else "",
        f"element {codes(sorted(kind.tags))}" if kind.tags else "",
    )
    return ", ".join(filter(None, ways)) or NONE


def service(record: Platform) -> tuple[str, ...]:
    link = record.share
    to_whom = (link.receiver if link else "") or ("nobody: it stays on the device" if record.is_local else NONE)
    return (
        record.title,
        shared_to(record),
        to_whom,
        (link.country if link else "") or NONE,
        record.checked_on.isoformat(),
    )


def shared_to(record: Platform) -> str:
    """The host that a service's share link leads to."""
    return f"`{host_of(record.share.template)}`" if record.share and record.share.receiver else NONE


def hosts(showing: Iterable[Platform], others: Iterable[Platform]) -> str:
    """The hosts of all platforms, by what contacts them."""
    showing, others = list(showing), list(others)
    links = [
        (one.title, shared_to(one), codes(one.link_hosts) or NONE)
        for one in (*showing, *others)
        if one.link_hosts or (one.share and one.share.receiver)
    ]
    asked = [(record.title, codes(counted(record))) for record in (*showing, *others) if record.counts]
    return "\n".join(
        [
            HOSTS,
            table(("platform", "frame from", "held back"), map(content, showing)),
            "## Links\n\nOrdinary links: contacted when they are followed, never held back. The hosts in the last column name a service in reports.\n",
            table(("service", "share link leads to", "known to be its own"), sorted(links, key=lambda link: link[0].lower())),
            "## Counts\n\nContacted by the site's server, never by a browser, and only for services that are released and [counted](counts.md).\n",
            table(("service", "counts fetched from"), sorted(asked, key=lambda one: one[0].lower())),
        ]
    )  # fmt: skip


def content(record: Platform) -> tuple[str, ...]:
    from_hosts = codes(record.frame_hosts) or (NONE if not record.any_server else "servers that the site names")
    on_servers = "on any server, by its path: " + codes(dict.fromkeys((record.server_mark, *record.server_scripts)))
    held_back = filter(None, (codes((*record.hosts, *record.shared_hosts)), on_servers if record.any_server else ""))
    return record.title, from_hosts, "; ".join(held_back) or NONE


def counted(record: Platform) -> Iterable[str]:
    """The hosts that the counts of a service are fetched from; empty where the site names its own server."""
    source = record.counts
    token = source.token_request.host if source and source.token_request else ""
    return dict.fromkeys(host for host in (source.host if source else "", token) if host)


def sources(record: Platform) -> str:
    """What the record's own file says of its sources, and of what was not confirmed."""
    if record.name not in names_of_modules():
        return ""
    module = import_module(f"{known.__name__}.{record.name}")
    paths = getattr(module, "__path__", None)
    inside = [import_module(f"{module.__name__}.{one.name}") for one in iter_modules(paths)] if paths else []
    about_content = [module, *(one for one in inside if not hasattr(one, "SOURCE"))]
    return "\n\n".join(
        said for one in about_content for said in paragraphs(one) if said.startswith(("Source", "Not confirmed"))
    )


def paragraphs(module: ModuleType) -> list[str]:
    return [" ".join(text.split()).replace("``", "`") for text in (module.__doc__ or "").split("\n\n")]


def host_of(template: str) -> str:
    return template.removeprefix("https://").partition("/")[0] if template.startswith("https://") else ""


def anchor(record: Platform) -> str:
    return record.title.lower().replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main())
