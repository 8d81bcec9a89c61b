"""What the documents of the mock server say, in German and English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "label": "Platzhalter für {platform}, keine echten Inhalte",
        "platform": "eine Plattform",
        "place": "Adresse bei der Plattform",
        "here": "Hier stünde der Inhalt: {what}.",
        "place_text": "Hier öffnete sich die Plattform selbst, in einem eigenen Fenster und außerhalb des Portals.",
        "full_screen": "Vollbild",
        "requested": "Angefragt wurde:",
        "disclosed": "Was die Plattform soeben erfahren hat",
        "referrer": "Adresse der Seite",
        "ancestors": "Name der Website",
        "cookie": "Cookie von früher",
        "language": "Sprache",
        "browser": "Browser",
        "ip": "IP-Adresse",
        "ip_value": "ja, wie bei jeder Verbindung",
        "features": "Was sie benutzen darf",
        "yes": "ja",
        "none": "nein",
        "unknown": "ohne Skript nicht festzustellen",
        "not_told": "nennt dieser Browser nicht",
    },
    "en": {
        "label": "Stand-in for {platform}, no real content",
        "platform": "a platform",
        "place": "Address on the platform",
        "here": "The content would be here: {what}.",
        "place_text": "The platform itself would open here, in a window of its own and outside the portal.",
        "full_screen": "Full screen",
        "requested": "Requested:",
        "disclosed": "What the platform has just learned",
        "referrer": "Address of the page",
        "ancestors": "Name of the website",
        "cookie": "Earlier cookie",
        "language": "Language",
        "browser": "Browser",
        "ip": "IP address",
        "ip_value": "yes, as with every connection",
        "features": "What it may use",
        "yes": "yes",
        "none": "no",
        "unknown": "not known without script",
        "not_told": "this browser does not say",
    },
}
