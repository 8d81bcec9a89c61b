"""The policy headers of the site's own pages: they block what no rewriter can see, such as a URL that a script builds.

Our Content-Security-Policy is sent beside the site's own, never in its place. All policies of a page are enforced (CSP 3, section 8.1), so
ours can only restrict further, and nothing of the site's is weakened. Ours says which hosts may be contacted and nothing about how scripts
are written: that is the site's decision.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from shariff_py.response_policy.csp import (
    FRAME_DIRECTIVES,
    POLICY,
    REPORT_ONLY,
    Headers,
    Policy,
    allows_frames_of,
    allows_self,
    fetch_sources,
    header_values,
    names_no_platform,
    parse_policies,
)
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

LOCAL_FRAME_SCHEMES = ("data:", "blob:")
"""Schemes of documents that a page makes itself. In a frame they inherit the page's policy (measured in Chromium 156)."""

GATE_REQUIREMENTS = (
    (FRAME_DIRECTIVES, "the gate frame from being shown"),
    (("form-action",), "the button of a gate from working"),
    (("style-src-elem", "style-src", "default-src"), "the widget's style sheet from being used"),
    (("script-src-elem", "script-src", "default-src"), "the widget's script from running (gates work without it)"),
)
"""What a gate needs of the page's policy: the directives that decide, the first one in a policy does, and what fails without ``'self'``."""

SANDBOX_REQUIREMENTS = ("allow-forms", "allow-same-origin", "allow-scripts")
"""What a gate needs of a page's ``sandbox``."""


HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
"""Media types of the responses that carry the policy."""


def policy_headers(settings: Settings, given: Headers) -> list[tuple[str, str]]:
    """The headers to add to an HTML response with the headers ``given``; empty where all are there already.

    What the site sends stays as it is. Hosts that its own policies name, enforced or only reported, are allowed by ours, unless they match
    a platform in the registry: a platform's host, a wildcard above one, a whole scheme. Nonces, hashes and ``'strict-dynamic'`` keep
    working in the site's policy and are not repeated: a script may pass its nonce to another one whose URL it built. What they allow
    is fetched from the site itself and from the hosts that are named, there or in ``gate.allow``.
    """
    present = {name.lower() for name, _ in given}
    added = [(name, value) for name, value in DEFAULT_HEADERS.items() if name.lower() not in present]
    name = {"enforce": POLICY, "report-only": REPORT_ONLY}.get(settings.headers.policy)
    if name is None:
        return added
    value = contact_policy(settings, header_values(given, POLICY, REPORT_ONLY))
    (expected,) = parse_policies([value])
    already = any(_are_same(expected, policy) for policy in parse_policies(header_values(given, name)))
    return added if already else [(name, value), *added]


def contact_policy(settings: Settings, site_policies: Iterable[str] = (), *, reports: bool = True) -> str:
    """Our policy. ``site_policies`` are the values of the site's own headers; ``reports`` has browsers report what was blocked."""
    policies = list(parse_policies(site_policies))
    named = [source for policy in policies for source in fetch_sources(policy)]
    sources = [*settings.own_hosts, *settings.gate.allow, *named]
    hosts = "".join(f" {source}" for source in dict.fromkeys(sources) if names_no_platform(source))
    local = "".join(f" {s}" for s in LOCAL_FRAME_SCHEMES if any(allows_frames_of(s, policy) for policy in policies))
    parts = [
        f"default-src {LOCAL_SOURCES}{hosts}",
        f"frame-src 'self'{local}{hosts}",
        f"object-src 'self'{local}{hosts}",
    ]
    if reports and settings.headers.reports:
        parts.append(f"report-uri {settings.frame.prefix}/csp-report")
    return "; ".join(parts)


def policy_meta(settings: Settings) -> Markup:
    """The same as elements to be first in ``head``, for pages whose headers cannot be set.

    A ``meta`` element applies to what comes after it, is always enforced, and reports nothing (CSP 3, section 3.3); it does not affect
    hints that the server sends as ``Link`` headers.
    """
    elements = [Markup('<meta http-equiv="{}" content="{}">').format(POLICY, contact_policy(settings, reports=False))]
    if settings.headers.policy != "enforce":
        elements = []
    elements.append(Markup('<meta http-equiv="x-dns-prefetch-control" content="off">'))
    elements.append(Markup('<meta name="referrer" content="{}">').format(DEFAULT_HEADERS["Referrer-Policy"]))
    return Markup("\n").join(elements)


def gate_problems(settings: Settings, given: Headers) -> list[str]:
    """What in the site's own policy prevents gates from opening, a sentence each with the fix. We never loosen a site's policy."""
    origin = parse(settings.site.origin)
    found = []
    for policy in parse_policies(header_values(given, POLICY)):
        for directives, what in GATE_REQUIREMENTS:
            directive = next((name for name in directives if name in policy), None)
            if directive is not None and not allows_self(policy[directive], origin.host if origin else ""):
                found.append(f"The site's own policy keeps {what}: add 'self' to {directive}.")
        if "sandbox" in policy:
            allowed = {word.lower() for word in policy["sandbox"]}
            found += [
                f"The site's own policy puts the page into a sandbox in which no gate opens: add {word} to sandbox."
                for word in SANDBOX_REQUIREMENTS
                if word not in allowed
            ]
    return list(dict.fromkeys(found))


def _are_same(one: Policy, other: Policy) -> bool:
    """Whether a policy is ours. The report address may differ: an extension mounted below another path has its own."""
    return all(
        set(one.get(name, ())) == set(other.get(name, ())) for name in (one.keys() | other.keys()) - {"report-uri"}
    )
