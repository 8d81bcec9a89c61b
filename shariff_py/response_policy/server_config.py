"""The policy headers of pages as configuration of web servers, for sites that are served as files."""

from __future__ import annotations

from collections.abc import Mapping

from shariff_py.response_policy.csp import POLICY, REPORT_ONLY
from shariff_py.response_policy.pages import policy_headers
from shariff_py.response_policy.reporting import REPORTING_ENDPOINTS
from shariff_py.settings.model import Settings


def server_snippets(settings: Settings) -> Mapping[str, str]:
    """The headers as configuration, by file name: ``_headers`` (Netlify, Cloudflare Pages), nginx and Apache.

     Each adds to what is set elsewhere and replaces no policy. What lies below the prefix is left out: a gate frame that a server behind
    this one sends has a policy of its own, and a second one would block it.
    """
    lines = policy_headers(settings, [])
    netlify = ["/*", *(f"  {name}: {value}" for name, value in lines)]
    below = settings.frame.prefix.replace(".", r"\.")
    nginx, apache = [], ["<IfModule mod_headers.c>"]
    for number, (name, plain) in enumerate(lines):
        value = plain.replace('"', '\\"')
        nginx += [
            f'set $shariff_{number} "{value}";',
            f'if ($uri ~ "^{below}/") {{ set $shariff_{number} ""; }}',
            f"add_header {name} $shariff_{number} always;",
        ]
        how = "add" if name in {POLICY, REPORT_ONLY, REPORTING_ENDPOINTS} else "setifempty"
        apache.append(f'  Header always {how} {name} "{value}" "expr=%{{REQUEST_URI}} !~ m#^{below}/#"')
    apache.append("</IfModule>")
    texts = {"_headers": netlify, "shariff-nginx.conf": nginx, "shariff-apache.conf": apache}
    return {name: "\n".join(text) + "\n" for name, text in texts.items()}
