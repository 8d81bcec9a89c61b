"""The documents on platforms and hosts are what the records say, for a platform nobody has seen before as well."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import platform_docs
import pytest
from support.paths import DOCS
from support.unknown_platform import PLATFORM as STRANGER
from support.unknown_platform import SOURCE

from shariff_py.platforms.embed_kind import EmbedKind, Parameter, Size, forms
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY

COMPANY = STRANGER.operator
assert COMPANY is not None
ANYWHERE = Platform(
    name="anywhere",
    title="Anywhere",
    checked_on=date(2026, 11, 30),
    any_server=True,
    server_mark="/show",
    server_scripts=("/show.js",),
    embeds=(
        EmbedKind(
            "picture",
            links=forms("/p/(?P<id>[0-9]+)"),
            frames=forms("/show/(?P<id>[0-9]+)"),
            frame=("https://{server}/show/{id}?quiet=1",),
            tags=frozenset({"amp-anywhere"}),
            markers={"data-anywhere": frozenset({"picture"})},
            parameters=(Parameter("zoom", "number", 1, 9), Parameter("width", "number", 1, 9, in_frame=False)),
            size=Size(300, 200),
            features=("fullscreen",),
            sandbox=("allow-downloads",),
            referrer="origin",
            with_credentials="its server refuses frames without them",
            samples=("https://pictures.example.org/p/7",),
        ),
    ),
    disclosures=("ip",),
)


def written(*records: Platform) -> dict[str, str]:
    return platform_docs.documents({record.name: record for record in records})


def test_the_committed_documents_are_what_would_be_written() -> None:
    assert platform_docs.stale(DOCS) == [], platform_docs.COMMAND


def test_a_document_that_is_not_what_would_be_written_is_noticed(tmp_path: Path) -> None:
    shutil.copy(DOCS / "platforms.md", tmp_path)
    file = shutil.copy(DOCS / "reference-hosts.md", tmp_path)
    assert platform_docs.stale(tmp_path) == []

    Path(file).write_text(Path(file).read_text("utf-8").replace("youtu.be", "youtu.example"), encoding="utf-8")
    assert platform_docs.stale(tmp_path) == ["reference-hosts.md"]
    Path(file).unlink()
    assert platform_docs.stale(tmp_path) == ["reference-hosts.md"]


def test_a_platform_nobody_has_seen_before_has_a_section() -> None:
    text = written(STRANGER)["platforms.md"]

    assert (
        "| [Stranger](#stranger) | video, post | Stranger S.A. | FR | US | yes |\n"
        "\n"
        "## Stranger\n"
        "\n"
        "- **Recipient**: Stranger S.A., 1 rue Neuve, Paris (seat: FR); [privacy policy](https://www.stranger.example/privacy)\n"
        "- **Data may go to**: US, on the basis of: EU-US Data Privacy Framework, decision (EU) 2023/1795, checked on 2026-11-22\n"
        "- **Joint control**: yes, by [its arrangement](https://www.stranger.example/joint)\n"
        "- **Recipient checked on**: 2026-11-22\n"
        "- **Told before the click**: IP address, browser and device and the name of this website (video); IP address and browser and device "
        "(board)\n"
        "- **Frame from**: `www.stranger.example` (video); `boards.stranger.example` (board)\n"
        "- **Always in its address**: – (video); `quiet=1` (board)\n"
        "- **Taken over from pasted code**: –\n"
        "- **Size**: 480 × 270 pixels where the code has none (video); 500 × 500 pixels where the code has none (board)\n"
        "- **Referrer**: `strict-origin-when-cross-origin` (video); `no-referrer` (board)\n"
        "- **Device functions**: `fullscreen` (video); none (board)\n"
        "- **Added to the sandbox**: nothing\n"
        "- **`credentialless`**: yes (video); no: boards are only for members (board)\n"
        "- **Share link**: leads to `stranger.example`, received by Stranger S.A.; data may go to US\n"
        "- **Checked on**: 2026-11-22\n"
        "\n"
        "| kind | shown as | addresses, for example | pasted code | frame |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| video | video | `https://www.stranger.example/film/7` | frame, class `stranger-video`, element `amp-stranger` "
        "| `https://www.stranger.example/player?film={address}` |\n"
        "| board | post | `https://www.stranger.example/board/news` | frame | `https://boards.stranger.example/b/{id}?quiet=1` |\n"
        "\n"
        "| not shown | pasted code | ended on | what takes its place |\n"
        "| --- | --- | --- | --- |\n"
        "| club | frame, class `stranger-club` | 2026-01-01 | an ordinary link to what it showed |\n"
    ) in text


def test_a_platform_of_which_anybody_can_run_a_server_says_what_to_name_and_what_its_frame_needs() -> None:
    text = written(ANYWHERE)["platforms.md"]

    assert "| [Anywhere](#anywhere) | picture | who runs the server | – | – | no |\n" in text
    assert '`[platforms.anywhere.servers."HOST"]`' in text
    for line in (
        "- **Frame from**: the server\n",
        "- **Always in its address**: `quiet=1`\n",
        "- **Taken over from pasted code**: `zoom`, its size\n",
        "- **Size**: 300 × 200 pixels where the code has none\n",
        "- **Referrer**: `origin`\n",
        "- **Device functions**: `fullscreen`\n",
        "- **Added to the sandbox**: `allow-downloads`\n",
        "- **`credentialless`**: no: its server refuses frames without them\n",
        '| picture | picture | `https://pictures.example.org/p/7` | frame, attribute `data-anywhere="picture"`, element `amp-anywhere` | `https://{server}/show/{id}?quiet=1` |\n',
    ):
        assert line in text


def test_what_differs_between_kinds_is_said_of_each() -> None:
    (picture,) = ANYWHERE.embeds
    more = replace(ANYWHERE, embeds=(picture, replace(picture, name="album", size=Size(300, 900), sandbox=())))

    text = written(more)["platforms.md"]

    assert "(picture); 300 × 900 pixels where the code has none (album)\n" in text
    assert "- **Added to the sandbox**: `allow-downloads` (picture); nothing (album)\n" in text
    assert "- **Referrer**: `origin`\n" in text


@pytest.mark.parametrize(
    ("unconfirmed", "transfer", "lines"),
    [
        (("address",), COMPANY.transfer, ["- **Not confirmed**: address\n"]),
        (("legal_name", "transfer"), COMPANY.transfer, [" | Stranger S.A. (?) | FR | US (?) | yes |\n"]),
        (
            ("transfer",),
            None,
            ["a basis that is not known\n", " | FR | (?) | yes |\n", "- **Not confirmed**: basis of the transfer\n"],
        ),
        ((), None, ["- **Data may go to**: no country outside the European Economic Area is known\n"]),
        ((), replace(COMPANY.transfer, in_force=False), ["2023/1795, no longer in force, checked on"]),  # type: ignore[type-var]
    ],
)
def test_what_is_not_confirmed_or_not_known_of_a_company_is_said(
    unconfirmed: tuple[str, ...], transfer: object, lines: list[str]
) -> None:
    company = replace(COMPANY, unconfirmed=unconfirmed, transfer=transfer)

    text = written(replace(STRANGER, operator=company))["platforms.md"]

    assert [line for line in lines if line not in text] == []
    assert ("Not confirmed**" in text) is bool(unconfirmed)


def test_the_hosts_of_a_platform_are_listed_by_what_contacts_them() -> None:
    stranger = replace(STRANGER, counts=SOURCE, shared_hosts=("www.example.org/strange",))

    text = written(stranger, ANYWHERE, REGISTRY["whatsapp"])["reference-hosts.md"]

    assert (
        "| Stranger | `www.stranger.example`, `boards.stranger.example` | `stranger.example`, `www.example.org/strange` |\n"
        in text
    )
    assert "| Anywhere | servers that the site names | on any server, by its path: `/show`, `/show.js` |\n" in text
    assert "| Stranger | `stranger.example` | – |\n" in text
    assert "| WhatsApp | `wa.me` | `whatsapp.com`, `wa.me` |\n" in text
    assert text.endswith("| Stranger | `counts.stranger.example` |\n")


def test_a_service_without_content_is_in_the_short_table() -> None:
    text = written(REGISTRY["whatsapp"], REGISTRY["print"])["platforms.md"]

    assert "| WhatsApp | `wa.me` | WhatsApp Ireland Limited | US | 2026-" in text
    assert "| Print | – | nobody: it stays on the device | – | 2026-" in text
    assert "## WhatsApp" not in text


def test_what_the_file_of_a_record_says_of_its_sources_is_there() -> None:
    text = (DOCS / "platforms.md").read_text("utf-8")

    youtube = text.partition("\n## YouTube\n")[2].partition("\n## ")[0]
    assert 'Sources: "Required minimum functionality" of the YouTube API services' in youtube
    assert "The hosts were not confirmed." in youtube


def test_the_file_of_every_record_names_its_sources() -> None:
    assert [record.name for record in REGISTRY.values() if record.embeds and not platform_docs.sources(record)] == []


def test_every_platform_with_content_has_a_section_in_order() -> None:
    text = (DOCS / "platforms.md").read_text("utf-8")
    titles = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]

    assert titles[-1] == "Services without content"
    assert titles[:-1] == sorted(titles[:-1], key=str.lower)
    assert {"Facebook", "Google Maps", "Mastodon", "PeerTube", "X", "YouTube"} <= set(titles)
    assert len(titles) - 1 == sum(bool(record.embeds) for record in REGISTRY.values())
