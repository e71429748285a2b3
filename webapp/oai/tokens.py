"""Resumption tokens: where a list goes on, in the token itself, so that nothing is kept and no restart loses one.

A list goes on after the last record that was given, in the order of datestamps. What changes in between gets a later
datestamp and is met again at its end, and so is what is new: who goes through to the end has missed nothing. Tokens are
not signed, because they give nothing that arguments would not; their checksum finds what was cut off or mistyped.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from aardekast.errors import ProtocolError
from aardekast.records import Place, Selection

LIFE = timedelta(days=2)  # a harvester that broke off on one evening may go on in the next night
_CHECKSUM = 8  # bytes
_SECONDS = "-?[0-9]{1,12}"
_TOKEN = re.compile(
    rf"(?P<verb>\w+),(?P<prefix>\w+),(?P<expires>{_SECONDS}),(?P<since>(?:{_SECONDS})?),(?P<until>(?:{_SECONDS})?),"
    rf"(?P<set>[^,]*),(?P<datestamp>{_SECONDS}),(?P<id>[^,]+),(?P<cursor>[0-9]{{1,9}}),(?P<checksum>[0-9a-f]+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """A list from some place on; `cursor` is how many records were given before."""

    verb: str
    prefix: str
    selection: Selection
    cursor: int = 0

    def after(self, place: Place, given: int) -> Continuation:
        """The rest of it, after so many more."""
        return replace(self, selection=replace(self.selection, after=place), cursor=self.cursor + given)


def write(rest: Continuation, expires: datetime) -> str:
    """The token of a list that goes on after some record, in signs that an address may hold as they are."""
    wanted = rest.selection
    assert wanted.after is not None
    datestamp, id_ = wanted.after
    moments = [_seconds(one) for one in (expires, wanted.since, wanted.until)]
    written = ",".join([rest.verb, rest.prefix, *moments, wanted.set, _seconds(datestamp), id_, str(rest.cursor)])
    return f"{written},{_checksum(written)}"


def read(token: str, verb: str, now: datetime) -> Continuation:
    """Where a list of this verb goes on. Raises ProtocolError badResumptionToken for what is none, or of old."""
    found = _TOKEN.fullmatch(token)
    if found is None or _checksum(token.rpartition(",")[0]) != found["checksum"]:
        raise ProtocolError("badResumptionToken", "This is no token of this repository.")
    if found["verb"] != verb:
        raise ProtocolError("badResumptionToken", f"This token goes on with {found['verb']}.")
    if _moment(found["expires"]) < now:
        raise ProtocolError("badResumptionToken", "This token has expired; ask for the list anew.")
    selection = Selection(
        since=_moment(found["since"]) if found["since"] else None,
        until=_moment(found["until"]) if found["until"] else None,
        set=found["set"],
        after=(_moment(found["datestamp"]), found["id"]),
    )
    return Continuation(verb=verb, prefix=found["prefix"], selection=selection, cursor=int(found["cursor"]))


def _checksum(written: str) -> str:
    return hashlib.blake2b(written.encode(), digest_size=_CHECKSUM, person=b"oai-token").hexdigest()


def _seconds(moment: datetime | None) -> str:
    return "" if moment is None else str(int(moment.timestamp()))


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError) as fault:  # before the year 1 or after 9999
        raise ProtocolError("badResumptionToken", "This is no token of this repository.") from fault
