"""Trying again: later each time, by a random measure, and never sooner than the server asks."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

from extractor.errors import NetworkError

T = TypeVar("T")

ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds
LONGEST_ASKED_WAIT = 300.0  # a server that asks for more is left for another day


class Transient(Exception):
    """A failure that may pass: `wait` is how many seconds the server asks for."""

    def __init__(self, error: NetworkError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def persistently(attempt: Callable[[], T]) -> T:
    """What the attempt gives, tried up to five times while it raises `Transient`.

    Raises the `NetworkError` of the last failure.
    """
    from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

    backoff = wait_random_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT)

    def wait(state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        asked = failure.wait if isinstance(failure, Transient) else None
        return max(asked or 0.0, backoff(state))

    def passes(failure: BaseException) -> bool:
        return isinstance(failure, Transient) and (failure.wait or 0.0) <= LONGEST_ASKED_WAIT

    retrying = Retrying(
        stop=stop_after_attempt(ATTEMPTS), wait=wait, retry=retry_if_exception(passes), sleep=pause, reraise=True
    )
    try:
        return retrying(attempt)
    except Transient as failure:
        raise failure.error from failure


def pause(seconds: float) -> None:
    """Waits."""
    time.sleep(seconds)


def asked_wait(header: str | None) -> float | None:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3): "120", or a date."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
