"""What a platform's record has to be: every built-in record is so, and each rule is shown refusing something once."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any

import pytest
from support.unknown_platform import PLATFORM as OTHER
from support.unknown_platform import SOURCE

from shariff_py.platform_rules import problems
from shariff_py.platform_rules.pattern_rules import fault
from shariff_py.platform_rules.record_rules import contrast_with_white, is_path
from shariff_py.platforms.company import Transfer
from shariff_py.platforms.embed_kind import EmbedKind, Parameter, ScriptForm, Size, forms
from shariff_py.platforms.pattern import Pattern, patterns
from shariff_py.platforms.record import Icon, Platform, ScriptGlobal, ShareLink
from shariff_py.platforms.registry import REGISTRY
from shariff_py.testing import check_platform

KIND = EmbedKind(
    "video",
    links=forms(r"/watch/(?P<id>[a-z0-9]{6})"),
    frames=forms(r"/embed/(?P<id>[a-z0-9]{6})"),
    public=("https://www.towntube.example/watch/{id}",),
    frame=("https://player.towntube.example/embed/{id}?quiet=1",),
    samples=("https://www.towntube.example/watch/ab12cd",),
)
assert OTHER.operator is not None
COMPANY = replace(OTHER.operator, legal_name="TownTube Cooperative")
TOWN = Platform(
    name="town_tube",
    title="TownTube",
    operator=COMPANY,
    hosts=("towntube.example",),
    content_hosts=patterns(r"(?:www\.)?towntube\.example"),
    public_host="www.towntube.example",
    embeds=(KIND,),
    disclosures=("ip", "browser"),
    checked_on=date(2026, 11, 30),
)


def kind(**changes: Any) -> Platform:
    return replace(TOWN, embeds=(replace(KIND, **changes),))


def company(**changes: Any) -> Platform:
    return replace(TOWN, operator=replace(COMPANY, **changes))


def parameter(*values: Any, **named: Any) -> Platform:
    return kind(parameters=(Parameter(*values, **named),))


@pytest.mark.parametrize("platform", REGISTRY.values(), ids=attrgetter("name"))
def test_every_platform_of_the_library_keeps_the_contract(platform: Platform) -> None:
    check_platform(platform)


def test_a_new_one_that_keeps_it_passes() -> None:
    check_platform(TOWN)
    check_platform(OTHER, SOURCE)
    assert "town_tube" not in REGISTRY


@pytest.mark.parametrize(
    ("record", "field", "what"),
    [
        # Types
        (replace(TOWN, hosts="towntube.example"), "hosts", "is of the type str, not tuple"),  # type: ignore[arg-type]
        (kind(classes={"town": 1}), "embeds.video.classes", "is of the type dict, not frozenset"),
        (replace(TOWN, hosts=(b"towntube.example",)), "hosts.0", "is of the type bytes, not str"),  # type: ignore[arg-type]
        (kind(links=("/watch",)), "embeds.video.links.0", "is of the type str, not Form"),
        (kind(size=Size("640", 360)), "embeds.video.size.width", "is of the type str, not int"),  # type: ignore[arg-type]
        (replace(TOWN, icon=Icon(5)), "icon.path", "is of the type int, not str"),  # type: ignore[arg-type]
        # Patterns
        (kind(links=forms("/watch/(")), "embeds.video.links.0.path", "is no regular expression: missing )"),
        (replace(TOWN, script_marks=patterns("(?:a+)+b")), "script_marks.0", "can be made slow: a repetition inside"),
        (replace(TOWN, helper_paths=Pattern("/.*x.*y.*")), "helper_paths", "can be made slow: more than two"),
        (
            replace(TOWN, script_globals=(ScriptGlobal("Town", Pattern("tube(")),)),
            "script_globals.Town.defined_by",
            "is no regular expression: missing )",
        ),
        # Names
        (replace(TOWN, name="Town Tube"), "name", "'Town Tube' is no name"),
        (replace(TOWN, name="vimeo"), "name", "Vimeo is named 'vimeo'"),
        (replace(TOWN, name="twitter"), "name", "X is named 'twitter'"),
        (replace(TOWN, title=" "), "title", "is empty"),
        (replace(TOWN, embeds=(KIND, KIND)), "embeds", "two kinds are named 'video'"),
        (kind(name="Video!"), "embeds.Video!", "'Video!' is no name"),
        (kind(classes=frozenset({"fb-post"})), "embeds.video.classes", "'fb-post' is markup of Facebook"),
        (kind(classes=frozenset({"a b"})), "embeds.video.classes", "'a b' is no class"),
        (kind(tags=frozenset({"video"})), "embeds.video.tags", "'video' may be an element of HTML"),
        # Hosts
        (replace(TOWN, hosts=("*.towntube.example",)), "hosts", "'*.towntube.example' is no host"),
        (replace(TOWN, hosts=("https://towntube.example",)), "hosts", "'https://towntube.example' is no host"),
        (replace(TOWN, hosts=("TownTube.example",)), "hosts", "'TownTube.example' is no host"),
        (replace(TOWN, hosts=("towntube.example", "co.uk")), "hosts", "'co.uk' is a public suffix"),
        (
            replace(TOWN, hosts=("towntube.example", "m.facebook.com")),
            "hosts",
            "overlaps 'facebook.com', a host of Facebook",
        ),
        (replace(TOWN, link_hosts=("vimeo.com",)), "link_hosts", "'vimeo.com' overlaps 'vimeo.com', a host of Vimeo"),
        (
            replace(TOWN, hosts=("towntube.example", "google.com")),
            "hosts",
            "overlaps 'maps.google.com', a host of Google Maps",
        ),
        (replace(TOWN, shared_hosts=("www.example.org",)), "shared_hosts", "has no path"),
        (replace(TOWN, shared_hosts=("www.facebook.com/x",)), "shared_hosts", "overlaps 'facebook.com'"),
        (
            replace(TOWN, shared_hosts=("google.com/maps/x",)),
            "shared_hosts",
            "Google Maps has these paths of 'google.com'",
        ),
        (replace(TOWN, content_hosts=(), public_host=""), "content_hosts", "is empty"),
        (replace(TOWN, public_host="towntube.example.org"), "public_host", "is no content host"),
        (replace(TOWN, hosts=()), "hosts", "is empty"),
        (replace(TOWN, any_server=True), "server_mark", "is empty"),
        # What is told
        (replace(TOWN, operator=None), "operator", "is empty, and visitors are told of it"),
        (company(address=""), "operator.address", "is empty, and visitors are told of it"),
        (company(country="Germany"), "operator.country", "'Germany' is no ISO 3166 code"),
        (company(address="Main Street 1, Town, Germany"), "operator.address", "ends in the name of a country"),
        (company(address_country="Germany"), "operator.address_country", "'Germany' is no ISO 3166 code"),
        (company(privacy_url="http://towntube.example"), "operator.privacy_url", "is no https address"),
        (replace(TOWN, disclosures=()), "disclosures", "is empty, and visitors are told of it"),
        (replace(TOWN, disclosures=("shoe_size",)), "disclosures", "no text 'data.shoe_size' exists in"),
        (kind(content="opera"), "embeds.video.content", "no text 'kind.opera' exists in"),
        (
            company(transfer=Transfer("USA", "Treaty", "1", date(2026, 11, 30), in_force=True)),
            "operator.transfer.country",
            "'USA' is no ISO 3166 code",
        ),
        (replace(TOWN, checked_on=datetime(2026, 11, 30, tzinfo=UTC)), "checked_on", "has a time of day"),
        # How it looks
        (replace(TOWN, colour="red"), "colour", "'red' is no colour"),
        (replace(TOWN, colour="#7cc0c8"), "colour", "has a contrast of 2.05 only"),
        (replace(TOWN, icon=Icon("10 10 L 5")), "icon.path", "is no path of SVG"),
        (replace(TOWN, icon=Icon("M4 5h16v14c1 2 3")), "icon.path", "is no path of SVG"),
        # Share links
        (replace(TOWN, share=ShareLink("https://t.example/?u={url}")), "share.receiver", "is empty"),
        (
            replace(TOWN, share=ShareLink("https://t.example/", receiver="T")),
            "share.template",
            "has no place for the page's",
        ),
        (replace(TOWN, share=ShareLink("t.example/{url}")), "share.template", "is no address"),
        (
            replace(TOWN, share=ShareLink("https://t.example/{url}", receiver="T", country="de")),
            "share.country",
            "'de' is no",
        ),
        # Kinds
        (kind(becomes="door"), "embeds.video.becomes", "'door' is not known"),
        (kind(links=(), frames=()), "embeds.video.links", "is empty, as frames is"),
        (kind(public=()), "embeds.video.public", "is empty, and a gate needs it"),
        (kind(frame=()), "embeds.video.frame", "is empty, and a gate needs it"),
        (kind(samples=()), "embeds.video.samples", "is empty, and a gate needs it"),
        (
            kind(public=("https://www.towntube.example/watch/{ID}",)),
            "embeds.video.public",
            "has {ID}, which no form in links",
        ),
        (kind(frame=("https://player.towntube.example/{x}",)), "embeds.video.frame", "has {x}, which no form"),
        (kind(frame=("http://player.towntube.example/embed/{id}",)), "embeds.video.frame", "is not over https"),
        (
            kind(frame=("https://cdn.example/embed/{id}",)),
            "embeds.video.frame",
            "'cdn.example' is none of the record's hosts",
        ),
        (kind(features=("teleport",)), "embeds.video.features", "'teleport' is not known"),
        (
            kind(sandbox=("allow-top-navigation",)),
            "embeds.video.sandbox",
            "'allow-top-navigation' is not known, or not allowed",
        ),
        (kind(sandbox=("allow-same-origin allow-modals",)), "embeds.video.sandbox", "is not known, or not allowed"),
        (kind(referrer="unsafe-url"), "embeds.video.referrer", "'unsafe-url' is not known, or not allowed"),
        (kind(with_credentials="yes"), "embeds.video.with_credentials", "gives no reason"),
        (kind(size=Size(0, 360)), "embeds.video.size", "is no size"),
        (parameter("t", "moment"), "embeds.video.parameters.t.kind", "'moment' is not known"),
        (parameter("t", "number", 9, 1), "embeds.video.parameters.t", "is larger at least than at most"),
        (
            kind(address_attributes={"data-id": "x"}),
            "embeds.video.address_attributes.data-id",
            "does not say where the value",
        ),
        # Scripts
        (kind(script=ScriptForm("<div></div>")), "embeds.video.script.markup", "does not load the script"),
        (
            kind(script=ScriptForm(sources={"default-src": ("a.example",)})),
            "embeds.video.script.sources",
            "is not known",
        ),
        (kind(script=ScriptForm(sources={"img-src": ("*.a.example",)})), "embeds.video.script.sources", "is no host"),
        # Samples
        (kind(samples=("www",)), "embeds.video.samples", "'www' is no address"),
        (kind(samples=("https://vimeo.com/123456789",)), "embeds.video.samples", "is an address of Vimeo"),
        (kind(samples=("https://www.towntube.example/see/1",)), "embeds.video.samples", "is not found as video"),
        (
            kind(public=("https://www.towntube.example/watch/x{id}",)),
            "embeds.video.samples",
            "becomes 'https://www.towntube.example/watch/xab12cd', which becomes another",
        ),
        (kind(frames=forms("/other/(?P<id>.+)")), "embeds.video.samples", "is found by no form in frames"),
        (kind(frames=forms("/embed/(?P<id>.)(?P<rest>.+)")), "embeds.video.samples", "leads back to"),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused_with_field_and_cure(record: Platform, field: str, what: str) -> None:
    found = [problem for problem in problems(record) if problem.field == field and what in problem.what]

    assert found, [str(problem) for problem in problems(record)]
    assert found[0].cure.endswith((".", ")."))
    with pytest.raises(AssertionError, match=re.escape(f"{record.name} may not join the registry:")) as refused:
        check_platform(record)
    assert str(found[0]) in str(refused.value)


@pytest.mark.parametrize(("colour", "ratio"), [("#1877f2", 4.23), ("#0866ff", 4.82), ("#000000", 21.0)])
def test_the_contrast_is_computed_as_known(colour: str, ratio: float) -> None:
    assert round(contrast_with_white(colour), 2) == ratio


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("M4 5h16v14H4zm6 3v8l6-4z", True), ("m.5.5 1-1a4 4 0 015 6z", True), ("M0 0C1 2,3 4,5 6s1 2 3 4", True), ("", False),
        ("L4 5", False), ("M4", False), ("M4 5x", False), ("M4 5a1 1 0 2 0 1 1", False), ("<path>", False),
    ],
)  # fmt: skip
def test_the_path_of_an_icon_is_told_from_another_text(path: str, is_one: bool) -> None:
    assert is_path(path) is is_one


def test_what_is_no_record_or_no_source_is_refused() -> None:
    assert [str(problem) for problem in problems({})] == ["PLATFORM: is no Platform. Write PLATFORM = Platform(...)."]
    assert [problem.field for problem in problems(TOWN, object())] == ["SOURCE"]
    assert [problem.field for problem in problems(TOWN, SOURCE._replace(host="https://x.example"))] == ["SOURCE.host"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    broken = replace(kind(referrer="unsafe-url"), colour="red", title="")

    assert [problem.field for problem in problems(broken)] == ["title", "colour", "embeds.video.referrer"]


@pytest.mark.parametrize("field", ["operator", "hosts", "content_hosts", "disclosures", "embeds"])
def test_a_record_without_what_a_gate_needs_is_refused(field: str) -> None:
    default = next(one.default for one in fields(Platform) if one.name == field)
    lacking = replace(TOWN, **{field: default})

    assert bool(problems(lacking)) == (field != "embeds")


@pytest.mark.parametrize(
    ("pattern", "slow"),
    [
        (r"(?:[a-z]+)*x", True), (r"(a+b?)+", True), (r"(?:/[a-z/]+)*", True), (r"(?:\w+\s?)*\.", True), (r"/.+/.+/.+", True),
        (r"(?:[a-z]+/)*x", False), (r"/[^/]+/[^/]+/[^/]+", False), (r"/w/(?P<id>[\w-]{8,36})", False), (r"(?:[a-z]++)*x", False),
        (r"(?>[a-z]+/?)*x", False), (r"/.*/.*", False),
    ],
)  # fmt: skip
def test_a_pattern_that_can_be_made_slow_is_told_from_one_that_cannot(pattern: str, slow: bool) -> None:
    assert ("slow" in fault(pattern)) is slow
