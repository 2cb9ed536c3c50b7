"""Passwords and keys: out of the environment or the system's keyring, and never to be seen again."""

from __future__ import annotations

import os

from extractor.errors import LoginError

ENVIRONMENT = {
    "caldav": "KEHOACH_CALDAV_PASSWORD",
    "redmine": "KEHOACH_REDMINE_KEY",
    "webhook": "KEHOACH_WEBHOOK_SECRET",
}
WORDS = {"caldav": "mật khẩu", "redmine": "khóa API", "webhook": "khóa ký"}


class Secret:
    """A word that no message, log or traceback shows; `reveal` alone gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Secret(***)"

    def reveal(self) -> str:
        """The word itself, for the wire."""
        return self._value

    def scrubbed(self, text: str) -> str:
        """A text of the server's without the word, should it send it back."""
        return text.replace(self._value, "***")


def find_secret(kind: str, account: str) -> Secret:
    """The secret of a tracker: the environment's, else the keyring's under service "kehoach-KIND" and the account.

    Raises `LoginError` where there is none, or where it cannot stand in a header.
    """
    name, word = ENVIRONMENT[kind], WORDS[kind]
    value = (os.environ.get(name) or _of_keyring(f"kehoach-{kind}", account) or "").strip()
    if not value:
        raise LoginError(
            account,
            f"Chưa có {word}.",
            f"Đặt biến môi trường {name}, hoặc chạy: keyring set kehoach-{kind} {account}",
        )
    if kind != "caldav" and not (value.isascii() and value.isprintable()):
        raise LoginError(account, f"{word.capitalize()} có ký tự không dùng được.", f"Kiểm tra lại {name}.")
    return Secret(value)


def _of_keyring(service: str, account: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(service, account)
    except (KeyringError, OSError):  # no keyring on this machine, or a locked one
        return None
