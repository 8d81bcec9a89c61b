"""The policy headers of the site's own pages: they hold what no rewriter can see, such as an address that a script puts together.

Our Content-Security-Policy is sent beside the site's own, never in its place. Policies beside each other are all enforced (CSP 3,
section 8.1), so ours can only take away, and nothing of the site's is weakened. Ours says who may be contacted and nothing about how
scripts are written: that is the site's own affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.settings.model import Settings
from shariff_py.urls import host_allowed, parse

Headers = Sequence[tuple[str, str]]

POLICY = "Content-Security-Policy"
REPORT_ONLY = "Content-Security-Policy-Report-Only"

BESIDE = {
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "attribution-reporting=(), browsing-topics=(), private-state-token-issuance=(), "
    "private-state-token-redemption=(), shared-storage=()",
}
"""Sent where the site says nothing of its own.

Without the first, Chromium looks up the names of links on plain http before anybody follows them (measured in 156). The second tells
other sites nothing of where a visitor comes from, not even the site's name. The third takes away what serves advertising only; browsers
that have dropped such a feature say so in their console, and nothing else comes of it.
"""

FETCHES = frozenset(
    {
        "child-src", "connect-src", "default-src", "fenced-frame-src", "font-src", "frame-src", "img-src", "manifest-src", "media-src",
        "object-src", "prefetch-src", "script-src", "script-src-elem", "style-src", "style-src-elem", "worker-src",
    }
)  # fmt: skip
"""Directives that name hosts something is fetched from (CSP 3, section 6.1)."""

LOCAL = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
"""What contacts nobody but the site."""

MADE_HERE = ("data:", "blob:")
"""Documents a page makes itself. In a frame they are held by the page's policy as the page is (measured in Chromium 156)."""

FRAMES = ("frame-src", "child-src", "default-src")
"""The directives that decide about frames, the nearest first."""

HOST_SOURCE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?P<host>\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(?:[0-9]+|\*))?(?:/[!-+\--:<-~]*)?",
    re.IGNORECASE,
)
"""A host as a source (CSP 3, section 2.3.1)."""

SPACE = re.compile(r"[\t\n\f\r ]+")
"""What stands between the words of a policy; other white space is part of a word."""


def policy_headers(settings: Settings, given: Headers) -> list[tuple[str, str]]:
    """The headers to add to an HTML answer that has the headers ``given``; empty where everything is there already.

    What the site sends stays as it is. What its own policies name by host, enforced or only reported, is let through by ours, unless a
    platform of the registry could be reached by it: a platform's host, a wildcard above one, a whole scheme. Nonces, hashes and
    ``'strict-dynamic'`` hold on as the site's affair and are not repeated: a script may lend its nonce to another one whose address it
    put together. What they vouch for is fetched from the site itself and from the hosts that are named, there or in ``gate.allow``.
    """
    present = {name.lower() for name, _ in given}
    added = [(name, value) for name, value in BESIDE.items() if name.lower() not in present]
    name = {"enforce": POLICY, "report-only": REPORT_ONLY}.get(settings.headers.policy)
    if name is None:
        return added
    ours = contact_policy(settings, _values(given, POLICY, REPORT_ONLY))
    (expected,) = _policies([ours])
    already = any(_same(expected, policy) for policy in _policies(_values(given, name)))
    return added if already else [(name, ours), *added]


def contact_policy(settings: Settings, theirs: Iterable[str] = (), *, reports: bool = True) -> str:
    """Our policy. ``theirs`` are the site's own, as the header has them; ``reports`` asks browsers to tell what was held back."""
    policies = list(_policies(theirs))
    named = [source for policy in policies for source in _hosts(policy)]
    sources = [*settings.own_hosts, *settings.gate.allow, *named]
    hosts = "".join(f" {source}" for source in dict.fromkeys(sources) if _is_harmless(source))
    made = "".join(f" {scheme}" for scheme in MADE_HERE if any(_frames_may_be(scheme, policy) for policy in policies))
    parts = [f"default-src {LOCAL}{hosts}", f"frame-src 'self'{made}{hosts}", f"object-src 'self'{made}{hosts}"]
    if reports and settings.headers.reports:
        parts.append(f"report-uri {settings.frame.prefix}/csp-report")
    return "; ".join(parts)


def policy_meta(settings: Settings) -> Markup:
    """The same for pages whose headers cannot be set, to stand first in ``head``.

    A ``meta`` element holds for what comes after it, is always enforced, and reports nothing (CSP 3, section 3.3); hints that the
    server sends as ``Link`` headers are beyond it.
    """
    elements = [Markup('<meta http-equiv="{}" content="{}">').format(POLICY, contact_policy(settings, reports=False))]
    if settings.headers.policy != "enforce":
        elements = []
    elements.append(Markup('<meta http-equiv="x-dns-prefetch-control" content="off">'))
    elements.append(Markup('<meta name="referrer" content="{}">').format(BESIDE["Referrer-Policy"]))
    return Markup("\n").join(elements)


def obstacles(settings: Settings, given: Headers) -> list[str]:
    """What in the site's own policy keeps gates from opening, a sentence each with the cure. We never loosen a site's policy."""
    origin = parse(settings.site.origin)
    found = []
    for policy in _policies(_values(given, POLICY)):
        for directives, what in NEEDED:
            directive = next((name for name in directives if name in policy), None)
            if directive is not None and not _admits_self(policy[directive], origin.host if origin else ""):
                found.append(f"The site's own policy keeps {what}: add 'self' to {directive}.")
        if "sandbox" in policy:
            allowed = {word.lower() for word in policy["sandbox"]}
            found += [
                f"The site's own policy puts the page into a sandbox in which no gate opens: add {word} to sandbox."
                for word in ("allow-forms", "allow-same-origin", "allow-scripts")
                if word not in allowed
            ]
    return list(dict.fromkeys(found))


NEEDED = (
    (FRAMES, "the gate frame from being shown"),
    (("form-action",), "the button of a gate from working"),
    (("style-src-elem", "style-src", "default-src"), "the widget's style sheet from being used"),
    (("script-src-elem", "script-src", "default-src"), "the widget's script from running (gates work without it)"),
)
"""What a gate needs of the page's policy: the directives that decide, the nearest first, and what fails without them."""


def server_snippets(settings: Settings) -> Mapping[str, str]:
    """The headers as configuration of web servers, by file name: ``_headers`` (Netlify, Cloudflare Pages), nginx and Apache.

    Each adds to what is set elsewhere and replaces no policy. What lies below the prefix is left alone: a gate frame that a server
    behind this one answers with has a policy of its own, which a second one would close.
    """
    lines = policy_headers(settings, [])
    netlify = ["/*", *(f"  {name}: {value}" for name, value in lines)]
    below = settings.frame.prefix.replace(".", r"\.")
    nginx, apache = [], ["<IfModule mod_headers.c>"]
    for number, (name, value) in enumerate(lines):
        nginx += [
            f'set $shariff_{number} "{value}";',
            f'if ($uri ~ "^{below}/") {{ set $shariff_{number} ""; }}',
            f"add_header {name} $shariff_{number} always;",
        ]
        how = "add" if name in {POLICY, REPORT_ONLY} else "setifempty"
        apache.append(f'  Header always {how} {name} "{value}" "expr=%{{REQUEST_URI}} !~ m#^{below}/#"')
    apache.append("</IfModule>")
    texts = {"_headers": netlify, "shariff-nginx.conf": nginx, "shariff-apache.conf": apache}
    return {name: "\n".join(text) + "\n" for name, text in texts.items()}


def _values(given: Headers, *names: str) -> list[str]:
    wanted = {name.lower() for name in names}
    return [value for name, value in given if name.lower() in wanted]


def _policies(values: Iterable[str]) -> Iterator[Mapping[str, Sequence[str]]]:
    """The policies in header values: directives by lower-case name with their sources; of a repeated one the first counts.

    Read as CSP 3, section 2.2.1 says; what is no directive is passed over.
    """
    for value in values:
        for serialized in value.split(","):
            policy: dict[str, Sequence[str]] = {}
            for directive in serialized.split(";"):
                words = [word for word in SPACE.split(directive) if word]
                if words:
                    policy.setdefault(words[0].lower(), words[1:])
            if policy:
                yield policy


def _hosts(policy: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a policy names that could be a host."""
    for directive, sources in policy.items():
        if directive in FETCHES:
            yield from sources


def _is_harmless(source: str) -> bool:
    """Whether a source names hosts of which none is a platform's. Schemes, keywords, nonces and hashes name none at all."""
    match = HOST_SOURCE.fullmatch(source)
    return match is not None and not _reaches_platform(match["host"].lower().rstrip("."))


def _frames_may_be(scheme: str, policy: Mapping[str, Sequence[str]]) -> bool:
    deciding = next((name for name in FRAMES if name in policy), None)
    return deciding is not None and scheme in (source.lower() for source in policy[deciding])


def _reaches_platform(host: str) -> bool:
    bare = host.removeprefix("*.")
    if host == "*" or platform_of(bare) is not None:
        return True
    above = host.startswith("*.") or "." not in bare
    return above and any(name == bare or name.endswith(f".{bare}") for p in REGISTRY.values() for name in p.hosts)


def _admits_self(sources: Sequence[str], own: str) -> bool:
    for source in map(str.lower, sources):
        # A nonce or a hash vouches for what carries it, and the site puts it on what it wants.
        if source in {"'self'", "*", "https:", "http:"} or source.startswith(("'nonce-", "'sha")):
            return True
        host = HOST_SOURCE.fullmatch(source)
        if host and own and host_allowed(own, [host["host"]]):
            return True
    return False


def _same(ours: Mapping[str, Sequence[str]], policy: Mapping[str, Sequence[str]]) -> bool:
    """Whether a policy is ours, wherever its reports go: an extension below another path has another address for them."""
    return all(
        set(ours.get(name, ())) == set(policy.get(name, ())) for name in (ours.keys() | policy.keys()) - {"report-uri"}
    )
