"""The lists of a repository, asked by OAI-PMH 2.0: from its first record to its last, and no longer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aardekast.errors import NotFetchedError
from harvester.spiders.oai_answers import Answer, Record, read_answer
from harvester.spiders.sitemaps import Fetch

MOST_LISTS = 2_000  # of a set, most have 100 records: more than max_pages may be
MOST_BARREN = (
    3  # lists in a row without a record that was not seen: DSpace leaves out what is not public, and may send one
)
PREFIX = "oai_dc"  # what every repository has to offer
# DSpace brings its list up to date once a night, with the moments of the changes themselves: what was changed before
# the last harvest may stand in the list only now.
OVERLAP = timedelta(days=2)
_ARGUMENTS = frozenset({"verb", "metadataPrefix", "set", "from", "until", "identifier", "resumptionToken"})


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as its source names it: the base URL, and the sets that are wanted, none for everything."""

    base: str
    sets: tuple[str, ...]

    def asked(self, verb: str, **arguments: str | None) -> str:
        """The address of a request."""
        parts = urlsplit(self.base)
        query = urlencode({"verb": verb} | {name.rstrip("_"): value for name, value in arguments.items() if value})
        return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))

    def record(self, identifier: str) -> str:
        """The address of a record's own entry: what it is known by, also when it is only said to be deleted, and in
        whichever format it is read.
        """
        return self.asked("GetRecord", metadataPrefix=PREFIX, identifier=identifier)


def repository_at(url: str) -> Repository:
    """The repository that a curator's address leads to: its base URL, or any request of OAI-PMH, `set` as often as
    wanted.
    """
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    own = urlencode([(name, value) for name, value in query if name not in _ARGUMENTS])
    sets = dict.fromkeys(value for name, value in query if name == "set" and value)
    return Repository(urlunsplit(parts._replace(query=own, fragment="")), tuple(sets))


async def granularity_of(fetch: Fetch, repository: Repository) -> str:
    """How exactly the repository takes moments, as OAI-PMH writes it. Raises NotFetchedError where it is none."""
    url = repository.asked("Identify")
    answer = read_answer(await fetch(url))
    if answer.error is not None:
        raise NotFetchedError(url, "failed", _said(answer))
    return answer.granularity


def from_moment(before: str, granularity: str) -> str | None:
    """What to ask from when the list was read until `before`: some days earlier, as exactly as is taken."""
    try:
        moment = datetime.fromisoformat(before.replace("Z", "+00:00")) - OVERLAP
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if "T" in granularity else moment.date().isoformat()


class RecordLists:
    """The lists of one set, None for everything. Each record comes once, whatever the repository does."""

    def __init__(self, fetch: Fetch, repository: Repository, prefix: str, set_: str | None, since: str | None) -> None:
        self._fetch = fetch
        self._repository = repository
        self._prefix = prefix
        self._set = set_
        self._since = since
        self._seen: set[str] = set()
        self._tokens: set[str] = set()
        self._was_begun_anew = False
        self._barren = 0
        self._most_barren = MOST_BARREN

    async def __aiter__(self) -> AsyncIterator[Answer]:
        """The answers, with only the records that are new. Raises NotFetchedError where the list breaks off."""
        token: str | None = None
        for number in range(MOST_LISTS):
            url = self._address(token)
            answer = await self._answer(url, is_first=token is None)
            if self._begins_anew(answer, token):
                # What came before comes again.
                token, self._most_barren = None, number + MOST_BARREN
                self._tokens.clear()
                continue
            if answer.error == "noRecordsMatch":
                yield answer
                return
            if answer.error is not None:
                raise NotFetchedError(url, "failed", _said(answer))
            yield replace(answer, records=tuple(self._new(answer)))
            token = self._next(url, answer)
            if token is None:
                return
        raise NotFetchedError(self._address(None), "failed", f"its list has more than {MOST_LISTS} parts")

    async def _answer(self, url: str, *, is_first: bool) -> Answer:
        """The answer; some repositories refuse a token that has expired by a status of HTTP."""
        try:
            return read_answer(await self._fetch(url))
        except NotFetchedError as fault:
            if is_first or self._was_begun_anew or not fault.reason.startswith("4"):
                raise
            return Answer(error="badResumptionToken", message=fault.reason)

    def _begins_anew(self, answer: Answer, token: str | None) -> bool:
        """Whether the list is to be asked for from its beginning: without the token, or without the day."""
        if answer.error == "badResumptionToken" and token and not self._was_begun_anew:
            self._was_begun_anew = True
            return True
        if answer.error == "badArgument" and token is None and self._since:
            self._since = None
            return True
        return False

    def _new(self, answer: Answer) -> list[Record]:
        new = {record.identifier: record for record in answer.records if record.identifier not in self._seen}
        self._seen |= new.keys()
        self._barren = 0 if new else self._barren + 1
        return list(new.values())

    def _next(self, url: str, answer: Answer) -> str | None:
        """The token that leads on, None at the end. Raises NotFetchedError."""
        if answer.breaks_off:
            raise NotFetchedError(url, "failed", "its list breaks off")
        if answer.token in self._tokens or self._barren > self._most_barren:
            raise NotFetchedError(url, "failed", "its list goes round in a circle")
        if answer.token is not None:
            self._tokens.add(answer.token)
        return answer.token

    def _address(self, token: str | None) -> str:
        if token is not None:
            return self._repository.asked("ListRecords", resumptionToken=token)
        asked = {"metadataPrefix": self._prefix, "set": self._set, "from_": self._since}
        return self._repository.asked("ListRecords", **asked)


def _said(answer: Answer) -> str:
    """What the repository says of its refusal."""
    message = " ".join(answer.message.split())[:200]
    return f"{answer.error}: {message}" if message else answer.error or ""
