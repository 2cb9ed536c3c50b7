"""To-dos of a CalDAV calendar (RFC 4791): Nextcloud, Radicale, Baïkal.

A to-do's UID is its key, and it is created under "If-None-Match: *" and changed under "If-Match", so that the server
itself keeps two runs from creating two and nobody's change is written over. Properties that are not ours (state,
percent, notes of apps) stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urljoin

from icalendar import Calendar

from extractor.deliver.http import refusal, unreachable
from extractor.deliver.log import Fields, Known
from extractor.deliver.retry import Transient, asked_wait, persistently
from extractor.deliver.secrets import Secret
from extractor.deliver.tracker import ChangedMeanwhile, Item, Remote
from extractor.errors import DeliveryError, NetworkError, NoTargetError
from extractor.export.ics import ZONE, calendar_of, vtodo
from extractor.export.presets import Entry

T = TypeVar("T")

_UID = "@kehoach"
_ICS = {"Content-Type": "text/calendar; charset=utf-8"}
# What a field is made of. Start, due and rule belong together: their kinds of value must agree (RFC 5545, 3.8.2.3).
_PROPERTIES = {
    "summary": ("SUMMARY",),
    "description": ("DESCRIPTION",),
    "dates": ("DTSTART", "DUE", "DURATION", "RRULE"),
    "lead": ("CONTACT",),
    "categories": ("CATEGORIES",),
}


class CalDav:
    """A calendar: that of the address, or of the account the one called `name`."""

    kind = "caldav"

    def __init__(
        self, url: str, user: str, secret: Secret, *, name: str | None = None, timeout: float = 30.0,
        ca_file: str | None = None,
    ) -> None:  # fmt: skip
        from caldav.davclient import DAVClient

        self._client: Any = DAVClient(
            url, username=user, password=secret.reveal(), timeout=int(timeout) or 1, ssl_verify_cert=ca_file or True,
            enable_rfc6764=False,
        )  # fmt: skip
        self._client.session.max_redirects = 0  # a password goes to the address that was given
        self._url, self._name = url, name
        self._calendar: Any = None
        self.address = f"{url} › {name}" if name else url

    def fields(self, entry: Entry) -> Fields:
        """The parts of the to-do, each as one text."""
        return fields_of(vtodo(entry, dt.datetime.now(dt.UTC)))

    def current(self, plan: str, known: Mapping[str, Known]) -> Iterator[Remote]:
        """The to-dos whose UID begins with the plan's key."""
        calendar = self._opened()
        for found in self._asked(lambda: calendar.search(todo=True, include_completed=True)):
            remote = _remote(str(found.url), found.etag or "", found.data)
            if remote and remote.key.startswith(f"{plan}-"):
                yield remote

    def find(self, key: str, known: Known | None) -> Remote | None:
        """The to-do where it was put, else where it would be put."""
        return self._read(known.sent.remote if known and known.sent and known.sent.remote else self._href(key))

    def _read(self, href: str) -> Remote | None:
        answer = self._asked(lambda: self._judged(self._client.request(href), 404, 410))
        if answer.status in (404, 410):
            return None
        return _remote(href, answer.headers.get("ETag", ""), _text(answer.raw))

    def create(self, item: Item, revision: int) -> Remote:
        """Puts a new to-do where none may be yet."""
        calendar = calendar_of([vtodo(item.entry, dt.datetime.now(dt.UTC))])
        href = self._href(item.key)
        return self._put(item, href, calendar, {"If-None-Match": "*"})

    def update(self, item: Item, remote: Remote, fields: Fields, revision: int, *, force: bool) -> Remote:
        """Puts the to-do with the properties of these fields exchanged."""
        calendar: Any = Calendar.from_ical(remote.content)
        there, ours = _todo(calendar), vtodo(item.entry, dt.datetime.now(dt.UTC))
        for field in fields:
            for name in _PROPERTIES[field]:
                there.pop(name, None)
                if name in ours:
                    there[name] = ours[name]
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            there.pop(name, None)
            there.add(name, dt.datetime.now(dt.UTC))
        if not calendar.walk("VTIMEZONE"):
            calendar.add_missing_timezones()
        if remote.version and not remote.version.startswith("W/"):
            return self._put(item, remote.id, calendar, {"If-Match": remote.version})
        before = self._read(remote.id)  # a weak tag never matches (RFC 9110, 13.1.1)
        if before is None or before.content != remote.content:
            raise ChangedMeanwhile
        return self._put(item, remote.id, calendar, {})

    def _put(self, item: Item, href: str, calendar: Any, condition: dict[str, str]) -> Remote:
        body = calendar.to_ical().decode("utf-8")
        answer = self._asked(lambda: self._judged(self._client.put(href, body, {**_ICS, **condition}), 409, 412))
        if answer.status == 412 or (answer.status == 409 and "no-uid-conflict" in _text(answer.raw)):
            raise ChangedMeanwhile
        if answer.status == 409:
            raise NoTargetError(self.address, "Máy chủ không có lịch này.", "Kiểm tra lại --url hoặc --calendar.")
        sent = Remote(item.key, href, fields_of(_todo(calendar)), answer.headers.get("ETag", ""), body)
        return self._read(href) or sent

    def _href(self, key: str) -> str:
        return urljoin(str(self._opened().url), quote(f"{key}{_UID}.ics", safe="@"))

    def _opened(self) -> Any:
        if self._calendar is None:
            self._calendar = self._asked(self._open)
        return self._calendar

    def _open(self) -> Any:
        if self._judged(self._client.propfind(self._url + "/", depth=0)).status != 207:
            raise NoTargetError(self.address, "Địa chỉ này không trả lời như máy chủ CalDAV.", "Kiểm tra lại --url.")
        if self._name is None:
            calendar = self._client.calendar(url=self._url + "/")
            if "VTODO" not in calendar.get_supported_components():
                raise NoTargetError(self.address, "Địa chỉ này không phải lịch nhận việc (VTODO).", self._offered())
            return calendar
        for calendar in self._client.principal().get_calendars():
            if self._name in (calendar.get_display_name(), unquote(str(calendar.url).rstrip("/").rpartition("/")[2])):
                return calendar
        raise NoTargetError(self._url, f"Tài khoản không có lịch “{self._name}”.", self._offered())

    def _offered(self) -> str:
        names = [str(c.get_display_name()) for c in self._client.principal().get_calendars()]
        return f"Có các lịch: {', '.join(names)} (chọn bằng --calendar)." if names else "Tạo lịch trước đã."

    def _judged(self, answer: Any, *expected: int) -> Any:
        """The answer, where it is a success or one of the expected statuses."""
        if answer.status in expected:
            return answer
        if answer.status == 429 or answer.status >= 500:
            problem = NetworkError(self.address, f"Máy chủ báo lỗi {answer.status}.", "Chạy lại lệnh sau ít phút.")
            raise Transient(problem, asked_wait(answer.headers.get("Retry-After")))
        if error := refusal(self.address, answer.status):
            raise error
        if answer.status >= 400:
            raise DeliveryError(self.address, f"Máy chủ không nhận (mã {answer.status}).", "Kiểm tra lại lịch.")
        return answer

    def _asked(self, ask: Callable[[], T]) -> T:
        """What the server says, asked again where the failure may pass: every request here may be sent twice."""
        from caldav.lib.error import AuthorizationError, DAVError, NotFoundError, RateLimitError
        from niquests.exceptions import ConnectionError, RequestException, SSLError, TooManyRedirects

        def attempt() -> T:
            try:
                return ask()
            except RateLimitError as error:
                problem = NetworkError(self.address, "Máy chủ đang quá tải.", "Chạy lại lệnh sau ít phút.")
                raise Transient(problem, error.retry_after_seconds) from error
            except AuthorizationError as error:
                raise refusal(self.address, error.status or 401) or error from error
            except NotFoundError as error:
                raise NoTargetError(
                    self.address, "Máy chủ không có lịch này.", "Kiểm tra lại --url hoặc --calendar."
                ) from error
            except TooManyRedirects as error:
                raise NoTargetError(
                    self.address, "Máy chủ chuyển sang địa chỉ khác.", "Nếu đó là nơi cần gửi, đổi --url."
                ) from error
            except SSLError as error:
                raise unreachable(self.address, error) from error
            except ConnectionError as error:
                raise Transient(unreachable(self.address, error)) from error
            except RequestException as error:
                problem = NetworkError(self.address, "Máy chủ không trả lời trọn vẹn.", "Kiểm tra mạng rồi chạy lại.")
                raise Transient(problem) from error
            except DAVError as error:
                if (error.status or 0) >= 500:
                    raise Transient(
                        NetworkError(self.address, f"Máy chủ báo lỗi {error.status}.", "Chạy lại lệnh sau ít phút.")
                    ) from error
                raise NoTargetError(
                    self.address, "Địa chỉ này không trả lời như máy chủ CalDAV.", "Kiểm tra lại --url."
                ) from error

        return persistently(attempt)


def fields_of(todo: Any) -> Fields:
    """The fields of a VTODO, so written that two clients' ways of saying the same are equal."""
    lines = {
        "start": _moment(todo, "DTSTART"), "due": _moment(todo, "DUE"), "duration": _value(todo, "DURATION"),
        "rule": ";".join(sorted(_value(todo, "RRULE").upper().split(";"))),
    }  # fmt: skip
    return {
        "summary": _value(todo, "SUMMARY").strip(),
        "description": "\n".join(s.rstrip() for s in _value(todo, "DESCRIPTION").splitlines()).strip(),
        "dates": " ".join(f"{k}={v}" for k, v in lines.items() if v),
        "lead": "; ".join(str(c) for c in _several(todo, "CONTACT")),
        "categories": ", ".join(sorted({str(c) for x in _several(todo, "CATEGORIES") for c in x.cats})),
    }


def _moment(todo: Any, name: str) -> str:
    if name not in todo:
        return ""
    value = todo[name].dt
    if isinstance(value, dt.datetime) and value.tzinfo:
        value = value.astimezone(ZONE)
    return str(value.isoformat())


def _value(todo: Any, name: str) -> str:
    if name not in todo:
        return ""
    value = todo[name]
    return str(value) if isinstance(value, str) else value.to_ical().decode("utf-8")


def _several(todo: Any, name: str) -> list[Any]:
    value = todo.get(name, [])
    return value if isinstance(value, list) else [value]


def _todo(calendar: Any) -> Any:
    """The to-do itself, not one day of it that a person moved."""
    return next((t for t in calendar.walk("VTODO") if "RECURRENCE-ID" not in t), None)


def _remote(href: str, etag: str, content: str) -> Remote | None:
    try:
        todo = _todo(Calendar.from_ical(content))
    except ValueError:  # another program's to-do that cannot be read is none of ours
        return None
    if todo is None or not str(todo.get("UID", "")).endswith(_UID):
        return None
    return Remote(str(todo["UID"]).removesuffix(_UID), href, fields_of(todo), etag, content)


def _text(raw: str | bytes | None) -> str:
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw or ""
