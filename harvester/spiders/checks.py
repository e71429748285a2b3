"""Whether an address still answers, without reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from scrapy import Request
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

CHECKED = "checked"  # addresses that were seen to answer and not read
Answered = Callable[..., Iterable[Any]]
Failed = Callable[[Failure], Iterable[Any] | None]


def check_request(url: str, answered: Answered, failed: Failed, **passed: Any) -> Request:
    """A HEAD; where that is answered badly a GET follows, of which only the head is read: many hosts know no HEAD."""

    def again(failure: Failure) -> Iterable[Any] | None:
        fault = failure.value
        if isinstance(fault, HttpError) and fault.response.status != HTTPStatus.TOO_MANY_REQUESTS:
            return [_request(url, "GET", answered, failed, passed)]
        return failed(failure)

    return _request(url, "HEAD", answered, again, passed)


def _request(url: str, method: str, answered: Answered, failed: Failed, passed: dict[str, Any]) -> Request:
    meta = {"is_check": True, "requested": url}
    return Request(url, method=method, callback=answered, errback=failed, cb_kwargs=passed, meta=meta)
