"""Kinds of fetch, and which of them a site's own policy already keeps from every platform (CSP 3, section 6.8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shariff_py.response_policy.csp import Policy, open_directives

FALLBACKS: Mapping[str, Sequence[str]] = {
    "connect-src": ("connect-src", "default-src"),
    "fenced-frame-src": ("fenced-frame-src", "frame-src", "child-src", "default-src"),
    "font-src": ("font-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "manifest-src": ("manifest-src", "default-src"),
    "media-src": ("media-src", "default-src"),
    "object-src": ("object-src", "default-src"),
    "script-src": ("script-src", "default-src"),
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "style-src": ("style-src", "default-src"),
    "style-src-elem": ("style-src-elem", "style-src", "default-src"),
    "worker-src": ("worker-src", "child-src", "script-src", "default-src"),
}
"""For each kind of fetch the directives that decide about it; the first one in a policy does."""

FALLING_BACK: Mapping[str, Sequence[str]] = {
    "frame-src": ("fenced-frame-src",),
    "script-src": ("script-src-elem", "worker-src"),
    "style-src": ("style-src-elem",),
}
"""The kinds that a directive in a policy of ours would decide about as well."""


def kept_by(policies: Iterable[Policy]) -> list[str]:
    """The directives in which a policy beside these need say nothing: one of them keeps every fetch of the kind from every platform."""
    closed = {kind for policy in policies for kind in _closed(policy)}
    left = [kind for kind in FALLBACKS if closed.issuperset({kind, *FALLING_BACK.get(kind, ())})]
    return [kind for kind in left if not any(kind in FALLING_BACK.get(other, ()) for other in left)]


def deciding_beside(policy: Policy, left: Iterable[str]) -> Policy:
    """The directives of a policy that decide about a kind of fetch which a policy of ours does not leave to it."""
    kinds = {kind for name in left for kind in (name, *FALLING_BACK.get(name, ()))}
    names = {name for kind, name in _deciding(policy).items() if kind not in kinds}
    return {name: policy[name] for name in policy if name in names}


def _closed(policy: Policy) -> set[str]:
    reaching = set(open_directives(policy))
    return {kind for kind, name in _deciding(policy).items() if name not in reaching}


def _deciding(policy: Policy) -> Mapping[str, str]:
    """For each kind of fetch that a policy says something about, the directive that decides."""
    found = {kind: next((name for name in chain if name in policy), "") for kind, chain in FALLBACKS.items()}
    return {kind: name for kind, name in found.items() if name}
