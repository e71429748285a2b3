"""What went wrong, in plain English: the one place that knows Scrapy's exceptions by name."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from gzip import BadGzipFile
from http import HTTPStatus
from typing import Any

from scrapy import exceptions as scrapy
from scrapy.spidermiddlewares.httperror import HttpError

from aardekast.errors import (
    AddressRefusedError,
    HostBusyError,
    HostUnreachableError,
    NotFetchedError,
    StoppedError,
)
from aardekast.settings import Settings

GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
# The server is there and knows the address, but not for us: no sign that the page is gone.
REFUSALS = (401, 402, 403, 405, 406, 407, 429, 451, 501, 999)
# What unpacking raises: OSError is the head or a checksum, EOFError and struct.error an end that came too soon.
DAMAGED = (OSError, EOFError, struct.error, zlib.error)
PACKED_AND_DAMAGED = "is packed (gzip) and damaged"


class SettledError(scrapy.DropItem, scrapy.IgnoreRequest):
    """An address, or the item of it, that has been accounted for: nothing more is to be done or counted."""

    def __init__(self) -> None:
        super().__init__("settled", log_level="DEBUG")


class NotTakenError(scrapy.DropItem):
    """An item that does not become a resource; `outcome` and `reason` as in a Reason."""

    def __init__(self, reason: str, outcome: str = "rejected") -> None:
        super().__init__(reason, log_level="DEBUG")
        self.outcome, self.reason = outcome, reason


def of_status(status: int) -> tuple[str, str]:
    """Outcome and reason of an answer that is not a page."""
    try:
        phrase = f"{status} {HTTPStatus(status).phrase.lower()}"
    except ValueError:
        phrase = f"{status}"
    return ("missing" if status in GONE else "failed"), phrase


def of_fault(fault: BaseException, settings: Settings) -> tuple[str, str]:
    """Outcome and reason of a request that had no answer."""
    if isinstance(fault, HttpError):
        return of_status(fault.response.status)
    if isinstance(fault, NotFetchedError | NotTakenError):
        return fault.outcome, fault.reason
    if isinstance(fault, scrapy.IgnoreRequest):
        return _of_ignored(str(fault), settings)
    for kinds, outcome, reason in _REASONS:
        if isinstance(fault, kinds):
            return outcome, reason(fault, settings)
    return "failed", f"cannot be had ({type(fault).__name__})"


def is_miss(fault: BaseException, outcome: str) -> bool:
    """Whether a page may be gone: its host says so, or does not answer for it as it should.

    That it is refused to us, that we are to wait, and that the run ends says nothing about the page.
    """
    if isinstance(fault, HttpError) and fault.response.status in REFUSALS:
        return False
    return outcome == "missing" or (
        outcome == "failed" and not isinstance(fault, StoppedError | HostBusyError | NotFetchedError)
    )


def _of_ignored(message: str, settings: Settings) -> tuple[str, str]:
    if "redirect" in message:
        return "failed", "redirects in a circle"
    if "decompression" in message:
        return "rejected", f"larger than {_size(settings.max_size)}"
    return "rejected", message


def _type_of(fault: scrapy.StopDownload) -> str:
    header = (fault.response.headers.get("Content-Type") or b"") if fault.response is not None else b""
    return header.decode("latin-1").partition(";")[0].strip().lower() or "no content type"


def _size(size: int) -> str:
    return f"{size / 2**20:.0f} MB" if size >= 2**20 else f"{size / 2**10:.0f} kB"


_Kinds = tuple[type[BaseException], ...]
_REASONS: tuple[tuple[_Kinds, str, Callable[[Any, Settings], str]], ...] = (
    ((HostUnreachableError, HostBusyError, StoppedError), "failed", lambda fault, _: str(fault)),
    (
        (AddressRefusedError,),
        "rejected",
        lambda _fault, _: "is in a private network; see AARDEKAST_ALLOW_PRIVATE",
    ),
    ((scrapy.DownloadTimeoutError,), "failed", lambda _, settings: f"took longer than {settings.timeout:g} s"),
    (
        (scrapy.CannotResolveHostError, scrapy.DownloadConnectionRefusedError),
        "failed",
        lambda _fault, _: "host does not answer",
    ),
    ((scrapy.DownloadCancelledError,), "rejected", lambda _, settings: f"larger than {_size(settings.max_size)}"),
    ((scrapy.StopDownload,), "rejected", lambda fault, _: f"not a page: {_type_of(fault)}"),
    (
        (scrapy.NotSupported, scrapy.UnsupportedURLSchemeError),
        "rejected",
        lambda _fault, _: "not an address on the web",
    ),
    ((scrapy.DownloadFailedError, scrapy.ResponseDataLossError), "failed", lambda _fault, _: "connection broke off"),
    # Of a request only BadGzipFile: any other OSError is of the network.
    ((BadGzipFile, *DAMAGED[1:]), "failed", lambda _fault, _: PACKED_AND_DAMAGED),
)
