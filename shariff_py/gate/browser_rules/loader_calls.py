"""What a script that is nothing but a loader or a pixel uses of a browser and of jQuery, by the object that each call belongs to."""

from __future__ import annotations

from shariff_py.gate.browser_rules.script_sinks import FETCHING_CONSTRUCTORS

BROWSER_NAMES = frozenset(
    {
        "location", "navigator", "screen", "Math", "Array", "Object", "CSS", "arguments", "fetch", "importScripts", "setTimeout",
        "requestIdleCallback", "encodeURIComponent", "escape", "addEventListener", "attachEvent", "onload",
    }
)  # fmt: skip
"""Global names that are no page's own, besides constructors, the window, its document and jQuery."""

CONSTRUCTORS = FETCHING_CONSTRUCTORS | {"Image", "XMLHttpRequest"}
"""What makes an object that loads."""
OTHER_CONSTRUCTORS = frozenset({"Date", "URL", "Blob"})

LOADING_ELEMENTS = frozenset(
    {"script", "img", "iframe", "link", "embed", "object", "video", "audio", "source", "image"}
)
"""Elements that a loader makes."""

FUNCTIONS = frozenset({"setTimeout", "requestIdleCallback", "encodeURIComponent", "escape", "$", "jQuery"})
"""Functions of the browser and of jQuery; `addEventListener` and others are the window's methods."""
FETCHING_FUNCTIONS = frozenset({"fetch", "import", "importScripts"})

LOOKUPS = frozenset({"getElementsByTagName", "getElementById", "querySelector", "querySelectorAll"})
"""Methods of a document, or of an element in it, that find another one."""
PLACES = frozenset(
    {
        "head", "body", "documentElement", "currentScript", "parentNode", "parentElement", "firstChild", "lastChild", "nextSibling",
        "scripts",
    }
)  # fmt: skip
"""Properties of a document, or of an element in it, that are elements."""

MAKING = frozenset({"createElement", "createElementNS"})
LISTENING = frozenset({"addEventListener", "attachEvent"})
WRITING = frozenset({"write", "writeln", "createContextualFragment"})
INSERTING = {
    "appendChild": 0, "append": 0, "prepend": 0, "insertBefore": 0, "before": 0, "after": 0, "replaceWith": 0, "replaceChild": 0,
    "insertAdjacentElement": 1, "insertAdjacentHTML": 1,
}  # fmt: skip
"""Methods that insert an element or markup, with the number of the argument that is it."""

MADE_METHODS = (
    frozenset({"send", "createDataChannel", "createOffer", "setLocalDescription", "addIceCandidate"}) | LISTENING
)
"""Methods of an element, request or connection that the script has made."""
MADE_PARTS = frozenset({"style", "dataset"})
"""Properties of such an element that are part of it."""
MADE_FETCHING = frozenset({"open"})
SETTING = frozenset({"setAttribute", "setAttributeNS"})

FUNCTION_METHODS = frozenset({"apply", "call", "bind", "push"})
"""Methods of a function of the script's own, and of a queue that it keeps at it."""
PURE_METHODS = frozenset(
    {"random", "floor", "round", "now", "getTime", "toString", "slice", "indexOf", "createObjectURL"}
)
"""Methods that only return something."""
NAVIGATOR_FETCHING = frozenset({"sendBeacon", "register", "addModule"})
PROMISE_METHODS = frozenset({"then", "catch", "finally"})

LIBRARY_FETCHING = frozenset({"getScript", "getJSON", "ajax", "get", "post"})
LIBRARY_INSERTING = frozenset({"html", "append", "prepend", "before", "after", "replaceWith", "attr", "prop", "load"})
"""Methods of what jQuery has found, where they are given the platform's address."""
