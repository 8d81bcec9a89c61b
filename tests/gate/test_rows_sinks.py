"""Each function, constructor, property and place in markup by which a script fetches something, and each that does not."""

from __future__ import annotations

import pytest
from support.inert_scripts import OWN, gated_script

LINK = "https://m.me/leinau"
"""An address of which nothing but the way it is used tells whether it is fetched."""
GONE = "https://xx:1/leinau"

SCRIPT = "https://connect.facebook.net/x.js"
"""The address of a script, which is fetched wherever its use does not show anything else."""

FETCHING = [
    "fetch('{}')", "importScripts('{}')", "navigator.sendBeacon('{}')", "CSS.paintWorklet.addModule('{}')", "$.getScript('{}')",
    "$.getJSON('{}')", "loadScript('{}')", "loadCSS('{}')", "insertScript('{}')", "preconnect('{}')", "$('#a').load('{}')", "axios('{}')",
    "$.get('{}')", "$.post('{}')", "axios.put('{}')", "jQuery.ajax('{}')", "axios.head('{}')", "$http.get('{}')", "axios.request('{}')",
    "navigator.serviceWorker.register('{}')", "x.open('GET', '{}')", "import('{}')", "import(/* webpackIgnore */ '{}')",
    "new Worker('{}')", "new SharedWorker('{}')", "new WebSocket('{}')", "new EventSource('{}')", "new Audio('{}')", "new Request('{}')",
    "new WebTransport('{}')", "new FontFace('x', 'url({})')", "$.ajax({{type: 'GET', url: '{}'}})", "fetch({{url: '{}'}})",
    "i.src = '{}'", "i.srcset = '{}'", "i['src'] = '{}'", "i.poster = '{}'", "i.imageSrcset = '{}'", "i.dynsrc = '{}'", "i.lowsrc = '{}'",
    "i.background = '{}'", "i.srcdoc = '<img src={}>'", "i.setAttribute('src', '{}')", "i.setAttribute('srcset', '{}')",
    "i.setAttribute('data', '{}')", "i.setAttribute('poster', '{}')", "i.setAttribute('xlink:href', '{}')", "i.setAttribute('imagesrcset', '{}')",
    "i.setAttribute('data-src', '{}')", "i.setAttribute('data-srcset', '{}')", "i.setAttributeNS(null, 'src', '{}')",
    "$(i).attr('src', '{}')", "$(i).prop('src', '{}')", "$(i).css('background-image', 'url({})')", "i.style.setProperty('background', 'url({})')",
    "$('<img>', {{src: '{}'}})", "$('<img>', {{srcset: '{}'}})", "$('<video>', {{poster: '{}'}})", "i.innerHTML = '<img src={}>'",
    "i.outerHTML = '<img src={}>'", "i.textContent = 'a{{b:url({})}}'", "i.innerText = 'a{{b:url({})}}'",
    "i.style.cssText = 'b:url({})'", "i.onclick = 'fetch(\"{}\")'", "i.style.cursor = 'url({})'", "i.style.content = 'url({})'",
    "require(['{}'])", "require.config({{paths: {{a: '{}'}}}})", "requirejs.config({{paths: {{a: '{}'}}}})", "seajs.config({{a: '{}'}})",
    "System.import('{}')", "System.config({{map: {{a: '{}'}}}})", "curl({{a: '{}'}})", "steal('{}')", "yepnope('{}')", "$script('{}')",
    "head.js('{}')", "$LAB.script('{}')", "var require = {{paths: {{a: '{}'}}}}", "requirejs = {{paths: {{a: '{}'}}}}",
    "html`<img src={}>`", "f({{src: '{}'}})", "f({{srcset: '{}'}})", "f({{poster: '{}'}})", "fetch({{urls: '{}'}})", "fetch({{href: '{}'}})",
    "new Request({{href: '{}'}})", "i.onload = 'fetch(\"{}\")'", "i.onerror = 'fetch(\"{}\")'", "i.setAttribute('onload', 'fetch(\"{}\")')",
    "i['data-src'] = '{}'", "i['data-srcset'] = '{}'", "l.set('a', '{}'); fetch(l.get('a'))", "['{}'].each((u) => fetch(u))",
    "for (const u of new Array('{}')) fetch(u)", "for (const u of Array.of('{}')) fetch(u)", "for (const u of Object.entries({{a: '{}'}})) fetch(u[1])",
    "for (const u of new Set(['{}'])) fetch(u)", "for (const u of new WeakSet(['{}'])) fetch(u)", "fetch(new Map([['a', '{}']]).get('a'))",
    "const m = new Map([['a', '{}']]); fetch(m.get('a'))", "new Map([['a', '{}']]).forEach((u) => fetch(u))", "fetch(Object.fromEntries([['a', '{}']]).a)",
    "for (const a of new Set([['{}']])) fetch(a[0])",
    "for (const u of [].concat(['{}'])) fetch(u)", "for (const u of Object.seal(['{}'])) fetch(u)",
    "i.text = 'fetch(\"{}\")'", "i.innerText = 'fetch(\"{}\")'", "i.styleSheet.cssText = 'a{{b:url({})}}'", "i.textContent = 'fetch(\"{}\")'",
    "i.onmouseover = 'a.innerHTML = \"<img src={}>\"'", "i.setAttribute('onfocus', 'a.innerHTML = \"<img src={}>\"')",
    "const u = `{}`; fetch(u)", "i.src += '{}'", "i.innerHTML += '<img src={}>'", "fetch(['{}'].join(''))", "fetch('{}'.format(a))", "fetch(Object.freeze('{}'))",
    "Reflect.set(i, 'src', '{}')",
    "Modernizr.load([{{load: '{}'}}])", "head.load({{a: '{}'}})", "var p = 'src'; i[p] = '{}'", "i[b ? 'title' : 'src'] = '{}'",
    "class A {{ #u = '{}'; go() {{ fetch(this.#u) }} }}",
    "class A {{ #go(u) {{ fetch(u) }} go() {{ this.#go('{}') }} }}", "new XMLHttpRequest().open(method, '{}')", "a.ping = '{}'", "a.setAttribute('ping', '{}')",
    "i.style.setProperty('--b', 'url({})')", "var b = document.createElement('base'); b.href = '{}'",
    "new Map([[a, '{}']]).forEach((u) => fetch(u))", "fetch(new URL('{}').href)", "i.srcset = '/a.png 1x, {} 2x'",
    "i.setAttribute('srcset', '/a.png 1x, {} 2x')", "fetch(new URL('/a', '{}').href)",
    "async function u() {{ return '{}' }} u().then((a) => fetch(a))", "u = {{get a() {{ return '{}' }}}}; fetch(u.a)",
    "class A {{ static get u() {{ return '{}' }} }} fetch(A.u)", "document.write(['<img src=', '{}', '>'].join(''))",
    "i.innerHTML = ['<p>', '<img src=\"', '{}', '\">'].join('')", "document.write('<img src=', '{}', '>')", "document.writeln('<img src=', '{}', '>')",
]  # fmt: skip

INSERTING = [
    "i.insertAdjacentHTML('beforeend', {})", "document.write({})", "document.writeln({})", "r.createContextualFragment({})",
    "i.setHTMLUnsafe({})", "i.setHTML({})", "p.parseFromString({}, 'text/html')", "$(i).html({})", "$(i).append({})", "$(i).prepend({})",
    "$(i).before({})", "$(i).after({})", "$(i).replaceWith({})", "$(i).wrap({})", "$({})", "jQuery({})", "$({}).appendTo(i)", "eval({})",
    "setTimeout({})", "setInterval({})", "new Function({})", "new Blob([{}])", "document.createTextNode({})", "i.insertRule({})",
    "$.globalEval({})", "execScript({})", "$({}).prependTo(i)", "$({}).insertBefore(i)", "$({}).insertAfter(i)", "{}.appendTo(i)",
    "{}.prependTo(i)", "{}.insertBefore(i)", "{}.insertAfter(i)", "x.insertBefore({})", "x.insertAfter({})", "x.appendTo({})", "x.prependTo({})",
]  # fmt: skip

MARKUP = [
    "<img src={}>", "<img srcset={}>", "<iframe srcdoc={}>", "<video poster={}>", "<link href={}>", "<object data={}>", "<body background={}>",
    "<table background={}>", "<td background={}>", "<svg><image href={}>", "<svg><use href={}>", "<svg><feimage href={}>",
    "<p style=background:url({})>", "<style>@import \"{}\"</style>", "<img src=\\'{}\\'>", "<img src=&quot;{}&quot;>", "<img src=\\x22{}\\x22>",
]  # fmt: skip

QUIET = [
    "x.indexOf('{}')", "x.lastIndexOf('{}')", "x.includes('{}')", "x.startsWith('{}')", "x.endsWith('{}')", "x.match('{}')", "x.search('{}')",
    "r.test('{}')", "r.exec('{}')", "s.has('{}')", "x.localeCompare('{}')", "d.querySelector('{}')", "d.querySelectorAll('{}')",
    "e.closest('{}')", "e.matches('{}')", "$(i).find('{}')", "$(i).filter('{}')", "$(i).is('{}')", "$(i).not('{}')", "$.inArray('{}', l)",
    "l.contains('{}')", "new RegExp('{}')", "x.split('{}')", "fetch('/a?u=' + encodeURIComponent('{}'))", "fetch('/a?u=' + escape('{}'))",
    "fetch('/a?u=' + btoa('{}'))", "localStorage.removeItem('{}')", "localStorage.getItem('{}')", "localStorage.setItem('a', '{}')",
    "console.log('{}')", "console.info('{}')", "console.warn('{}')", "console.error('{}')", "console.debug('{}')", "alert('{}')",
    "confirm('{}')", "prompt('{}')", "throw new Error('{}')", "new TypeError('{}')", "window.open('{}')", "location.assign('{}')",
    "location.replace('{}')", "location.href = '{}'", "window.location = '{}'", "history.replaceState(0, '', '{}')", "w.postMessage('{}')",
    "gettext('{}')", "a.href = '{}'", "a.setAttribute('href', '{}')", "a.title = '{}'", "a.setAttribute('title', '{}')",
    "$('{}')", "x == '{}'", "x !== '{}'", "switch (x) {{ case '{}': }}", "x < '{}'", "typeof '{}'", "l['{}']", "if ('{}' in l) a()",
    "'{}'.length", "x = '{}' ? a : b", "'{}', a()", "// {}", "/* {} */", "\n<!-- {}", "f('see {}')", "{{ '{}' }}",
    "x.matchAll('{}')", "s.delete('{}')", "$(i).children('{}')", "$(i).removeAttr('{}')", "new RangeError('{}')", "history.pushState(0, '', '{}')",
    "JSON.parse('{}')", "document.location = '{}'", "self.location = '{}'", "top.location = '{}'", "window.location.href = '{}'",
    "document.location.href = '{}'", "self.location.href = '{}'", "top.location.href = '{}'", "var p = 'title'; i[p] = '{}'", "i[p] = '{}'",
    "var p = f(); i[p] = '{}'",
    "dialog.open(title, '{}')", "i.srcset = '/a.png?from={} 2x'", "fetch('/log?to={}')", "fetch('https://b.example/log?to={}')", "x.open('GET', '/a?to={}')",
    "$('#a').load('/a.html?next={}')", "navigator.sendBeacon('../log?to={}')", "import('./a.js?from={}')", "i.src = '//b.example/a#{}'",
    "var l = document.createElement('link'); l.rel = 'me'; l.href = '{}'",
    "var l = document.createElement('link'); l.setAttribute('rel', 'author me'); l.href = '{}'", "new Worker('/a.js?x={}')",
    "Reflect.set(i, 'title', '{}')", "class A {{ #u = '{}' }}",
    "open('/a', '{}')", "new Map([['{}', 'a']]).get('a')", "i.innerHTML = ['<a href=\"', '{}', '\">'].join('')", "document.write('<a href=', '{}', '>')",
    "u = {{get a() {{ return '{}' }}}}; a.href = u.a", "new URL('{}').hostname", "i.style.setProperty('--b', '{}')",
]  # fmt: skip


def with_(form: str, address: str) -> str:
    return f"{OWN} {form.format(address)}"


@pytest.mark.parametrize("form", FETCHING)
@pytest.mark.parametrize("policy_enforced", [False, True])
def test_an_address_becomes_inert_where_it_is_fetched(form: str, policy_enforced: bool) -> None:
    assert gated_script(with_(form, LINK), policy_enforced=policy_enforced) == with_(form, GONE)


@pytest.mark.parametrize("form", INSERTING)
def test_an_address_becomes_inert_in_what_a_script_inserts_or_runs(form: str) -> None:
    assert gated_script(with_(form, f"'<img src={LINK}>'")) == with_(form, f"'<img src={GONE}>'")


@pytest.mark.parametrize("form", [form for form in INSERTING if "Blob" not in form])
def test_what_a_script_certainly_inserts_or_runs_becomes_inert_under_an_enforced_policy_too(form: str) -> None:
    code = with_(form, f"'<img src={LINK}>'")

    assert gated_script(code, policy_enforced=True) == with_(form, f"'<img src={GONE}>'")


@pytest.mark.parametrize("markup", MARKUP)
def test_an_address_becomes_inert_wherever_markup_fetches_it(markup: str) -> None:
    assert gated_script(with_("i.innerHTML = '{}'", markup.format(LINK))) == with_(
        "i.innerHTML = '{}'", markup.format(GONE)
    )


@pytest.mark.parametrize("form", QUIET)
@pytest.mark.parametrize("address", [LINK, SCRIPT])
def test_an_address_stays_where_nothing_is_fetched(form: str, address: str) -> None:
    assert gated_script(with_(form, address)) == with_(form, address)


@pytest.mark.parametrize("form", ["f('{}')", "x = /{}/", "l.splice(0, 1, '{}')"])
def test_of_what_a_script_does_not_show_the_address_of_a_script_is_taken_to_be_fetched_and_no_other(form: str) -> None:
    assert gated_script(with_(form, LINK)) == with_(form, LINK)
    assert gated_script(with_(form, SCRIPT)) == with_(form, "https://xxxxxxxxxx.invalid:1/x.js")


def test_an_address_in_a_regular_expression_is_fetched_by_nothing() -> None:
    code = f"{OWN} if (/connect.facebook.net\\/x.js/.test(u)) go(/connect.facebook.net\\/x.js/)"

    assert gated_script(code) == code


@pytest.mark.parametrize("url", ["stun:m.me", "stuns:m.me", "turn:m.me:3478", "turns:m.me"])
def test_an_address_of_a_peer_becomes_inert(url: str) -> None:
    code = f"{OWN} new RTCPeerConnection({{iceServers: [{{urls: '{url}'}}]}})"

    assert "m.me" not in gated_script(code)


@pytest.mark.parametrize("method", ["forEach", "map", "some", "every", "reduce", "flatMap"])
def test_a_list_whose_values_a_function_fetches_is_followed(method: str) -> None:
    assert "m.me" not in gated_script(f"{OWN} ['{LINK}'].{method}((u) => fetch(u))")


@pytest.mark.parametrize("method", ["push", "unshift", "add", "enqueue"])
def test_a_list_is_followed_where_an_address_is_added_to_it(method: str) -> None:
    code = f"{OWN} (() => {{ const l = a(); l.{method}('{LINK}'); for (const u of l) fetch(u) }})()"

    assert "m.me" not in gated_script(code)


@pytest.mark.parametrize(
    "made",
    [
        "'{}'.replace('a', 'b')", "'{}'.replaceAll('a', 'b')", "'{}'.concat('a')", "'{}'.trim()", "'{}'.toString()", "'{}'.toLowerCase()",
        "'{}'.substr(0)", "'{}'.substring(0)", "'{}'.slice(0)", "'{}'.valueOf()", "String('{}')", "new URL('{}')", "encodeURI('{}')",
        "decodeURI('{}')", "decodeURIComponent('{}')", "unescape('{}')", "'{}'.padEnd(9)", "a || '{}'", "a && '{}'", "a ?? '{}'", "a ? '/b' : '{}'",
        "('{}')", "await '{}'", "b = '{}'", "Object.freeze(['{}'])[0]", "Array.from(['{}'])[0]", "Object.values({{a: '{}'}})[0]",
        "[...['{}']].pop()", "['{}'].shift()", "['{}'].at(0)", "`{}`", "`${{'{}'}}`", "(a, '{}')", "(() => '{}')()", "{{a: '{}'}}.a",
        "(function () {{ return '{}' }})()",
    ],
)  # fmt: skip
def test_an_address_is_followed_through_what_hands_it_on(made: str) -> None:
    assert "m.me" not in gated_script(f"{OWN} fetch({made.format(LINK)})")
