"""The policy headers of the site's own pages: they block what no rewriter can see, such as a URL that a script builds.

Our Content-Security-Policy is sent beside the site's own, never in its place. All policies of a page are enforced (CSP 3, section 8.1), so
ours can only restrict further, and nothing of the site's is weakened. Ours says which hosts may be contacted and nothing about how scripts
are written: that is the site's decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from markupsafe import Markup

from shariff_py.response_policy.budget import LARGEST_HEAD, MOST_BYTES, WARNED_BEFORE, header_bytes, room_beside
from shariff_py.response_policy.csp import (
    FRAME_DIRECTIVES,
    POLICY,
    REPORT_ONLY,
    Headers,
    Policy,
    allows_frames_of,
    allows_host,
    allows_self,
    fetch_sources,
    header_values,
    keeps_platforms_out,
    names_no_platform,
    open_directives,
    parse_policies,
)
from shariff_py.response_policy.fetch_kinds import deciding_beside, kept_by
from shariff_py.response_policy.host_list import without_covered
from shariff_py.response_policy.reporting import report_directives, reporting_endpoints
from shariff_py.settings.model import Settings
from shariff_py.urls import parse

DEFAULT_HEADERS = {
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "attribution-reporting=(), browsing-topics=(), private-state-token-issuance=(), "
    "private-state-token-redemption=(), shared-storage=()",
}
"""Sent where the site sends none of its own.

Without the first, Chromium resolves the host names of links on plain http before they are followed (measured in 156). The second hides
from other sites where a visitor comes from, even the site's name. The third turns off features that serve advertising only;
browsers that have dropped one of them say so in their console, without further effect.
"""

LOCAL_SOURCES = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
"""Sources that contact no host but the site."""

MOST_BESIDE_HOSTS = 1_000
"""Bytes that our headers have beside the hosts that they name, at most."""

LIMITS = f"{MOST_BYTES:,} bytes for ours, {LARGEST_HEAD:,} with the site's own"

FRAMES = ("frame-src", "object-src")
"""What else than a page's own part a document may be shown in."""

LOCAL_FRAME_SCHEMES = ("data:", "blob:")
"""Schemes of documents that a page makes itself. In a frame they inherit the page's policy (measured in Chromium 156)."""

GATE_REQUIREMENTS = (
    (FRAME_DIRECTIVES, "the gate frame from being shown"),
    (("form-action",), "the button of a gate from working"),
    (("style-src-elem", "style-src", "default-src"), "the widget's style sheet from being used"),
    (("script-src-elem", "script-src", "default-src"), "the widget's script from running (gates work without it)"),
)
"""What a gate needs of the page's policy: the directives that decide, the first one in a policy does, and what fails without ``'self'``."""

ISOLATED_REQUIREMENTS = (FRAME_DIRECTIVES, ("form-action",))
"""What a gate on the isolated host needs of the page's policy: the directives that decide about its frame and about its button."""

SANDBOX_REQUIREMENTS = ("allow-forms", "allow-same-origin", "allow-scripts")
"""What a gate needs of a page's ``sandbox``."""


HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
"""Media types of the responses that carry the policy."""


def policy_headers(settings: Settings, given: Headers) -> list[tuple[str, str]]:
    """The headers to add to an HTML response with the headers ``given``; empty where all are there already.

    What the site sends stays as it is. Where one of its own enforced policies keeps every fetch from all platforms already, ours would
    repeat it and is not sent. Otherwise hosts that its policies name, enforced or only reported, are allowed by ours, unless they match
    a platform in the registry: a platform's host, a wildcard above one, a whole scheme. Nonces, hashes and ``'strict-dynamic'`` keep
    working in the site's policy and are not repeated: a script may pass its nonce to another one whose URL it built. What they allow
    is fetched from the site itself and from the hosts that are named, there or in ``gate.allow``.

    With more than one host ours are two policies in one value, separated by a comma: the first names the hosts, the second takes from
    frames and objects what only other fetches may have, so that no host is named twice.

    Together they have at most `MOST_BYTES`, and less where the site's own headers leave less room. Where naming every host would take more,
    no list is cut: ours leaves to the site's own policy each kind of fetch that it already keeps from all platforms, and names only the
    hosts that the others need. Only beyond `MOST_BYTES` it names fewer. `size_problems` says so.
    """
    room = room_beside(given)
    candidates = _candidates(settings, given)
    tried: list[list[tuple[str, str]]] = []
    for headers in islice(candidates, 2):
        tried.append(headers)
        if header_bytes(headers) <= room:
            return headers
    rest = list(chain(tried, candidates))
    return next((headers for headers in rest if header_bytes(headers) <= MOST_BYTES), rest[-1])


def size_problems(settings: Settings, given: Headers) -> list[str]:
    """Whether `policy_headers` come near their limit, or could not name every host: a sentence with the fix."""
    own = (*settings.own_sources, *settings.gate.allow, *header_values(given, POLICY, REPORT_ONLY))
    room = room_beside(given)
    if sum(map(len, own)) < room - WARNED_BEFORE - MOST_BESIDE_HOSTS:
        return []
    size = header_bytes(next(_candidates(settings, given)))
    if size <= room - WARNED_BEFORE or size <= MOST_BESIDE_HOSTS:
        return []
    ways = list(dict.fromkeys(d for p in parse_policies(header_values(given, POLICY)) for d in open_directives(p)))
    what = f"no *, scheme or nonce in {', '.join(ways)}" if ways else "default-src and hosts for what it loads"
    cure = (
        "Name a wildcard (*.example.org) in place of the hosts below it, or let the site's own policy say by itself what may be "
        f"contacted ({what}): then ours repeats no host."
    )
    if size <= room:
        return [f"The headers of a page are nearly as long as they may be ({LIMITS}). {cure}"]
    return [
        f"The headers of a page would be longer than they may be ({LIMITS}), so ours leave out hosts that the site names: where the "
        f"site's own policy lets a platform through, these hosts are blocked. {cure}"
    ]


def _candidates(settings: Settings, given: Headers) -> Iterator[list[tuple[str, str]]]:
    """The headers to add, first as they should be, then each time shorter and stricter."""
    present = {name.lower() for name, _ in given}
    rest = [(name, value) for name, value in DEFAULT_HEADERS.items() if name.lower() not in present]
    name = {"enforce": POLICY, "report-only": REPORT_ONLY}.get(settings.headers.policy)
    policies = list(parse_policies(header_values(given, POLICY)))
    theirs = any(keeps_platforms_out(policy) for policy in policies)
    if name is None or theirs or any(map(_is_ours, parse_policies(header_values(given, name)))):
        yield rest
        return
    policies += parse_policies(header_values(given, REPORT_ONLY))
    endpoint, endpoints = reporting_endpoints(settings, given)
    kept: Sequence[str] = ()
    for hosts, kept in _shorter_and_shorter(settings, policies, header_values(given, POLICY)):
        ours = ", ".join(_policies(settings, policies, hosts, endpoint, left=kept))
        yield [(name, ours), *endpoints, *rest]
    # Below a mount point with a long name, where reports go is longer than all the rest.
    yield [(name, ", ".join(_policies(settings, policies, [], "", reports=False, left=kept))), *rest]


def _shorter_and_shorter(
    settings: Settings, policies: Sequence[Policy], enforced: Iterable[str]
) -> Iterator[tuple[list[str], list[str]]]:
    """The hosts that ours may name, and the kinds of fetch that it leaves to the site's own policy."""
    yield _hosts(settings, policies), []
    left = kept_by(parse_policies(enforced))
    yield _hosts(settings, [deciding_beside(policy, left) for policy in policies]), left
    yield _hosts(settings, ()), left
    yield without_covered(source for source in settings.own_sources if names_no_platform(source)), left
    yield [], left


def _hosts(settings: Settings, policies: Iterable[Policy]) -> list[str]:
    """The hosts that ours allows: the site's own, those of ``gate.allow``, and those its policies name, each once."""
    named = [source for policy in policies for source in fetch_sources(policy)]
    sources = [*settings.own_sources, *settings.gate.allow, *named]
    return without_covered(
        source for source in dict.fromkeys(sources) if names_no_platform(source, settings.gate.allow)
    )


def _policies(
    settings: Settings,
    site_policies: Iterable[Policy],
    hosts: Sequence[str],
    endpoint: str,
    *,
    reports: bool = True,
    left: Sequence[str] = (),
) -> list[str]:
    """Our policies: what may be contacted, and what frames and objects may not have of it. The directives ``left`` allow everything."""
    policies = list(site_policies)
    after = report_directives(settings, endpoint) if reports else ""
    named = [" ".join([f"default-src {LOCAL_SOURCES}", *hosts])]
    named += [f"{directive} {' '.join(_everything(directive))}" for directive in left]
    local = [s for s in LOCAL_FRAME_SCHEMES if any(allows_frames_of(s, policy) for policy in policies)]
    if len(local) == len(LOCAL_FRAME_SCHEMES):
        return ["; ".join(named) + after]
    short = len(hosts) < 2 and not left
    sources = " ".join(["'self'" if short else "*", *local, *(hosts if short else ())])
    frames = [f"{directive} {sources}" for directive in FRAMES if directive not in left]
    parts = [[*named, *frames]] if short else [named, frames]
    return ["; ".join(part) + after for part in parts if part]


def policy_meta(settings: Settings) -> Markup:
    """The same as elements to be first in ``head``, for pages whose headers cannot be set.

    A ``meta`` element applies to what comes after it, is always enforced, and reports nothing (CSP 3, section 3.3); it does not affect
    hints that the server sends as ``Link`` headers.
    """
    elements = [
        Markup('<meta http-equiv="{}" content="{}">').format(POLICY, value) for value in meta_policies(settings)
    ]
    elements.append(Markup('<meta http-equiv="x-dns-prefetch-control" content="off">'))
    elements.append(Markup('<meta name="referrer" content="{}">').format(DEFAULT_HEADERS["Referrer-Policy"]))
    return Markup("\n").join(elements)


def meta_policies(settings: Settings) -> list[str]:
    """The policies that `policy_meta` puts into a page, none unless they are enforced."""
    if settings.headers.policy != "enforce":
        return []
    return _policies(settings, (), _hosts(settings, ()), "", reports=False)


def gate_problems(settings: Settings, given: Headers) -> list[str]:
    """What in the site's own policy prevents gates from opening, a sentence each with the fix. We never loosen a site's policy."""
    origin = parse(settings.site.origin)
    found = []
    for policy in parse_policies(header_values(given, POLICY)):
        for directives, what in GATE_REQUIREMENTS:
            directive = next((name for name in directives if name in policy), None)
            if directive is not None and not allows_self(policy[directive], origin.host if origin else ""):
                found.append(f"The site's own policy keeps {what}: add 'self' to {directive}.")
        found += _isolated_problems(settings, policy)
        if "sandbox" in policy:
            allowed = {word.lower() for word in policy["sandbox"]}
            found += [
                f"The site's own policy puts the page into a sandbox in which no gate opens: add {word} to sandbox."
                for word in SANDBOX_REQUIREMENTS
                if word not in allowed
            ]
    return list(dict.fromkeys(found))


def _isolated_problems(settings: Settings, policy: Policy) -> Iterator[str]:
    isolated = parse(settings.frame.isolated_origin)
    for directives in ISOLATED_REQUIREMENTS if isolated else ():
        directive = next((name for name in directives if name in policy), None)
        if isolated and directive is not None and not allows_host(policy[directive], isolated.host):
            yield f"The site's own policy keeps out what is shown on the isolated host: add {isolated.origin} to {directive}."


def _is_ours(policy: Policy) -> bool:
    """Whether this is a policy of ours, from an extension or a middleware further inside."""
    local = LOCAL_SOURCES.split()
    return list(policy.get("default-src", ()))[: len(local)] == local and all(
        list(policy[name]) == _everything(name) for name in open_directives(policy)
    )


def _everything(directive: str) -> list[str]:
    """Sources that allow everything, for a directive about which the site's own policy decides."""
    written = ["'unsafe-inline'", "'unsafe-eval'"] if directive.startswith(("script-", "style-")) else []
    return ["*", *written, "data:", "blob:"]
