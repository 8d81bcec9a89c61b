"""The SHA-384 of each file of the widget. Written by scripts/build_static.py; do not edit."""

from __future__ import annotations

from collections.abc import Mapping

HASHES: Mapping[str, str] = {
    "shariff-actions.min.js": "TedlCrE9e1aZhzHAIDXF8V91wdcaUX3y/DEM+0zP5DXBDi3aBJvi06zwtoP3gcIi",
    "shariff-check.min.js": "lfGg0cQk8tDeTLInYQXsugmUrxhusgpZQZAL/rNqaxP7jYi+2GhrVC81obML2teQ",
    "shariff-compat.min.css": "idhUb2KjD5IfRQVfK3u5Dmc6gmY/eTdk2HG8Kk51oD6fcYCSp9ioIzZP1stcEyHb",
    "shariff-compat.min.js": "DX3Nc6e89DvmEeQ9dA1kRr7z2+DDiq1dA7ImRa5WI4JSQhj4WBvGLSKCt5e6EB4s",
    "shariff-consents.min.js": "7kfFzQCgCz0vsjacYLzk3m+B0tipRmQ+VBYhP6gsANYjuCneFzp2a3iTCOeDNN5C",
    "shariff-fit.min.js": "rhGVLRwd+qb2i3RG5oBTK2st6Q2h4t1xSD57R4zPWM35wRBUbWAnZtBRnVYas4f1",
    "shariff-frame.min.css": "lpQr+8GINo0PI7FtZjo9N0gW8TjfU/X37FH8GjIr5yE53GKGAHrYWUHYMbfmcl1I",
    "shariff-isolated.min.js": "3yOv+AP2V42wIxn1wR3OpcJvnBoiJvCCewLKzViconv24QJx2cGe5IbztEjvbznd",
    "shariff-more.min.css": "C4z8ZcrI4loa86pqvugv9egyHx4LMOzdttbJBgjI+FshVnYQXMIYzMgGy9KD5Azs",
    "shariff-opened.min.js": "bd2Tbo+kPJB9McbIBoeJstzmukCuu3GDzHxbHBDReuv+FrgQ6ToS3/WWINzihOcG",
    "shariff-server.min.js": "4ZthoY4ztKEpTcwZLzc4uY6Vi0WAuLPgW8krLajVDalJIl+yGHoMmSQmyBEJBJ4j",
    "shariff-stubs.min.js": "9bXhexBNxdJF9bmOzaQW5vUGkeoaCxWCcJ5cjlFu2BXX/9UJ2oMn1r1Y6qtIodls",
    "shariff.min.css": "4dTbRyTb39L51x59f6cMFjimH4fX7Ccnj0CRRMNARwACc9XXrnRYbU30tI6/KKSE",
    "shariff.min.js": "1np66XfXU+QexcNkR4jzFXrEQNOy67rzpam2Agt2M5RFKW/a3rvuii96MwLlSMAj",
}
