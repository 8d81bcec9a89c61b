"""An address is followed through names, functions, objects and texts of a script to where it is fetched, as far as that can be told."""

from __future__ import annotations

import pytest
from support.inert_scripts import gated_script, inert

FETCHED = [
    "var u='{}';function f(u){{g(u)}}fetch(u)", "x.u='{}';var u=1;fetch(y.u)", "o.go=function(a){{fetch(a)}};o.go('{}')",
    "o={{go:function(a){{fetch(a)}}}};o.go('{}')", "var u='{}';var o={{u}};fetch(o.u)", "var u={{u:'{}'}};var o={{...u}};fetch(o.u)",
    "$('<img>',{{['src']:'{}'}})", "var get='{}';class A{{get x(){{}}}};fetch(get)", "'<img src={}>'.appendTo(b)",
    "(function(u){{fetch(u)}}).call(0,'{}')", "((function(u){{fetch(u)}})).call(0,'{}')", "o.a={{b:'{}'}};fetch(o.a.b)",
    "function f(u='{}'){{fetch(u)}}", "class A{{u(){{return '{}'}}}};fetch(new A().u())", "function u(){{return '{}'}};fetch(u())", "u=x=>'{}';fetch(u())",
    "['{}'].forEach(fetch)", "['{}'].map(importScripts)", "class A{{static u='{}';go(){{fetch(A.u)}}}}", "function*u(){{yield '{}'}};for(const x of u())fetch(x)",
]  # fmt: skip
"""Ways from an address to what fetches it."""

PUT_TOGETHER = [
    "x.src=`${p}//`+'m.me/a'", "x.src='https:'+'//'+'m.me/a'", "x.src=p+q+'m.me/a'", "x.src='//'+(''+'')+'m.me/a'",
    f"x.src={'p+' * 45}'m.me/a'", "fetch('//'+'m.me/a')", "x.src='//'+" + "''+" * 45 + "'m.me/a'",
    "x.src='https://'.concat('m.me/a')", "x.src='https:'.concat('//','m.me','/a')", "x.src=p.concat('m.me/a')",
    "x.src=decodeURIComponent('https%3A%2F%2Fm.me%2Fa')", "x.src=unescape('%2F%2Fm.me/a')", r"x.src='https:\\\\m.me/a'",
    r"x.src='\\\\m.me\\a'", r"x.src='https:\u002F\u002Fm.me\u002Fa'",
    r"x.src='https:\x2f\x2fm.me/a'", r"x.src='\n//m.me/a'",
]  # fmt: skip
"""Addresses that are put together from texts."""

UNCERTAIN = [
    "function f(a){{menu(arguments[1])}}f(1,'{}')", "function f({{u}}){{menu(u)}}f('{}')", "x={{a:'{}',b",
    "var a0='{}'" + "".join([f",a{n + 1}=a{n}" for n in range(40)]) + ";menu(a40)",
    "var a='{0}';" + "a;" * 301 + "a='{0}';menu(a)", "t('{}')", "e(t('{}'))", "a.b('{}')",
]  # fmt: skip
"""Scripts that do not show what is done with the address of a platform's script."""

NOT_FETCHED = [
    "var u='{}';u=u", "'{}'.appendTo(b)", "function f(a){{menu(a)}}f(1,'{}')", "var u='{}';u+='?a'", "return '{}'",
    "a:'{}',b", "['{}'].forEach()", "function fetch(a){{}}['{}'].forEach(fetch)",
]  # fmt: skip


@pytest.mark.parametrize("way", FETCHED)
def test_an_address_becomes_inert_where_what_it_is_given_to_fetches_it(way: str) -> None:
    assert gated_script("menu();" + way.format("//m.me/a")) == "menu();" + way.format("//xx:1/a")


@pytest.mark.parametrize("code", PUT_TOGETHER)
def test_a_host_becomes_inert_where_an_address_is_put_together_with_it(code: str) -> None:
    assert gated_script(f"menu();{code}") == f"menu();{code}".replace("m.me", "xx:1")


def test_a_host_behind_a_text_that_is_no_beginning_of_an_address_stays() -> None:
    code = "menu();x.src='/proxy/'+'m.me/a'"

    assert gated_script(code) == code


@pytest.mark.parametrize("way", UNCERTAIN)
def test_the_address_of_a_platforms_script_becomes_inert_where_it_cannot_be_followed(way: str) -> None:
    code = "menu();" + way.format("//connect.facebook.net/x.js")

    assert gated_script(code) == code.replace("connect.facebook.net", "xxxxxxxxxx.invalid:1")


@pytest.mark.parametrize("way", NOT_FETCHED)
def test_an_address_stays_where_nothing_that_it_is_given_to_fetches_it(way: str) -> None:
    code = "menu();" + way.format("//connect.facebook.net/x.js" if "a:" not in way else "//m.me/a")

    assert gated_script(code) == code


def test_an_address_is_uncertain_once_3_000_nodes_of_its_script_were_looked_at() -> None:
    followed, deep = "('//connect.facebook.net/x.js');", "(" * 60 + "'//connect.facebook.net/x.js'" + ")" * 60 + ";"
    kept = gated_script("menu();" + deep * 60 + followed)

    assert kept.startswith(f"menu();{deep}")
    assert kept.endswith("('//xxxxxxxxxx.invalid:1/x.js');")
    assert gated_script("menu();" + followed * 60) == "menu();" + followed * 60


@pytest.mark.parametrize(("host", "inert"), [(".m.me", ".xx:1"), ("..m.me", "..xx:1"), ("a.m.me", "xxxx:1")])
def test_a_dot_before_a_host_is_no_part_of_its_name(host: str, inert: str) -> None:
    assert gated_script(f"menu();fetch('//{host}/a')") == f"menu();fetch('//{inert}/a')"


SHADOWING = [
    "function f(u){fetch(u)}", "function f(...u){fetch(u)}", "a.then(u=>fetch(u))", "a.then((u,b)=>fetch(u))", "function f(){let u;fetch(u)}",
    "function f(){function u(){}fetch(u)}", "function f(){function*u(){}fetch(u)}", "function f(){class u{}fetch(u)}", "function f(u=1){fetch(u)}",
    "function f(){try{a()}catch(u){fetch(u)}}", "(function u(){fetch(u)})()", "function f(o){const {u}=o;fetch(u)}", "function f(o){const [u]=o;fetch(u)}",
    "function f(o){const {a:u}=o;fetch(u)}", "function f(o){const {...u}=o;fetch(u)}", "function f({u}){fetch(u)}", "o={f(u){fetch(u)}}",
    "function*f(u){fetch(u)}", "(function*(u){fetch(u)})()",
]  # fmt: skip
"""Functions with a name of their own that the page has, too."""


@pytest.mark.parametrize("function", SHADOWING)
def test_a_name_of_a_function_is_another_one_than_that_of_the_page(function: str) -> None:
    code = f"menu(); var u = '//m.me/a'; menu(u); {function}"

    assert gated_script(code) == code


@pytest.mark.parametrize("window", ["window", "self", "globalThis", "top", "parent", "w"])
def test_a_property_of_the_window_is_a_name_of_the_page(window: str) -> None:
    code = f"menu(); {window}.u = '//{{}}/a'; fetch(u)"

    assert gated_script(code.format("m.me")) == code.format("xx:1")


@pytest.mark.parametrize("host", ["m.me", "www.m.me"])
@pytest.mark.parametrize("slash", ["\\/", "\\u002f", "\\u002F", "\\x2f", "\\57", "\\u{2F}", "%2F", "\\\\u002f"])
def test_the_name_of_a_host_begins_behind_an_escape(slash: str, host: str) -> None:
    start, end = f"menu(); fetch('https:{slash}{slash}", f"{slash}a')"

    assert gated_script(f"{start}{host}{end}") == f"{start}{inert(host)}{end}"


def test_of_two_domains_that_share_letters_none_is_a_host_where_neither_ends_the_name() -> None:
    code = "menu(); fetch('//facebook.com.me/a.js')"

    assert gated_script(code + " // fb.me") == code + " // fb.me"


@pytest.mark.parametrize("before", ["x", "%2Fx", "\\u002fx", "\\n7"])
def test_what_ends_as_the_name_of_a_host_is_none(before: str) -> None:
    code = f"menu(); fetch('//{before}m.me/a.js')"

    assert gated_script(code) == code
