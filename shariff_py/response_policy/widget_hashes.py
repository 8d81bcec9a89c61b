"""The SHA-384 of each file of the widget. Written by scripts/build_static.py; do not edit."""

from __future__ import annotations

from collections.abc import Mapping

HASHES: Mapping[str, str] = {
    "shariff-actions.min.js": "DIjhIyb14MEqnwO2MnpHdCVVgjraj/EA9npCAk1eOx0cY8BWujogVaKeT1JB6AP8",
    "shariff-check.min.js": "lfGg0cQk8tDeTLInYQXsugmUrxhusgpZQZAL/rNqaxP7jYi+2GhrVC81obML2teQ",
    "shariff-compat.min.css": "9QpPNtn4eMumkxCSGU0uZwNhLdDSVxlSX7NrliAzTEncO9Q/+WPLuH+hpPyaRVkg",
    "shariff-compat.min.js": "qGMA/SbtTaObEvKUXGbKLEdBAFx0zK+FDgSjWMedspvk4VBvqQyzturRiMxV0AMG",
    "shariff-consents.min.js": "YdQRhnkJc3PRj5RM3/Jk6kpDUVva22ih2gKf/4I1t0o49hNEDojpm7MxAgX8SVop",
    "shariff-fit.min.js": "rhGVLRwd+qb2i3RG5oBTK2st6Q2h4t1xSD57R4zPWM35wRBUbWAnZtBRnVYas4f1",
    "shariff-frame.min.css": "lpQr+8GINo0PI7FtZjo9N0gW8TjfU/X37FH8GjIr5yE53GKGAHrYWUHYMbfmcl1I",
    "shariff-isolated.min.js": "vyGra7kbN02IqtTmbMZ8+Ds6QsEkiSR13j+UrXrjd13XFq6AOdPA6waKPX0wqWYP",
    "shariff-more.min.css": "OheyeiuEZE2JjmtyWC/FkfR9uti8HexyThmjV5ES0eT/g7IvdQbi/Te1DZJJyCTZ",
    "shariff-opened.min.js": "WXxhKKPrUVbJL6UeooFCOwDKk26iMgGD/2ZSS7kihXbS0A6U22aHCDBItl7gQCt+",
    "shariff-server.min.js": "4ZthoY4ztKEpTcwZLzc4uY6Vi0WAuLPgW8krLajVDalJIl+yGHoMmSQmyBEJBJ4j",
    "shariff-stubs.min.js": "9bXhexBNxdJF9bmOzaQW5vUGkeoaCxWCcJ5cjlFu2BXX/9UJ2oMn1r1Y6qtIodls",
    "shariff.min.css": "qRS8D4rc9RD3g6PT6ofgoG73/FL03ljoyD461XGhvvWHfWKSFOt8ZYG7uluNDzRL",
    "shariff.min.js": "rhjOhP4hCgZgy30OHpMsTNR0SKnq5BCvD+sdTb5uq/rnCLsqHqJDJ1wFaJ/aBJ3G",
}
