"""HTTP with the rules that every tracker shares: TLS checked, no redirect followed, a bound on time and size, typed
errors, and a second try only of what may be sent twice."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import msgspec

from extractor.deliver.retry import Transient, asked_wait, persistently
from extractor.deliver.secrets import Secret
from extractor.errors import DeliveryError, ForbiddenError, LoginError, NetworkError, NoTargetError
from extractor.version import __version__

Headers = Callable[[], Mapping[str, str]]

_MOST_BYTES = 20_000_000
_MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_DONE = frozenset({425, 429})  # the server says that it did not even begin


class Answer(msgspec.Struct, frozen=True):
    """A whole answer. `problem` is what the server says is wrong, without the secret."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Unanswered(Exception):
    """The request went out and no whole answer came: it may have been carried out or not."""

    def __init__(self, error: NetworkError) -> None:
        super().__init__(str(error))
        self.error = error


class ServerFault(Exception):
    """The server answered that it failed (5xx); whether it stored anything must be looked up."""

    def __init__(self, failure: Transient) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Http:
    """A client of one server. `timeout` bounds a whole exchange, in seconds."""

    def __init__(
        self, base: str, secret: Secret, *, headers: Mapping[str, str], timeout: float = 30.0,
        ca_file: str | None = None,
    ) -> None:  # fmt: skip
        self.base, self.secret, self.timeout = base, secret, timeout
        self._client = httpx.Client(
            headers={"User-Agent": f"kehoach/{__version__}", "Accept": "application/json", **headers},
            verify=_trust(ca_file), timeout=timeout, follow_redirects=False,
        )  # fmt: skip

    def send(self, method: str, url: str, content: bytes | None = None, headers: Headers = dict) -> Answer:
        """The answer to what may be sent twice, tried again where it may pass; `headers` are made each time."""

        def attempt() -> Answer:
            try:
                return self._exchange(method, url, content, headers())
            except Unanswered as lost:
                raise Transient(lost.error) from lost
            except ServerFault as fault:
                raise fault.failure from fault

        return persistently(attempt)

    def send_once(self, method: str, url: str, content: bytes, headers: Headers = dict) -> Answer:
        """The answer to what must not be sent twice. Tried again only where the server did not begin.

        Raises `Unanswered` and `ServerFault` where it may have been carried out.
        """
        return persistently(lambda: self._exchange(method, url, content, headers()))

    def _exchange(self, method: str, url: str, content: bytes | None, headers: Mapping[str, str]) -> Answer:
        end = time.monotonic() + self.timeout
        try:
            with self._client.stream(method, url, content=content, headers=headers) as response:
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > _MOST_BYTES:
                        raise NetworkError(self.base, "Câu trả lời của máy chủ quá lớn.", "Kiểm tra lại địa chỉ.")
                    if time.monotonic() > end:
                        raise httpx.ReadTimeout("too slow")
            answer = Answer(response.status_code, response.headers, bytes(body))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            problem = unreachable(self.base, error)
            if _is_certificate(error):
                raise problem from error
            raise Transient(problem) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise Unanswered(
                NetworkError(self.base, "Máy chủ không trả lời trọn vẹn.", "Kiểm tra mạng rồi chạy lại lệnh.")
            ) from error
        return self._judged(answer)

    def _judged(self, answer: Answer) -> Answer:
        if answer.status in _MAY_PASS or answer.status >= 500:
            wait = asked_wait(answer.headers.get("Retry-After"))
            asked = f" và yêu cầu chờ {wait:.0f} giây" if wait else ""
            failure = Transient(
                NetworkError(self.base, f"Máy chủ báo lỗi {answer.status}{asked}.", "Chạy lại lệnh sau ít phút."), wait
            )
            if answer.status in _NOT_DONE:
                raise failure
            raise ServerFault(failure)
        if error := refusal(self.base, answer.status, answer.headers.get("Location")):
            raise error
        return answer


def refusal(address: str, status: int, location: str | None = None) -> DeliveryError | None:
    """What a status means that no second try mends; None for success and for what the tracker itself must judge."""
    if status == 401:
        return LoginError(address, "Máy chủ không nhận tài khoản, mật khẩu hoặc khóa này.", "Kiểm tra rồi đặt lại.")
    if status == 403:
        return ForbiddenError(address, "Tài khoản không có quyền làm việc này.", "Nhờ người quản trị cấp quyền.")
    if status in (404, 410):
        return NoTargetError(
            address, f"Máy chủ không có địa chỉ này ({status}).", "Kiểm tra lại địa chỉ, dự án hoặc lịch."
        )
    if 300 <= status < 400:
        place = location.split("?")[0] if location else "địa chỉ khác"
        return NoTargetError(address, f"Máy chủ chuyển sang {place}.", "Nếu đó là nơi cần gửi, đổi --url.")
    return None


def unreachable(address: str, error: BaseException) -> NetworkError:
    """What kept the connection from being made."""
    told = " ".join(str(e) for e in _causes(error)).lower()
    if _is_certificate(error):
        return NetworkError(
            address, "Chứng thư TLS của máy chủ không kiểm chứng được.",
            "Kiểm tra địa chỉ; nếu cơ quan dùng CA riêng, chỉ tệp chứng thư bằng --ca-file.",
        )  # fmt: skip
    if any(w in told for w in ("name or service", "name resolution", "getaddrinfo", "nodename", "no address")):
        return NetworkError(address, "Không tìm thấy máy chủ có tên này.", "Kiểm tra lại địa chỉ và kết nối mạng.")
    if "refused" in told:
        return NetworkError(address, "Máy chủ từ chối kết nối.", "Kiểm tra địa chỉ, cổng, và máy chủ có đang chạy.")
    return NetworkError(address, "Không kết nối được máy chủ.", "Kiểm tra kết nối mạng rồi chạy lại lệnh.")


def _is_certificate(error: BaseException) -> bool:
    return any(isinstance(e, ssl.SSLError) or "certificate" in str(e).lower() for e in _causes(error))


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _trust(ca_file: str | None) -> ssl.SSLContext | bool:
    if ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise NoTargetError(ca_file, "Không đọc được tệp chứng thư.", "Kiểm tra lại --ca-file (dạng PEM).") from error
