"""The SHA-384 of each file of the widget. Written by scripts/build_static.py; do not edit."""

from __future__ import annotations

from collections.abc import Mapping

HASHES: Mapping[str, str] = {
    "shariff-actions.min.js": "OStoyKScuRZvKgOWxqyi3aVAYJg2Ka06gwOB6zxskm1cip7lt1XwK8EczvGhkt66",
    "shariff-check.min.js": "lfGg0cQk8tDeTLInYQXsugmUrxhusgpZQZAL/rNqaxP7jYi+2GhrVC81obML2teQ",
    "shariff-compat.min.css": "zDdjQW1rFp1zwM4TTT/oF5G92+uwkrk4LaPt6+1fjSNK9NjBt0fx9yaHBGGLhJnt",
    "shariff-compat.min.js": "MHzBQfoSoODg26HjjYjiPlE7VXGk+Ja3Bt3uqQvrPfesTZUIB+kEX0eO34EzhljS",
    "shariff-consents.min.js": "7kfFzQCgCz0vsjacYLzk3m+B0tipRmQ+VBYhP6gsANYjuCneFzp2a3iTCOeDNN5C",
    "shariff-fit.min.js": "rhGVLRwd+qb2i3RG5oBTK2st6Q2h4t1xSD57R4zPWM35wRBUbWAnZtBRnVYas4f1",
    "shariff-frame.min.css": "lpQr+8GINo0PI7FtZjo9N0gW8TjfU/X37FH8GjIr5yE53GKGAHrYWUHYMbfmcl1I",
    "shariff-isolated.min.js": "3yOv+AP2V42wIxn1wR3OpcJvnBoiJvCCewLKzViconv24QJx2cGe5IbztEjvbznd",
    "shariff-more.min.css": "8fFKsV/tURcBoRbpb8/dB2xSUuYcCigOjdKfuWyukDFtb+RvZ8JfcX/DiUCe30jW",
    "shariff-opened.min.js": "bd2Tbo+kPJB9McbIBoeJstzmukCuu3GDzHxbHBDReuv+FrgQ6ToS3/WWINzihOcG",
    "shariff-server.min.js": "4ZthoY4ztKEpTcwZLzc4uY6Vi0WAuLPgW8krLajVDalJIl+yGHoMmSQmyBEJBJ4j",
    "shariff-stubs.min.js": "9bXhexBNxdJF9bmOzaQW5vUGkeoaCxWCcJ5cjlFu2BXX/9UJ2oMn1r1Y6qtIodls",
    "shariff.min.css": "T1QRxn4wSC027os+KPTO3BxG2kM8940cXx0Rs2OgkBQ1DRiikWpgQxUcbBr478Kw",
    "shariff.min.js": "1np66XfXU+QexcNkR4jzFXrEQNOy67rzpam2Agt2M5RFKW/a3rvuii96MwLlSMAj",
}
