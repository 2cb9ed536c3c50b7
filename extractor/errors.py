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
EXIT_DIFFERENCES = 10


class KehoachError(Exception):
    """Base of all errors that a user can do something about.

    `file` is the path as the user gave it, `problem` what is wrong, `remedy` what to do.
    """

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

    exit_code = EXIT_ENCRYPTED


class UnsupportedError(KehoachError):
    """The file is of a kind that is not read, or a program that reads it is not installed."""

    exit_code = EXIT_UNSUPPORTED


class NoPlanError(UnsupportedError):
    """The file was read and holds no plan: no head of a document and no task."""


class RuleError(Exception):
    """A rule in `extractor/rules` contradicts itself; names the file, the rule and what to mend."""
