"""What a script can do with an address or with markup: which functions, constructors and properties fetch it, insert it, or only compare it.

Names are those of browsers and of the libraries that pages load scripts and data with (jQuery, axios, RequireJS, SystemJS, SeaJS).
"""

from __future__ import annotations

import re

FETCHING_FUNCTIONS = frozenset(
    {
        "fetch", "import", "importScripts", "sendBeacon", "addModule", "getScript", "getJSON", "loadScript", "loadCSS", "insertScript",
        "preconnect", "load", "axios", "ajax",
    }
)  # fmt: skip
"""Functions and methods, by their last name, that fetch an address given as an argument, or as ``url`` or ``src`` of an object."""

REQUESTING_METHODS = re.compile(
    r"(?:[\w$]+\.)*(?:(?:\$|jQuery|axios|http|\$http)\.(?:get|post|put|head|request)|serviceWorker\.register|xhr\.open)"
)
"""Methods that fetch only as those of these objects."""

FETCHING_CONSTRUCTORS = frozenset(
    {
        "Worker",
        "SharedWorker",
        "WebSocket",
        "EventSource",
        "Audio",
        "Request",
        "WebTransport",
        "FontFace",
        "RTCPeerConnection",
    }
)

FETCHED_PROPERTIES = frozenset(
    {"src", "srcset", "imageSrcset", "poster", "dynsrc", "lowsrc", "background", "ping", "data-src", "data-srcset"}
)
"""Properties and attributes of elements whose value is fetched on any element that has them."""

FETCHED_ATTRIBUTES = FETCHED_PROPERTIES | {"data", "xlink:href", "imagesrcset"}
"""Those that are fetched when set by ``setAttribute``."""

URL_LISTS = "srcset"
"""The end of the names, in lower case, of those that are lists of addresses."""

LINKED_PROPERTIES = frozenset({"href"})
"""Fetched on ``link`` and on SVG elements, followed by hand on others."""

FETCHED_KEYS = frozenset({"src", "srcset", "poster"})
FETCHED_REQUEST_KEYS = FETCHED_KEYS | {"url", "urls", "href"}
"""Keys of an object that is handed to a function: those of an element that it makes, and those of a request."""

MARKUP_PROPERTIES = frozenset({"innerHTML", "outerHTML", "srcdoc"})
MARKUP_FUNCTIONS = frozenset(
    {
        "insertAdjacentHTML", "write", "writeln", "createContextualFragment", "setHTMLUnsafe", "setHTML", "parseFromString", "html", "append",
        "prepend", "before", "after", "replaceWith", "appendTo", "prependTo", "wrap", "$", "jQuery", "insertBefore", "insertAfter",
    }
)  # fmt: skip
"""What inserts markup into a page: properties, and functions by their last name."""

CODE_PROPERTIES = frozenset({"text", "textContent", "innerText", "cssText"})
CODE_FUNCTIONS = frozenset(
    {
        "eval",
        "setTimeout",
        "setInterval",
        "Function",
        "createTextNode",
        "insertRule",
        "globalEval",
        "execScript",
    }
)
"""What runs a text as code, or uses it as CSS; handlers (``on...``) do, too."""
RUNNING_FUNCTIONS = frozenset({"eval", "setTimeout", "setInterval", "Function", "globalEval", "execScript"})
"""Those that run it at once or later."""

ATTRIBUTE_FUNCTIONS = frozenset({"setAttribute", "setAttributeNS", "attr", "prop", "css", "setProperty"})
"""Functions that set the property or attribute that the argument before the value names."""
REFLECTING_FUNCTIONS = frozenset({"Reflect.set"})
"""The same, by their whole name."""
SUBMITTED_PROPERTIES = frozenset({"action", "formaction"})
"""Where a form is sent to, in lower case: by a visitor, or by the script into a hidden frame."""

COMPARING_FUNCTIONS = frozenset(
    {
        "indexOf", "lastIndexOf", "includes", "startsWith", "endsWith", "match", "matchAll", "search", "test", "exec", "has", "localeCompare",
        "querySelector", "querySelectorAll", "closest", "matches", "find", "filter", "is", "not", "inArray", "contains", "removeItem",
        "getItem", "RegExp", "split", "encodeURIComponent", "escape", "btoa", "delete", "children", "removeAttr",
    }
)  # fmt: skip
"""What only compares, searches or encodes a text."""

SHOWING_FUNCTIONS = frozenset(
    {
        "log", "info", "warn", "error", "debug", "alert", "confirm", "prompt", "Error", "TypeError", "RangeError", "open", "assign", "replaceState",
        "pushState", "postMessage", "gettext", "parse", "setItem",
    }
)  # fmt: skip
"""What shows, stores or navigates to a text on its own; a window is opened by a press."""

VISITORS_WINDOWS = frozenset(
    {"window", "self", "globalThis", "top", "parent", "document", "window.top", "window.parent", "this"}
)
"""What has a location, as scripts write it, that is the page's or that of a page around it."""
FRAMES_WINDOW = re.compile(
    r"(?:.*\.)?(?:contentWindow|contentDocument|frames(?:\[[^\]]*\]|\.[\w$]+))(?:\.document)?", re.DOTALL
)
"""What is a frame's window or document as far as its name shows."""
LOCATION = "location"
NAVIGATING_METHODS = frozenset({"assign", "replace"})

TEXT_METHODS = frozenset(
    {
        "replace", "replaceAll", "concat", "trim", "toString", "toLowerCase", "substr", "substring", "slice", "join", "valueOf", "String",
        "URL", "encodeURI", "decodeURI", "decodeURIComponent", "unescape", "freeze", "padEnd", "format",
    }
)  # fmt: skip
"""What hands on the text it was called on, or given, more or less as it is."""
DECODING_FUNCTIONS = frozenset({"decodeURIComponent", "unescape"})
"""Those that resolve percent-encoded slashes in it."""

COLLECTING_FUNCTIONS = frozenset({"Set", "WeakSet", "Array.from", "Object.seal", "Object.values"})
"""What makes one collection of another: constructors and functions, by their whole name."""
PAIRED_FUNCTIONS = frozenset({"Map", "Object.fromEntries"})
"""What makes a collection of pairs of a key and its value."""
LISTING_FUNCTIONS = frozenset({"Array", "Array.of"})
"""What makes a list of its arguments."""
PAIRING_FUNCTIONS = frozenset({"Object.entries"})
"""What makes pairs of a key and its value of a collection."""

ADDING_METHODS = frozenset({"push", "unshift", "add", "set", "enqueue"})
"""What puts a value into a list or a map."""

ITERATING_METHODS = frozenset({"forEach", "map", "each", "some", "every", "reduce", "flatMap"})
"""What calls a function with each value of a list."""

PROMISE_METHOD = "then"
"""What calls a function with the value that a promise has."""
TEXT_PROPERTIES = frozenset({"href"})
"""Properties of a URL that are its text."""
WRITING_FUNCTIONS = frozenset({"write", "writeln"})
"""What joins its arguments."""

MODULE_LOADERS = re.compile(
    r"(?:(?:require|requirejs|seajs|System|SystemJS|curl|steal|yepnope)(?:\.config|\.import)?|\$script|(?:head|Modernizr)\.(?:js|load)|\$?LAB\.script)"
)
"""Functions that load the scripts named in their arguments, at once or when a module asks for them."""
MODULE_LOADER_VARIABLES = frozenset({"require", "requirejs"})
"""Global variables from which a module loader takes its configuration."""

REQUEST = "XMLHttpRequest"
HTTP_METHOD = re.compile(r"\s*[\"'`](?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH)[\"'`]\s*", re.IGNORECASE)
"""The first argument of `XMLHttpRequest.open`, which tells it from a window's ``open``."""

FETCHING_MARKUP = re.compile(
    r"(?:\b(?:src|srcset|srcdoc|poster)\s*+=\s*+(?:\\{0,3}[\"'`]|&quot;|\\u0022|%22)?"
    r"|<(?:link|object|body|table|td|image|use|feimage)\b[^<>]{0,200}?\b(?:href|data|background)\s*+=\s*+(?:\\{0,3}[\"'`])?"
    r"|\burl\(\s*+(?:\\{0,3}[\"'`])?|@import\s++(?:\\{0,3}[\"'`]))\Z",
    re.IGNORECASE,
)
"""The end of markup or CSS behind which an address is fetched."""

FETCHING_CODE = re.compile(
    r"(?:\b(?:fetch|import|importScripts|getScript|Worker)\s*+\(\s*+|\bimport\s++|\.src\s*+=\s*+)\\{0,3}[\"'`]\Z"
)
"""The end of code, in a text, behind which an address is fetched."""

_LOADING_WORDS = {"createElement", "open", "src", "write", "insertAdjacentHTML"} | (
    FETCHING_FUNCTIONS | FETCHING_CONSTRUCTORS | MARKUP_PROPERTIES
)
LOADING_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_LOADING_WORDS))}|\w*Worker)\b")
"""Without any of these a short script that a parser cannot read loads nothing; with them, any address in it may be loaded."""
