"""Each service that is shared to: where its link leads and what it says, who receives what, its other names; and those that have ended."""

from __future__ import annotations

from typing import Any

import pytest
from babel import Locale
from bs4 import BeautifulSoup
from support.paths import ROOT

from shariff_py.consent_ui.share import share_bar, share_link
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.record import GREY
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.services import ENDED, SERVICES
from shariff_py.settings import Settings
from shariff_py.settings.services import ended
from shariff_py.texts import LANGUAGES

SETTINGS = Settings.from_mapping({"site": {"origin": "https://www.leinau.example"}})
PAGE = "https%3A%2F%2Fwww.leinau.example%2Fneues"

LINKS = [
    ("bluesky", "Share on Bluesky, opens a new window", f"https://bsky.app/intent/compose?text=Fest%20{PAGE}"),
    ("buffer", "Share on Buffer, opens a new window", f"https://publish.buffer.com/compose?url={PAGE}&text=Fest"),
    ("clipboard", "Copy link", ""),
    ("diaspora", "Share on diaspora*, opens a new window", f"https://share.diasporafoundation.org/?url={PAGE}&title=Fest"),
    ("facebook", "Share on Facebook, opens a new window", f"https://www.facebook.com/sharer/sharer.php?u={PAGE}"),
    ("flipboard", "Share on Flipboard, opens a new window", f"https://share.flipboard.com/bookmarklet/popout?v=2&title=Fest&url={PAGE}"),
    ("hackernews", "Share on Hacker News, opens a new window", f"https://news.ycombinator.com/submitlink?u={PAGE}&t=Fest"),
    ("hatena", "Share on Hatena, opens a new window", f"https://b.hatena.ne.jp/add?mode=confirm&url={PAGE}&title=Fest"),
    ("info", "More information", ""),
    ("line", "Send by LINE, opens a new window", f"https://social-plugins.line.me/lineit/share?url={PAGE}&text=Fest"),
    ("linkedin", "Share on LinkedIn, opens a new window", f"https://www.linkedin.com/sharing/share-offsite/?url={PAGE}"),
    ("mail", "Send by e-mail", f"mailto:?subject=Fest&body={PAGE}"),
    ("mastodon", "Share on Mastodon, opens a new window", f"https://share.joinmastodon.org/#text=Fest%20{PAGE}"),
    ("native", "Share with …", ""),
    ("odnoklassniki", "Share on OK, opens a new window", f"https://connect.ok.ru/offer?url={PAGE}&title=Fest"),
    ("pinterest", "Share on Pinterest, opens a new window", f"https://www.pinterest.com/pin/create/button/?url={PAGE}&description=Fest"),
    ("print", "Print", ""),
    ("qzone", "Share on Qzone, opens a new window", f"https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url={PAGE}&title=Fest"),
    ("reddit", "Share on Reddit, opens a new window", f"https://www.reddit.com/submit?url={PAGE}&title=Fest"),
    ("sms", "Send by SMS", f"sms:?&body=Fest%20{PAGE}"),
    ("telegram", "Send by Telegram, opens a new window", f"https://t.me/share/url?url={PAGE}&text=Fest"),
    ("threads", "Share on Threads, opens a new window", f"https://www.threads.com/intent/post?text=Fest&url={PAGE}"),
    ("threema", "Send by Threema, opens a new window", f"https://threema.id/compose?text=Fest%20{PAGE}"),
    ("tumblr", "Share on Tumblr, opens a new window", f"https://www.tumblr.com/widgets/share/tool?canonicalUrl={PAGE}&title=Fest"),
    ("vk", "Share on VK, opens a new window", f"https://vk.com/share.php?url={PAGE}&title=Fest"),
    ("weibo", "Share on Weibo, opens a new window", f"https://service.weibo.com/share/share.php?url={PAGE}&title=Fest"),
    ("whatsapp", "Send by WhatsApp, opens a new window", f"https://wa.me/?text=Fest%20{PAGE}"),
    ("x", "Share on X, opens a new window", f"https://x.com/intent/post?text=Fest&url={PAGE}"),
]  # fmt: skip
"""Services, what their link says to a screen reader, and where it leads. Where it is empty, script does it on the page."""

RECEIVERS = {
    "bluesky": ("Bluesky Social, PBC", "US"),
    "buffer": ("Buffer, Inc.", "US"),
    "diaspora": ("diaspora* Foundation", ""),
    "facebook": ("Meta Platforms Ireland Limited", "US"),
    "flipboard": ("Flipboard, Inc.", "US"),
    "hackernews": ("Y Combinator Management, LLC", "US"),
    "hatena": ("Hatena Co., Ltd.", "JP"),
    "line": ("LY Corporation", "JP"),
    "linkedin": ("LinkedIn Ireland Unlimited Company", "US"),
    "mastodon": ("Mastodon gGmbH", "DE"),
    "odnoklassniki": ("V Kontakte LLC", "RU"),
    "pinterest": ("Pinterest Europe Ltd.", "US"),
    "qzone": ("Tencent Holdings Limited", "CN"),
    "reddit": ("Reddit Netherlands B.V.", "US"),
    "telegram": ("Telegram FZ-LLC", "AE"),
    "threads": ("Meta Platforms Ireland Limited", "US"),
    "threema": ("Threema GmbH", "CH"),
    "tumblr": ("Tumblr, Inc.", "US"),
    "vk": ("V Kontakte LLC", "RU"),
    "weibo": ("Weibo Corporation", "CN"),
    "whatsapp": ("WhatsApp Ireland Limited", "US"),
    "x": ("X Internet Unlimited Company", "US"),
}
"""Who receives what is shared, and the country in which data may be then."""

LENGTHS = [
    ("bluesky", 200),
    ("mastodon", 300),
    ("threads", 300),
    ("x", 240),
]
"""Services that take so many characters at most."""

ACTIONS = [
    ("clipboard", "copy"),
    ("info", "info"),
    ("mastodon", "server"),
    ("native", "native"),
    ("print", "print"),
]
"""Services whose link does something on the page."""

OTHER_NAMES = [
    ("copy", "clipboard"),
    ("mailto", "mail"),
    ("mailform", "mail"),
    ("printer", "print"),
    ("fediverse", "mastodon"),
    ("share", "native"),
    ("webshare", "native"),
    ("ok", "odnoklassniki"),
    ("twitter", "x"),
]

LOOKS = [
    ("buffer", "#231f20", "M12 3 2 8"),
    ("clipboard", "", "M8 2h11v1"),
    ("diaspora", "#333333", "M10.5 3h3"),
    ("flipboard", "#c01f1f", "M4 3h16v6"),
    ("hackernews", "#b84a00", "M3 3h18v1"),
    ("hatena", "#00709b", "M4 5h6c3 "),
    ("info", "", "M12 2a10 "),
    ("lemmy", "", ""),
    ("line", "#057a3b", "M12 3C6.5"),
    ("mail", "", "M3 5h18a1"),
    ("native", "", "M18 2.5a3"),
    ("odnoklassniki", "#a85400", "M12 2a4.5"),
    ("print", "", "M7 3h10v4"),
    ("qzone", "#2b65b7", "M12 2l3 6"),
    ("sms", "", "M4 4h16v1"),
    ("telegram", "#1a6fa3", "M21.5 3.5"),
    ("threema", "#2a6b3c", "M12 2a5 5"),
    ("vk", "#0059c8", "M3 6h3.3l"),
    ("weibo", "#c7252a", "M10 8c-4 "),
    ("whatsapp", "#0a7050", "M12 2a10 "),
]
"""The colour of a service that is only shared to, where it has one of its own, and how its icon begins."""

GONE = [
    ("addthis", "closed on 31 May 2023."),
    ("delicious", "closed."),
    ("flattr", "closed in 2020."),
    ("googleplus", "closed in 2019."),
    ("pocket", "closed on 8 July 2025."),
    ("stumbleupon", "closed in June 2018."),
    ("tencent", "Tencent Weibo closed in 2020."),
    ("tencent-weibo", "Tencent Weibo closed in 2020."),
    ("xing", "XING is a job board now; its share address does not work since spring 2026."),
]


@pytest.mark.parametrize(("name", "says", "leads"), LINKS)
def test_a_link_says_what_it_does_and_leads_where_the_service_takes_addresses(name: str, says: str, leads: str) -> None:
    html = share_link(SETTINGS, LANGUAGES["en"], REGISTRY[name], url="https://www.leinau.example/neues", title="Fest")
    link = BeautifulSoup(html, "html.parser").select_one("a")
    assert link is not None
    for hidden in link.select("[aria-hidden]"):
        hidden.decompose()

    assert (" ".join(link.get_text().split()), link["href"]) == (says, leads)
    assert (link.get("target") == "_blank") == says.endswith(", opens a new window")


def test_who_receives_what_is_shared_is_known_of_every_service_that_is_not_on_the_device() -> None:
    shares = {name: record.share for name, record in REGISTRY.items() if record.share}

    assert {name: (share.receiver, share.country) for name, share in shares.items() if share.receiver} == RECEIVERS
    assert {name for name, says, leads in LINKS if leads.startswith("https:")} == RECEIVERS.keys()


@pytest.mark.parametrize(("name", "characters"), LENGTHS)
def test_a_service_with_a_longest_text_is_known_as_such(name: str, characters: int) -> None:
    share = REGISTRY[name].share

    assert share is not None
    assert share.longest == characters


@pytest.mark.parametrize(("name", "action"), ACTIONS)
def test_a_service_that_acts_on_the_page_says_how(name: str, action: str) -> None:
    share = REGISTRY[name].share

    assert share is not None
    assert share.action == action


@pytest.mark.parametrize(("name", "colour", "icon"), LOOKS)
def test_a_service_has_its_colour_and_its_icon(name: str, colour: str, icon: str) -> None:
    record = REGISTRY[name]

    assert record.colour == (colour or GREY)
    assert (record.icon.path if record.icon else "").startswith(icon)
    assert (record.icon is None) == (icon == "")


@pytest.mark.parametrize(("name", "service"), OTHER_NAMES)
def test_another_name_leads_to_the_service(name: str, service: str) -> None:
    settings = Settings.from_mapping({"services": [name], "releases": {service: {"state": "released"}}})
    bar = share_bar(settings, LANGUAGES["en"], url="https://www.leinau.example/neues", title="", counts={})

    assert f'data-service="{service}"' in bar


@pytest.mark.parametrize(("name", "why"), GONE)
def test_a_service_that_has_ended_is_left_out_wherever_the_settings_name_it(name: str, why: str) -> None:
    named = {"services": [name, "mail"], "releases": {name: {"state": "released"}}, "platforms": {name: {"token": "t"}}}

    settings = Settings.from_mapping(named)

    bar = share_bar(settings, LANGUAGES["en"], url="https://www.leinau.example/neues", title="", counts={})
    assert [link["data-service"] for link in BeautifulSoup(bar, "html.parser").select("a")] == ["mail"]
    assert settings.ended() == {name: ["services", "releases", "platforms"]}
    assert ended([name, "mail", name]) == f"{name}: {why.rstrip('.')}"


def test_a_bar_of_nothing_but_services_that_have_ended_is_empty() -> None:
    settings = Settings.from_mapping({"services": ["xing", "pocket"]})

    assert share_bar(settings, LANGUAGES["en"], url="https://www.leinau.example/neues", title="", counts={}) == ""


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"services": ["mail", "xingg"]}, "services: 'xingg' is not a known way to share. Known: bluesky, buffer,"),
        ({"services": ["lemmy"]}, "services: 'lemmy' is not a known way to share."),
        ({"releases": {"xingg": {"state": "released"}}}, "releases: 'xingg' is not a known platform."),
        ({"platforms": {"xingg": {}}}, "platforms: 'xingg' is not a known platform."),
    ],
)
def test_a_word_that_nobody_knows_is_an_error(named: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_mapping(named)

    assert message in str(refused.value)


def test_every_service_is_written_here() -> None:
    assert {name for name, record in REGISTRY.items() if record.share} == {name for name, _, _ in LINKS}
    assert ENDED.keys() == {name for name, _ in GONE}
    assert SERVICES.keys() == {name for name, _, _ in LOOKS}


def test_the_documentation_names_each_service_with_its_other_names_its_recipient_and_where_data_may_go() -> None:
    page = (ROOT / "docs" / "share-bar.md").read_text(encoding="utf-8")
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]
    rows = {cells[0].strip("`"): cells[1:] for cells in lines}
    countries = Locale("en", "GB").territories

    for name, (receiver, country) in RECEIVERS.items():
        also = ", ".join(f"`{other}`" for other, service in OTHER_NAMES if service == name)
        assert rows[name] == [also, f"{REGISTRY[name].title}, {receiver}", countries.get(country, "")]
    assert all(f"`{name}`" in page for name, _ in (*GONE, *OTHER_NAMES))


def test_a_recipient_that_is_a_known_company_is_called_as_it_is() -> None:
    operators = {
        record.name: record.operator.legal_name for record in REGISTRY.values() if record.operator and record.share
    }

    assert {name: RECEIVERS[name][0] for name in operators} == operators
