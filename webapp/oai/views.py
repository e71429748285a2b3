"""The one address of the provider, its verbs, and the schema of the format that is our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from flask import Blueprint, Response, request
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import ServiceUnavailable

from aardekast.errors import ProtocolError, RecordsError
from aardekast.records import Record, RecordReader, Selection
from webapp.headers import ASK_AGAIN
from webapp.oai import arguments, tokens
from webapp.oai.answers import add_header, add_identity, add_record, envelope, fault_answer
from webapp.oai.arguments import TOKEN, Arguments
from webapp.oai.crosswalks import FORMATS, written_moment
from webapp.oai.repository import repository
from webapp.oai.tokens import Continuation
from webapp.site import vocabulary
from webapp.xml_answers import add, xml_answer

PAGE = 100  # records of one answer: some 200 kB, a tenth of that compressed
LARGEST = 16 * 1024  # bytes of a question that is posted; the longest sensible one has some hundred
RETRY_AFTER = 60  # seconds, when the catalogue is busy or away
SETS = {"teema": ("Teema", "topic"), "liik": ("Liik", "kind")}  # name and facet, by what their sets begin with

blueprint = Blueprint("oai", __name__, url_prefix="/oai")


@blueprint.route("", methods=["GET", "POST"])
def answer() -> Response:
    """The answer to a question; 503 while the records cannot be read."""
    request.max_content_length = LARGEST
    now = datetime.now(UTC)
    asked = None
    try:
        asked = arguments.read(CombinedMultiDict([request.args, request.form]))
        with repository().records.reading() as reader:
            root = envelope(asked, reader.moment)
            _VERBS[asked.verb](root, asked, reader)
    except ProtocolError as fault:
        root = fault_answer(fault, asked, now)
    except RecordsError as fault:
        raise ServiceUnavailable(retry_after=RETRY_AFTER) from fault
    return _uncached(xml_answer(root, "text/xml"))


@blueprint.get("/amb.xsd")
def amb_schema() -> Response:
    """The schema of the metadata format `amb`."""
    written = (Path(__file__).parent / "amb.xsd").read_bytes()
    return _uncached(Response(written, mimetype="application/xml"))


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = ASK_AGAIN
    return response


def _identify(root: Element, _asked: Arguments, reader: RecordReader) -> None:
    add_identity(root, reader.earliest)


def _formats(root: Element, asked: Arguments, reader: RecordReader) -> None:
    """Every record has them all."""
    if "identifier" in asked:
        _record(asked, reader)
    formats = add(root, asked.verb)
    for prefix, known in FORMATS.items():
        element = add(formats, "metadataFormat")
        add(element, "metadataPrefix", prefix)
        add(element, "schema", known.schema())
        add(element, "metadataNamespace", known.namespace)


def _sets(root: Element, asked: Arguments, reader: RecordReader) -> None:
    """All of them in one answer, so that no token is ever right."""
    if TOKEN in asked:
        raise ProtocolError("badResumptionToken", "ListSets is answered whole, and never gives a token.")
    element = add(root, asked.verb)
    for spec, name in _named_sets(reader):
        one = add(element, "set")
        add(one, "setSpec", spec)
        add(one, "setName", name)


def _named_sets(reader: RecordReader) -> Iterator[tuple[str, str]]:
    """The sets of the vocabulary, and those that it has no more while records still are in them."""
    held = reader.sets()
    for top, (name, facet) in SETS.items():
        yield top, name
        terms = vocabulary().terms(facet)
        specs = [f"{top}:{slug}" for slug in terms]
        for spec in (*specs, *(spec for spec in held if spec.startswith(f"{top}:") and spec not in specs)):
            yield spec, vocabulary().label(facet, spec.removeprefix(f"{top}:"))


def _get(root: Element, asked: Arguments, reader: RecordReader) -> None:
    prefix = _prefix(asked["metadataPrefix"])
    add_record(add(root, asked.verb), _record(asked, reader), prefix)


def _list(root: Element, asked: Arguments, reader: RecordReader) -> None:
    """Headers or records, as many as one answer holds, and a token where more are left or some were before."""
    wanted = _continuation(asked, reader)
    left, records = reader.count(wanted.selection), reader.batch(wanted.selection, PAGE)
    if not records:
        raise ProtocolError("noRecordsMatch", "No record is of this set and between these moments.")
    element = add(root, asked.verb)
    for record in records:
        if asked.verb == "ListRecords":
            add_record(element, record, wanted.prefix)
        else:
            add_header(element, record)
    size = {"completeListSize": str(wanted.cursor + left), "cursor": str(wanted.cursor)}
    if left > len(records):
        expires = reader.moment + tokens.LIFE
        token = tokens.write(wanted.after(records[-1].place, len(records)), expires)
        add(element, TOKEN, token, expirationDate=written_moment(expires), **size)
    elif wanted.cursor:
        add(element, TOKEN, None, **size)


def _continuation(asked: Arguments, reader: RecordReader) -> Continuation:
    if TOKEN in asked:
        return tokens.read(asked[TOKEN], asked.verb, reader.moment)
    prefix = _prefix(asked["metadataPrefix"])
    selection = Selection(since=asked.since, until=asked.until, set=asked["set"])
    return Continuation(verb=asked.verb, prefix=prefix, selection=selection)


def _prefix(prefix: str) -> str:
    if prefix not in FORMATS:
        raise ProtocolError("cannotDisseminateFormat", f"There is no format '{prefix}', but {' and '.join(FORMATS)}.")
    return prefix


def _record(asked: Arguments, reader: RecordReader) -> Record:
    record = reader.record(repository().id_of(asked["identifier"]))
    if record is None:
        raise ProtocolError("idDoesNotExist", f"There is no record '{asked['identifier']}'.")
    return record


_VERBS: dict[str, Callable[[Element, Arguments, RecordReader], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _get,
}
