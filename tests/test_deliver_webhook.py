"""Tasks to an address of the user's own, which checks the signature and breaks down in every way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trackers
from trackers import TASKS, Server, dropped, moved, plan, serving, slow, status

from extractor.deliver import retry
from extractor.deliver.http import Http
from extractor.deliver.log import Log
from extractor.deliver.run import Delivery, deliver
from extractor.deliver.secrets import Secret
from extractor.deliver.webhook import Webhook, signature, signing_key
from extractor.document import Document
from extractor.errors import LoginError, NetworkError, NoTargetError
from extractor.export.delivery import counts

SECRET = "mot-khoa-ky-du-dai-de-dung"
ITEMS = 5


class Receiver:
    """Keeps each `webhook-id` once, as the documentation asks of a receiver; checks every signature."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.received = 0
        self.locked: set[str] = set()  # keys that a person changed

    def __call__(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        id_, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        digest = hmac.new(SECRET.encode(), f"{id_}.{stamp}.".encode() + body, hashlib.sha256).digest()
        if not hmac.compare_digest(headers["webhook-signature"], "v1," + base64.b64encode(digest).decode()):
            return 401, None
        if abs(time.time() - int(stamp)) > 300:
            return 401, None
        data = json.loads(body)["data"]
        if data["key"] in self.locked and not data["force"]:
            return 409, None
        self.received += 1
        self.messages.setdefault(id_, json.loads(body))
        return 200, {"id": f"viec-{data['key']}"}


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def server(receiver: Receiver) -> Iterator[Server]:
    with serving(Server(receiver)) as running:
        yield running


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "pause", lambda seconds: None)


@pytest.fixture
def send(server: Server, tmp_path: Path) -> Callable[..., Delivery]:
    def sent(document: Document, secret: str = SECRET, timeout: float = 20, **options: Any) -> Delivery:
        tracker = Webhook(Http(server.url, Secret(secret), headers={}, timeout=timeout))
        return deliver([document], tracker, Log(tmp_path / "log.jsonl"), **options)

    return sent


def numbers(delivery: Delivery) -> tuple[int, int, int, int]:
    n = counts(delivery)
    return n["create"], n["update"], n["unchanged"], n["conflict"]


def test_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's own libraries."""
    key = signing_key(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    body = b'{"test": 2432232314}'
    assert (
        signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize("secret", ["ngan", "whsec_bm8=", "whsec_không phải base64"])
def test_a_short_secret_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(LoginError) as refused:
        signing_key(Secret(secret))
    assert secret not in str(refused.value)


def test_a_task_is_sent_whole_and_once(send: Callable[..., Delivery], receiver: Receiver) -> None:
    assert numbers(send(plan())) == (ITEMS, 0, 0, 0)
    first = next(iter(receiver.messages.values()))
    assert first["type"] == "task.created"
    assert first["data"]["plan"] == {"name": "Kế hoạch 5/KH-SNV", "issuer": "Sở Nội vụ", "issued_on": "2026-01-09"}
    task = first["data"]["task"]
    assert (task["lead"], task["start"], task["due"], task["recurrence"]) == (
        "Phòng Tổ chức, biên chế",
        "2026-01-09",
        "2026-06-29",
        None,
    )
    assert numbers(send(plan())) == (0, 0, ITEMS, 0)
    assert receiver.received == ITEMS


def test_a_change_is_sent_under_the_same_key_and_back_again(send: Callable[..., Delivery], receiver: Receiver) -> None:
    send(plan())
    for document in (moved(), plan(), moved()):
        assert numbers(send(document)) == (0, 1, ITEMS - 1, 0)
    changes = [m["data"] for m in receiver.messages.values()][ITEMS:]
    assert [m["task"]["due"] for m in changes] == ["2026-09-29", "2026-06-29", "2026-09-29"]
    assert [m["revision"] for m in changes] == [2, 3, 4]
    assert {m["key"] for m in changes} == {next(iter(receiver.messages.values()))["data"]["key"]}
    assert changes[0]["changed"] == ["deadline_text", "due", "text"]


def test_the_receiver_keeps_a_persons_change(send: Callable[..., Delivery], receiver: Receiver) -> None:
    send(plan())
    receiver.locked = {m["data"]["key"] for m in receiver.messages.values()}
    assert numbers(send(moved())) == (0, 0, ITEMS - 1, 1)
    assert numbers(send(moved())) == (0, 0, ITEMS - 1, 1)
    assert numbers(send(moved(), force=True)) == (0, 1, ITEMS - 1, 0)
    assert numbers(send(moved())) == (0, 0, ITEMS, 0)


def test_a_dropped_task_is_reported(send: Callable[..., Delivery], receiver: Receiver) -> None:
    send(plan())
    assert [g.name for g in send(plan(*TASKS[:3])).gone] == ["Các phòng thường xuyên tự kiểm tra công vụ"]
    assert receiver.received == ITEMS


FAULTS: dict[str, trackers.Fault] = {
    "500": status(500),
    "500 after it was taken": status(500, when="after"),
    "429": status(429, Retry_After="1"),
    "connection dropped": dropped(),
    "connection dropped after it was taken": dropped(when="after"),
    "connection dropped in the middle of the answer": dropped(when="after", midway=True),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_every_task_arrives_once_whatever_happens(
    send: Callable[..., Delivery], server: Server, receiver: Receiver, fault: trackers.Fault
) -> None:
    server.faults = [fault, fault, fault]
    assert numbers(send(plan())) == (ITEMS, 0, 0, 0)
    assert len(receiver.messages) == ITEMS


def test_an_answer_that_trickles_in_is_given_up(
    send: Callable[..., Delivery], server: Server, receiver: Receiver
) -> None:
    server.faults = [slow(20)]
    assert numbers(send(plan(), timeout=1)) == (ITEMS, 0, 0, 0)
    assert len(receiver.messages) == ITEMS


def test_a_run_that_broke_off_sends_the_same_message_again(
    send: Callable[..., Delivery], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Log.append

    def crash(self: Log, record: Any) -> None:
        if record.event == "sent":
            raise KeyboardInterrupt
        append(self, record)

    monkeypatch.setattr(Log, "append", crash)
    with pytest.raises(KeyboardInterrupt):
        send(plan())
    monkeypatch.setattr(Log, "append", append)
    assert numbers(send(plan())) == (ITEMS, 0, 0, 0)
    assert (receiver.received, len(receiver.messages)) == (ITEMS + 1, ITEMS)


def test_a_server_that_stays_down(send: Callable[..., Delivery], server: Server) -> None:
    server.faults = [status(503) for _ in range(retry.ATTEMPTS)]
    sent = send(plan())
    assert isinstance(sent.error, NetworkError)
    assert counts(sent)["not_sent"] == ITEMS
    assert server.sent("POST") == retry.ATTEMPTS


@pytest.mark.parametrize("code", [400, 422, 413])
def test_what_the_receiver_refuses_is_not_sent_again(send: Callable[..., Delivery], server: Server, code: int) -> None:
    server.faults = [status(code)]
    assert counts(send(plan()))["failed"] == 1
    assert server.sent("POST") == ITEMS


def test_a_wrong_secret(send: Callable[..., Delivery], server: Server) -> None:
    sent = send(plan(), secret="mot-khoa-khac-cung-du-dai")
    assert isinstance(sent.error, LoginError)
    assert server.sent("POST") == 1


def test_a_redirect_is_not_followed(send: Callable[..., Delivery], server: Server) -> None:
    server.faults = [status(307, Location="https://noi-khac.invalid/thu?khoa=1")]
    error = send(plan()).error
    assert isinstance(error, NoTargetError)
    assert "https://noi-khac.invalid/thu." in str(error)
    assert server.sent("POST") == 1


def test_a_certificate_that_nobody_vouches_for(receiver: Receiver, tmp_path: Path) -> None:
    pem = tmp_path / "server.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pem, "-out", tmp_path / "ca.pem", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "ca.pem", pem)
    server = Server(receiver)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server):
        url = server.url.replace("http:", "https:")
        sent = deliver([plan()], Webhook(Http(url, Secret(SECRET), headers={})), Log(tmp_path / "log"))
        assert isinstance(sent.error, NetworkError)
        assert "TLS" in str(sent.error)
        assert receiver.received == 0
        trusted = Webhook(Http(url, Secret(SECRET), headers={}, ca_file=str(tmp_path / "ca.pem")))
        assert counts(deliver([plan()], trusted, Log(tmp_path / "log")))["create"] == ITEMS
