"""Tasks as signed JSON to an address of the user's own, by the rules of Standard Webhooks (standardwebhooks.com).

The receiver cannot be asked what it holds; what was sent is what is compared with. `webhook-id` is the same however
often a message is sent, so a receiver that remembers it takes nothing twice.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import time
from collections.abc import Iterator, Mapping

import msgspec

from extractor.deliver.http import Answer, Http
from extractor.deliver.log import Fields, Known
from extractor.deliver.secrets import Secret
from extractor.deliver.tracker import Declined, Item, Remote, filled
from extractor.errors import DeliveryError, LoginError
from extractor.export.presets import Entry, interfaces
from extractor.export.rows import document_name, full_name

_JSON = {"Content-Type": "application/json"}
_PREFIX = "whsec_"
_SHORTEST = 16  # bytes


def signing_key(secret: Secret) -> bytes:
    """The bytes to sign with: of "whsec_…" what its base64 stands for, else the words themselves.

    Raises `LoginError` for what is too short to keep anybody out.
    """
    value = secret.reveal()
    try:
        key = base64.b64decode(value[len(_PREFIX) :], validate=True) if value.startswith(_PREFIX) else value.encode()
    except ValueError:
        key = b""
    if len(key) < _SHORTEST:
        raise LoginError("webhook", "Khóa ký quá ngắn hoặc sai dạng.", "Tạo khóa mới, ví dụ: openssl rand -base64 32")
    return key


def signature(key: bytes, id_: str, timestamp: int, body: bytes) -> str:
    """ "v1," and the base64 of HMAC-SHA256 over id, seconds since 1970 and body, parted by full stops."""
    digest = hmac.new(key, b".".join((id_.encode(), str(timestamp).encode(), body)), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


class Webhook:
    """An address that takes `task.created` and `task.updated`."""

    kind = "webhook"

    def __init__(self, http: Http) -> None:
        self.http, self.address = http, http.base
        self._rules = interfaces()["webhook"]
        self._key = signing_key(http.secret)

    def fields(self, entry: Entry) -> Fields:
        """What `data.task` holds."""
        return filled(entry, self._rules)

    def current(self, plan: str, known: Mapping[str, Known]) -> Iterator[Remote]:
        """What was sent and answered."""
        for key, item in known.items():
            if item.sent:
                yield Remote(key, item.sent.remote, item.sent.fields)

    def find(self, key: str, known: Known | None) -> Remote | None:
        """What was sent and answered."""
        return Remote(key, known.sent.remote, known.sent.fields) if known and known.sent else None

    def create(self, item: Item, revision: int) -> Remote:
        """Sends `task.created`."""
        answer = self._send("task.created", item, item.fields, revision, force=False)
        return Remote(item.key, _id(answer), item.fields)

    def update(self, item: Item, remote: Remote, fields: Fields, revision: int, *, force: bool) -> Remote:
        """Sends `task.updated`: the whole task, and which of its fields changed."""
        answer = self._send("task.updated", item, fields, revision, force=force)
        return Remote(item.key, _id(answer) or remote.id, {**remote.fields, **fields})

    def _send(self, event: str, item: Item, changed: Fields, revision: int, *, force: bool) -> Answer:
        document = item.entry.document
        header = document.header
        data = {
            "key": item.key,
            "revision": revision,
            "force": force,
            "changed": sorted(changed),
            "plan": {
                "name": document_name(document),
                "issuer": full_name(header.issuer),
                "issued_on": header.issued_on,
            },
            "task": {f: v or None for f, v in item.fields.items()},
        }
        content = msgspec.json.encode(data)
        id_ = "msg_" + hashlib.blake2s(event.encode() + content, digest_size=16).hexdigest()
        moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        body = msgspec.json.encode({"type": event, "timestamp": moment, "data": msgspec.Raw(content)})

        def headers() -> dict[str, str]:
            stamp = int(time.time())
            signed = signature(self._key, id_, stamp, body)
            return {"webhook-id": id_, "webhook-timestamp": str(stamp), "webhook-signature": signed, **_JSON}

        answer = self.http.send("POST", self.http.base, body, headers)
        if answer.status == 409:
            raise Declined
        if answer.status >= 400:
            raise DeliveryError(
                item.fields["title"], f"Nơi nhận không nhận việc này (mã {answer.status}).", "Xem nhật ký nơi nhận."
            )
        return answer


def _id(answer: Answer) -> str:
    """The receiver's own id of the task, where it gives one."""
    body = answer.json()
    return str(body["id"]) if isinstance(body, dict) and "id" in body else ""
