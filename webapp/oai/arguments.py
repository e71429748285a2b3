"""The arguments of a question in OAI-PMH: read, checked, and each fault named by its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time

from werkzeug.datastructures import MultiDict

from aardekast.errors import ProtocolError

_DAY, _SECOND = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_PART = "[A-Za-z0-9_.!~*'()-]+"
_SET = re.compile(f"{_PART}(:{_PART})*")
TOKEN = "resumptionToken"  # noqa: S105 - the name of an argument


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb must and may be asked with; where it `has_lists`, a token alone goes on with one."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    has_lists: bool = False


_LIST = Verb(required=("metadataPrefix",), optional=("from", "until", "set"), has_lists=True)
VERBS = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=("identifier",)),
    "ListSets": Verb(has_lists=True),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
    "GetRecord": Verb(required=("identifier", "metadataPrefix")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """A question as it was asked: one verb, every argument once and known to it.

    `since` and `until` are whole seconds, both included; a day as `until` is its last second.
    """

    verb: str
    given: dict[str, str]
    since: datetime | None = None
    until: datetime | None = None

    def __getitem__(self, name: str) -> str:
        """An argument; empty where it was not given."""
        return self.given.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.given


def read(values: MultiDict[str, str]) -> Arguments:
    """The question. Raises ProtocolError badVerb or badArgument."""
    verb = _verb(values)
    given = _given(values, verb)
    since, until = _moment(given, "from", time()), _moment(given, "until", time(23, 59, 59))
    if since and until:
        if len(given["from"]) != len(given["until"]):
            raise ProtocolError("badArgument", "from and until must both be days, or both be seconds.")
        if since > until:
            raise ProtocolError("badArgument", "from must not be later than until.")
    if "set" in given and not _SET.fullmatch(given["set"]):
        raise ProtocolError("badArgument", f"No set can be called '{given['set']}'; ListSets lists them.")
    return Arguments(verb=verb, given=given, since=since, until=until)


def _verb(values: MultiDict[str, str]) -> str:
    asked = values.getlist("verb")
    if len(asked) != 1 or asked[0] not in VERBS:
        raise ProtocolError("badVerb", f"Ask with one verb of these: {', '.join(VERBS)}.")
    return asked[0]


def _given(values: MultiDict[str, str], verb: str) -> dict[str, str]:
    rules = VERBS[verb]
    allowed = {*rules.required, *rules.optional, *((TOKEN,) if rules.has_lists else ())}
    given: dict[str, str] = {}
    for name in values:
        if name == "verb":
            continue
        if name not in allowed:
            raise ProtocolError("badArgument", f"{verb} takes no argument '{name}'.")
        if len(values.getlist(name)) > 1:
            raise ProtocolError("badArgument", f"The argument {name} may be given once.")
        given[name] = values[name]
    if TOKEN in given:
        if len(given) > 1:
            raise ProtocolError("badArgument", f"{TOKEN} must be the only argument beside the verb.")
        return given
    if missing := [name for name in rules.required if name not in given]:
        raise ProtocolError("badArgument", f"{verb} wants the argument {missing[0]}.")
    return given


def _moment(given: dict[str, str], name: str, of_day: time) -> datetime | None:
    """The moment that an argument names; `of_day` is what a day stands for."""
    if name not in given:
        return None
    text = given[name]
    try:
        if re.fullmatch(_DAY, text):
            return datetime.combine(datetime.fromisoformat(text), of_day, UTC)
        if re.fullmatch(_DAY + _SECOND, text):
            return datetime.fromisoformat(text)
    except ValueError:  # such as the 30th of February
        pass
    raise ProtocolError("badArgument", f"{name} must be a day or a second that there is, such as 2026-11-22T08:30:00Z.")
