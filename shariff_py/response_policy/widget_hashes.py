"""The SHA-384 of each file of the widget. Written by scripts/build_static.py; do not edit."""

from __future__ import annotations

from collections.abc import Mapping

HASHES: Mapping[str, str] = {
    "shariff-actions.min.js": "TedlCrE9e1aZhzHAIDXF8V91wdcaUX3y/DEM+0zP5DXBDi3aBJvi06zwtoP3gcIi",
    "shariff-check.min.js": "lfGg0cQk8tDeTLInYQXsugmUrxhusgpZQZAL/rNqaxP7jYi+2GhrVC81obML2teQ",
    "shariff-compat.min.css": "BIQgWUf+A+Xv448lTPpG+0G0u39hQ4uoJSZZ7iLXzZpWAboOhHEefIBYMeMZRJMh",
    "shariff-compat.min.js": "Ivr4PsVlpYzCoxGFofSvfc+FpLhaUPDoOBlNtSjQNdSdcPNzVAs0gaLjqkN7Nh+Z",
    "shariff-consents.min.js": "7kfFzQCgCz0vsjacYLzk3m+B0tipRmQ+VBYhP6gsANYjuCneFzp2a3iTCOeDNN5C",
    "shariff-fit.min.js": "rhGVLRwd+qb2i3RG5oBTK2st6Q2h4t1xSD57R4zPWM35wRBUbWAnZtBRnVYas4f1",
    "shariff-frame.min.css": "lpQr+8GINo0PI7FtZjo9N0gW8TjfU/X37FH8GjIr5yE53GKGAHrYWUHYMbfmcl1I",
    "shariff-isolated.min.js": "vyGra7kbN02IqtTmbMZ8+Ds6QsEkiSR13j+UrXrjd13XFq6AOdPA6waKPX0wqWYP",
    "shariff-more.min.css": "/eCddzrY+W1t+qhYcm78P0ToLK2iUwz0EfqdHC/XLBoq1AJw8+H1W17YAhPt8Ln7",
    "shariff-opened.min.js": "WXxhKKPrUVbJL6UeooFCOwDKk26iMgGD/2ZSS7kihXbS0A6U22aHCDBItl7gQCt+",
    "shariff-server.min.js": "4ZthoY4ztKEpTcwZLzc4uY6Vi0WAuLPgW8krLajVDalJIl+yGHoMmSQmyBEJBJ4j",
    "shariff-stubs.min.js": "9bXhexBNxdJF9bmOzaQW5vUGkeoaCxWCcJ5cjlFu2BXX/9UJ2oMn1r1Y6qtIodls",
    "shariff.min.css": "OG2G61G9qkBvhGxvIsypxF10NJR8GiIkFDHKO/Ngxor5iKp6aRTfP0xXbnGS6+c/",
    "shariff.min.js": "XLa0rinmFE6iMjyy0cwI8eiVyStcUtk4/ObO20YN8u0vjST/HdKRl39D7hD5c5z9",
}
