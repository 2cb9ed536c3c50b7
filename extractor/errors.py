"""One tree of errors. Each names the file, what is wrong and what to do, in Vietnamese.

The exit codes are a promise to scripts; the command line turns an error into its code in one place.
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_INTERNAL = 1
EXIT_USAGE = 2
EXIT_UNREADABLE = 3
EXIT_ENCRYPTED = 4
EXIT_UNSUPPORTED = 5
EXIT_PARTLY_FAILED = 6
EXIT_OVER_LIMIT = 7
EXIT_LOGIN = 8
EXIT_FORBIDDEN = 9
EXIT_DIFFERENCES = 10
EXIT_NO_TARGET = 11
EXIT_NETWORK = 12
EXIT_INTERRUPTED = 130


class KehoachError(Exception):
    """Base of all errors that a user can do something about.

    `file` is the path as the user gave it, `problem` what is wrong, `remedy` what to do; `code` names the kind of
    error to machines.
    """

    code = "unreadable"
    exit_code = EXIT_UNREADABLE

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {problem} {remedy}")
        self.file = file
        self.problem = problem
        self.remedy = remedy


class UnreadableError(KehoachError):
    """The file is missing, empty, damaged, or its text cannot be decoded."""


class EncryptedError(KehoachError):
    """The file asks for a password."""

    code = "encrypted"
    exit_code = EXIT_ENCRYPTED


class UnsupportedError(KehoachError):
    """The file is of a kind that is not read, or a program that reads it is not installed."""

    code = "unsupported"
    exit_code = EXIT_UNSUPPORTED


class NoPlanError(UnsupportedError):
    """The file was read and holds no plan: no head of a document and no task."""

    code = "no_plan"


class LimitError(KehoachError):
    """The file takes more time, memory, pages or pixels than the options allow."""

    code = "over_limit"
    exit_code = EXIT_OVER_LIMIT


class InternalError(KehoachError):
    """A fault inside the program, not of the file."""

    code = "internal"
    exit_code = EXIT_INTERNAL

    @classmethod
    def of(cls, file: str, error: Exception) -> InternalError:
        """Any other exception, told in the same way."""
        return cls(
            file,
            f"lỗi bên trong chương trình ({type(error).__name__}: {error}).",
            "Báo lỗi này cho người phát triển.",
        )


BY_CODE: dict[str, type[KehoachError]] = {
    e.code: e for e in (UnreadableError, EncryptedError, UnsupportedError, NoPlanError, LimitError, InternalError)
}


class DeliveryError(KehoachError):
    """A tracker did not take what was sent; `file` is its address, or the task that it refused."""

    code = "not_taken"
    exit_code = EXIT_PARTLY_FAILED


class NetworkError(DeliveryError):
    """The server cannot be reached, cannot be trusted (TLS), or keeps failing."""

    code = "network"
    exit_code = EXIT_NETWORK


class LoginError(DeliveryError):
    """The password, key or secret is missing or wrong."""

    code = "login"
    exit_code = EXIT_LOGIN


class ForbiddenError(DeliveryError):
    """The account is known and may not do this."""

    code = "forbidden"
    exit_code = EXIT_FORBIDDEN


class NoTargetError(DeliveryError):
    """There is no such project, calendar or address on the server."""

    code = "no_target"
    exit_code = EXIT_NO_TARGET


class UndecidedError(DeliveryError):
    """Only the user can say which of two things is meant."""

    code = "undecided"
    exit_code = EXIT_DIFFERENCES


class RuleError(Exception):
    """A rule in `extractor/rules` contradicts itself; names the file, the rule and what to mend."""
