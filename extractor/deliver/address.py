"""The address of a server, as a user types it."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from extractor.errors import NoTargetError


def checked(url: str, *, allow_http: bool = False) -> str:
    """The address, without a slash at its end. Passwords go over TLS, or to this machine itself, or where allowed.

    Raises `NoTargetError` for what is no address of the web, for one that carries a password (which is not repeated),
    and for `http://` to another machine.
    """
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoTargetError("--url", "Không phải địa chỉ web.", "Ghi đầy đủ, ví dụ https://cong-viec.tinh.gov.vn")
    if parts.username is not None or parts.password is not None:
        raise NoTargetError(
            "--url", "Địa chỉ có kèm tài khoản hoặc mật khẩu.", "Bỏ phần trước dấu @; mật khẩu lấy từ biến môi trường."
        )
    if parts.scheme == "http" and not allow_http and not _is_this_machine(parts.hostname):
        raise NoTargetError(
            url, "Địa chỉ http:// không mã hóa, mật khẩu sẽ lộ trên mạng.",
            "Dùng https://; chỉ khi chắc chắn mạng nội bộ an toàn mới thêm --allow-http.",
        )  # fmt: skip
    return parts._replace(fragment="").geturl().rstrip("/")


def host(url: str) -> str:
    """The name of the server, with its port where one is given."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
        return parts
    except ValueError:
        return urlsplit("")


def _is_this_machine(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
