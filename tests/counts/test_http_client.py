"""The HTTP client: what it sends, what it never sends, and what every failure becomes."""

from __future__ import annotations

import hashlib
import re
import socket
import ssl
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.paths import TESTS

from shariff_py.errors import FetchFailed, FetchRefused
from shariff_py.http_client import SOFTWARE, Fetcher
from shariff_py.journal import Entry, Journal
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.platforms.known.facebook.count_source import build_request
from shariff_py.settings import Settings
from shariff_py.testing import StandIn

PAGE = "https://www.example.org/"
TOKEN = "canary|token"
CERTIFICATE = TESTS / "tls" / "self_signed.pem"


class Sender:
    """A fetcher with its journal, at a mock server."""

    def __init__(self, folder: Path, stand_in: dict[str, str], **counts: Any) -> None:
        self.settings = Settings.from_mapping(
            {
                "platforms": {"facebook": {"token": TOKEN}},
                "counts": {"timeout_seconds": 20.0, **counts},
                "stand_in": stand_in,
            }
        )
        self.journal = Journal(folder / "outgoing.jsonl")
        self.fetcher = Fetcher(self.settings, self.journal)

    def send(self, request: Request | None = None) -> Reply:
        return self.fetcher.send(request or question(), trigger="schedule", purpose="counts")

    def entries(self) -> list[Entry]:
        return list(self.journal.entries())


def question(*pages: str) -> Request:
    return build_request(pages or (PAGE,), Credentials("graph.facebook.com", TOKEN, "v26.0"))


@pytest.fixture
def sender(tmp_path: Path, stand_in: StandIn) -> Sender:
    return Sender(tmp_path, stand_in.settings)


@pytest.fixture
def impatient(tmp_path: Path, stand_in: StandIn) -> Sender:
    """A sender that waits for half a second at most."""
    return Sender(tmp_path, stand_in.settings, timeout_seconds=0.5)


def test_a_request_arrives_with_the_fixed_headers_and_nothing_else(sender: Sender, stand_in: StandIn) -> None:
    stand_in.counts[PAGE] = 17

    reply = sender.send()

    assert reply.status == 200
    assert b'\\"count\\":17' in reply.body
    (received,) = stand_in.received
    assert received.headers == {
        "host": stand_in.counts_origin.removeprefix("http://"),
        "user-agent": SOFTWARE,
        "accept": "application/json, */*;q=0.1",
        "accept-encoding": "identity",
        "authorization": f"Bearer {TOKEN}",
        "content-type": "application/x-www-form-urlencoded",
        "content-length": str(len(question().body)),
    }


def test_the_user_agent_is_the_name_and_version_alone() -> None:
    assert re.fullmatch(r"shariff_py/[0-9.]+", SOFTWARE)


def test_two_requests_about_the_same_pages_are_the_same_bytes(sender: Sender, stand_in: StandIn) -> None:
    sender.send()
    sender.send()

    first, second = stand_in.received
    assert replace(first, when=0) == replace(second, when=0)


def test_cookies_that_come_back_are_never_sent(sender: Sender, stand_in: StandIn) -> None:
    stand_in.behave(body=b"[]", content_type="text/html\r\nset-cookie: known=again")
    sender.send()

    sender.send()

    assert all("cookie" not in received.headers for received in stand_in.received)


def test_proxies_from_the_environment_are_ignored(
    sender: Sender, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")

    assert sender.send().status == 200
    assert len(stand_in.received) == 1


def test_the_journal_has_each_request_and_its_outcome(sender: Sender, stand_in: StandIn) -> None:
    reply = sender.send(question(PAGE, PAGE + "second"))

    request, outcome = sender.entries()
    assert (request.kind, request.trigger, request.purpose) == ("request", "schedule", "counts")
    assert (request.platform, request.method, request.host, request.path) == (
        "facebook",
        "POST",
        "graph.facebook.com",
        "/v26.0/",
    )
    assert request.pages == (PAGE, PAGE + "second")
    assert request.origin == stand_in.counts_origin
    assert request.headers == tuple(sorted(stand_in.received[0].headers))
    assert request.body_sha256 == hashlib.sha256(stand_in.received[0].body).hexdigest()
    assert (outcome.kind, outcome.of, outcome.status, outcome.bytes) == ("outcome", 1, 200, len(reply.body))


def test_the_record_is_on_the_disk_before_the_request_arrives(tmp_path: Path) -> None:
    journal = tmp_path / "outgoing.jsonl"
    seen: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def respond() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                seen.append(journal.read_text())
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]")

        thread = threading.Thread(target=respond)
        thread.start()
        Sender(tmp_path, {"graph.facebook.com": f"http://127.0.0.1:{server.getsockname()[1]}"}).send()
        thread.join()

    assert seen[0].count("\n") == 1
    assert '"kind":"request"' in seen[0]


def test_the_token_is_sent_and_never_written_down(sender: Sender, stand_in: StandIn) -> None:
    request = replace(question(), path=f"/v26.0/?access_token={TOKEN}", body=b"access_token=canary%7Ctoken&x=1")
    sender.send(request)

    assert stand_in.received[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert "canary" not in sender.journal.path.read_text()
    assert sender.entries()[0].path == "/v26.0/?access_token=[secret]"
    assert sender.entries()[0].body_sha256 == hashlib.sha256(b"access_token=[secret]&x=1").hexdigest()


def test_a_journal_that_cannot_be_written_keeps_everything_inside(tmp_path: Path, stand_in: StandIn) -> None:
    (tmp_path / "outgoing.jsonl").mkdir()
    sender = Sender(tmp_path, stand_in.settings)

    with pytest.raises(FetchRefused, match="the journal could not be written"):
        sender.send()

    assert stand_in.received == []
    assert stand_in.connections == 0


def test_a_journal_that_was_tampered_with_keeps_everything_inside(sender: Sender, stand_in: StandIn) -> None:
    sender.send()
    stand_in.clear()
    sender.journal.path.write_bytes(sender.journal.path.read_bytes().replace(b'"status":200', b'"status":404'))

    with pytest.raises(FetchRefused, match="move it away"):
        sender.send()

    assert stand_in.received == []


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(replace(question(), host="www.facebook.com"), id="another host of the platform"),
        pytest.param(replace(question(), host="graph.facebook.com.example.org"), id="a host that begins alike"),
        pytest.param(replace(question(), host="evil-graph.facebook.com"), id="a host that ends alike"),
        pytest.param(replace(question(), host="127.0.0.1"), id="this machine"),
        pytest.param(replace(question(), host=""), id="no host"),
        pytest.param(replace(question(), method="CONNECT"), id="another method"),
        pytest.param(replace(question(), path="@example.org/"), id="a path that changes the host"),
        pytest.param(replace(question(), path="/ HTTP/1.1\r\nhost: example.org"), id="a path with line breaks"),
        pytest.param(replace(question(), headers={"cookie": "canary=1"}), id="a cookie"),
        pytest.param(replace(question(), headers={"X-Forwarded-For": "192.0.2.1"}), id="a visitor's address"),
        pytest.param(replace(question(), headers={"authorization": "Bearer canary\r\nx: y"}), id="a torn token"),
        pytest.param(
            replace(question(), headers={"authorization": "Bearer canary\N{EURO SIGN}"}), id="a strange token"
        ),
    ],
)
def test_what_the_register_does_not_name_is_blocked_and_the_block_is_written_down(
    sender: Sender, stand_in: StandIn, request_: Request
) -> None:
    with pytest.raises(FetchRefused) as refused:
        sender.send(request_)

    assert stand_in.connections == 0
    (entry,) = sender.entries()
    assert (entry.kind, entry.status) == ("blocked", None)
    assert entry.error
    assert "canary" not in str(refused.value)
    assert "canary" not in sender.journal.path.read_text()


FAILURES = [
    pytest.param({"silent": True}, "timeout", id="never answers"),
    pytest.param({"slow": 2.0}, "timeout", id="answers too late"),
    pytest.param({"drip": "head"}, "timeout", id="head byte by byte"),
    pytest.param({"drip": "body"}, "timeout", id="body byte by byte"),
    pytest.param({"drop": True}, "connection", id="drops the connection"),
    pytest.param({"huge": True}, "too-large", id="100 MB unannounced"),
    pytest.param({"body": b" " * 1_000_001}, "too-large", id="a byte too many, announced"),
    pytest.param({"redirect": "http://127.0.0.1:9/"}, "redirect", id="redirects elsewhere"),
    pytest.param({"redirect": "/v26.0/other"}, "redirect", id="redirects to itself"),
]


@pytest.mark.parametrize(("day", "reason"), FAILURES)
def test_a_network_failure_has_a_one_word_reason(
    impatient: Sender, stand_in: StandIn, day: dict[str, Any], reason: str
) -> None:
    stand_in.behave(**day)

    with pytest.raises(FetchFailed) as failed:
        impatient.send()

    assert failed.value.reason == reason
    assert "canary" not in f"{failed.value!r} {failed.value.__context__!r}"
    assert [(entry.kind, entry.error) for entry in impatient.entries()] == [("request", ""), ("outcome", reason)]
    assert len(stand_in.received) == 1
    # A head that drips in takes the mock server 15 seconds: a limit on the time between two bytes alone would wait for all of it.
    assert (impatient.entries()[1].milliseconds or 0) < 10_000


def test_the_size_limit_is_the_last_size_that_is_read(sender: Sender, stand_in: StandIn) -> None:
    stand_in.behave(body=b" " * 1_000_000)

    assert len(sender.send().body) == 1_000_000


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ({"status": 429, "retry_after": "120"}, 429),
        ({"status": 429}, 429),
        ({"status": 500}, 500),
        ({"garbage": True}, 200),
        ({"html": True}, 200),
        ({"content_type": "image/png"}, 200),
        ({"error": {"code": 4}}, 200),
    ],
)
def test_any_other_reply_is_passed_to_its_reader(
    sender: Sender, stand_in: StandIn, day: dict[str, Any], status: int
) -> None:
    stand_in.behave(**day)

    reply = sender.send()

    assert reply.status == status
    assert reply.headers.get("retry-after") == day.get("retry_after")
    assert sender.entries()[1].status == status


def test_after_every_failure_the_next_request_works(sender: Sender, stand_in: StandIn) -> None:
    for day in ({"drop": True}, {"huge": True}, {"redirect": "/x"}):
        stand_in.behave(**day)
        with pytest.raises(FetchFailed):
            sender.send()
        stand_in.behave()

        assert sender.send().status == 200


def test_a_closed_port_is_a_failed_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(FetchFailed, match="connection"):
        Sender(tmp_path, {"graph.facebook.com": f"http://127.0.0.1:{port}"}).send()


def test_a_server_with_an_untrusted_certificate_gets_no_request(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            connection, _ = server.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as encrypted:
                    heard.append(encrypted.recv(65_536))
            except OSError:
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        with pytest.raises(FetchFailed, match="tls"):
            Sender(tmp_path, {"graph.facebook.com": f"https://127.0.0.1:{server.getsockname()[1]}"}).send()
        thread.join()

    assert b"".join(heard) == b""
