"""What a script's own names, functions and parameters are is told from what the script gives them; what is not given is the page's own."""

from __future__ import annotations

import pytest
from support.inert_scripts import gated_script, inert

HOST = "connect.facebook.net"
LOADER = f"var s=document.createElement('script');s.src='//{HOST}/x.js';document.head.append(s);"
MAKING = f"var s=d.createElement(t);s.src='//{HOST}/x.js';d.head.append(s)"


@pytest.mark.parametrize(
    "code",
    [
        f"var u='//{HOST}/x.js';u=u+'?1';new Image().src=u",
        f"var q=window.fbq;q=function(){{}};q.loaded=1;{LOADER}",
        f"{LOADER}var e=document.createElement();e=1",
        "var a='x';fetch('//m.me/a'+a+a)",
        "(function(){var u='//m.me/a';(function(){var u=1})();fetch(u)})()",
        f"function put(d,t){{{MAKING}}}put(document,'script')",
        "function ready(e){fetch('https://m.me/leinau?'+e)}window.addEventListener('load',ready)",
        f"var s=document.createElement('script'),p=document.head;(p).append((s));s.src='//{HOST}/x.js'",
    ],
)
def test_a_name_that_the_script_gives_its_own_values_belongs_to_the_loader(code: str) -> None:
    assert gated_script(code) == ""


@pytest.mark.parametrize(
    "code",
    [
        f"{LOADER}document.head.append()",
        f"{LOADER}setTimeout()",
        f"{LOADER}s.setAttribute('id')",
        f"{LOADER}{'s=s;' * 150}",
        f"{LOADER}function ready(e){{e.open()}}window.addEventListener('load',ready)",
        f"function put(d,t){{{MAKING}}}put(document)",
    ],
)
def test_a_call_of_which_the_script_does_not_show_what_it_is_given_stays(code: str) -> None:
    assert gated_script(code) == code.replace(HOST, inert(HOST))
