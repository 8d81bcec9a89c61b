"""What docs/platforms.md says of a platform's frames: where they come from, what their address has, what they may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markdown_cells import NONE, codes

from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.record import Platform


def frame(record: Platform, kinds: list[EmbedKind]) -> Iterable[tuple[str, str]]:
    """What the frames of a platform are given."""
    of_servers = "the server" if record.any_server else NONE
    rows: dict[str, Callable[[EmbedKind], str]] = {
        "Frame from": lambda kind: codes(kind.frame_hosts) or of_servers,
        "Always in its address": lambda kind: codes(always_there(kind)) or NONE,
        "Taken over from pasted code": taken_over,
        "Size": size,
        "Referrer": lambda kind: f"`{kind.referrer}`",
        "Device functions": lambda kind: codes(kind.features) or "none",
        "Added to the sandbox": lambda kind: codes(kind.sandbox) or "nothing",
        "`credentialless`": lambda kind: f"no: {kind.with_credentials}" if kind.with_credentials else "yes",
    }
    if any(kind.script for kind in kinds):
        place = "a script, on the [isolated host](isolated-host.md) alone"
        rows["Shown as"] = lambda kind: place if kind.script else "a frame"
    return ((name, by_kind(kinds, say)) for name, say in rows.items()) if kinds else ()


def by_kind(kinds: list[EmbedKind], say: Callable[[EmbedKind], str]) -> str:
    """What is said of all kinds, or what of which."""
    said: dict[str, list[str]] = {}
    for kind in kinds:
        said.setdefault(say(kind), []).append(kind.name)
    return "; ".join(text + (f" ({', '.join(names)})" if len(said) > 1 else "") for text, names in said.items())


def always_there(kind: EmbedKind) -> Iterable[str]:
    """The parameters that are the same in every frame of a kind, those for privacy among them."""
    pairs = [pair for template in kind.frame for pair in template.partition("?")[2].split("&")]
    return dict.fromkeys(pair for pair in pairs if pair and "{" not in pair)


def size(kind: EmbedKind) -> str:
    """What a frame measures by itself: what its address then takes, or what is the record's for it."""
    taken = {parameter.name: parameter.default for parameter in kind.parameters if parameter.default}
    width, height = taken.get("width", kind.size.width), taken.get("height", kind.size.height)
    return f"{width} × {height} pixels where the code has none"


def taken_over(kind: EmbedKind) -> str:
    names = codes(dict.fromkeys(parameter.name for parameter in kind.parameters if parameter.in_frame))
    pasted = "its size" if any(not parameter.in_frame for parameter in kind.parameters) else ""
    return ", ".join(filter(None, (names, pasted))) or NONE
