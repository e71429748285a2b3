"""Answers of OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html) as values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from scrapy.http import Response

from aardekast import amb
from aardekast.errors import NotFetchedError

NOT_AN_ANSWER = "is not an OAI-PMH repository"
MOST_VALUES = 200  # of one element in a record; a report of a great project has some fifty authors
LONGEST_VALUE = 20_000  # signs; the abstracts of a thesis have 2,000 to 5,000
LONGEST_CARD = 200_000  # signs of a record in JSON, which cut off would be none; ours have 1,000 to 3,000
# A sign that XML does not allow, a bare &, an entity of HTML: what stands around them is read.
_HARMLESS = frozenset(
    {
        etree.ErrorTypes.ERR_INVALID_CHAR,
        etree.ErrorTypes.ERR_INVALID_CHARREF,
        etree.ErrorTypes.ERR_NAME_REQUIRED,
        etree.ErrorTypes.ERR_UNDECLARED_ENTITY,
        etree.ErrorTypes.ERR_ENTITYREF_SEMICOL_MISSING,
    }
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of Dublin Core and the language that it says it is in, empty where it says none."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record: the values of its metadata by the names of the elements, in their order; none of a deleted one."""

    identifier: str
    is_deleted: bool = False
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of an element."""
        return tuple(value.text for value in self.values.get(name, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. `moment` is when it was made, by the clock of the repository, as it wrote it.

    `size` is how many records the whole list has, where the repository says so. Broken XML may have cost a record
    (`is_whole` is False then) or its end, with the token that leads on (`breaks_off`). `formats` are the prefixes
    of the metadata formats by their namespaces.
    """

    moment: str | None = None
    error: str | None = None  # the code of OAI-PMH
    message: str = ""
    granularity: str = ""
    formats: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    token: str | None = None
    size: int | None = None
    is_whole: bool = True
    breaks_off: bool = False


def read_answer(response: Response) -> Answer:
    """An answer, broken XML as far as it goes. Raises NotFetchedError where it is none or declares entities."""
    tree, is_sound, is_harmless = _tree(response)
    if etree.QName(tree).localname != "OAI-PMH":
        raise NotFetchedError(response.url, "failed", NOT_AN_ANSWER)
    error, token = tree.find("{*}error"), tree.find(".//{*}resumptionToken")
    size = token.get("completeListSize", "") if token is not None else ""
    records = [record for element in tree.iterfind("{*}ListRecords/{*}record") if (record := _record(element))]
    return Answer(
        moment=_moment(_text(tree.find("{*}responseDate"))),
        error=error.get("code", "unknown") if error is not None else None,
        message=_text(error),
        granularity=_text(tree.find("{*}Identify/{*}granularity")),
        formats=_formats(tree),
        records=tuple(records),
        token=_text(token) or None,
        size=int(size) if size.isdecimal() else None,
        is_whole=is_harmless and (is_sound or _has_all_records(tree, response.body)),
        breaks_off=not is_sound and not _has_end(tree, response.body),
    )


def _tree(response: Response) -> tuple[etree._Element, bool, bool]:
    """The answer, whether it is XML as it should be, and whether only signs of it are not. Raises NotFetchedError."""
    is_sound = is_harmless = True
    try:
        tree = etree.fromstring(response.body, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        # One sign that is not allowed must not cost a hundred records.
        parser, is_sound = _parser(recover=True), False
        try:
            tree = etree.fromstring(response.body, parser)
        except (etree.XMLSyntaxError, ValueError):
            tree = None
        is_harmless = all(error.type in _HARMLESS for error in parser.error_log)
    if tree is None:
        raise NotFetchedError(response.url, "failed", NOT_AN_ANSWER)
    if tree.getroottree().docinfo.doctype:
        raise NotFetchedError(response.url, "failed", "declares entities, which no repository does")
    return tree, is_sound, is_harmless


def _parser(*, recover: bool) -> etree.XMLParser:
    # Entities are left as they are, and lxml's own limits of depth and length hold.
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover)


def _has_all_records(tree: etree._Element, body: bytes) -> bool:
    """Whether all records that the text begins are in the tree."""
    return len(tree.findall("{*}ListRecords/{*}record")) == len(re.findall(rb"<(?:\w+:)?record[\s>]", body))


def _has_end(tree: etree._Element, body: bytes) -> bool:
    return bool(_text(tree.find(".//{*}resumptionToken"))) or re.search(rb"</(?:\w+:)?OAI-PMH\s*>", body) is not None


def _formats(tree: etree._Element) -> dict[str, str]:
    listed = tree.iterfind("{*}ListMetadataFormats/{*}metadataFormat")
    return {_text(one.find("{*}metadataNamespace")): _text(one.find("{*}metadataPrefix")) for one in listed}


def _record(element: etree._Element) -> Record | None:
    """The record, None where it has no identifier."""
    header = element.find("{*}header")
    identifier = _text(element.find("{*}header/{*}identifier"))
    if header is None or not identifier:
        return None
    values: defaultdict[str, list[Value]] = defaultdict(list)
    for one in element.iterfind("{*}metadata/*/*"):
        if not isinstance(one.tag, str):
            continue
        name = etree.QName(one).localname
        longest = LONGEST_CARD if etree.QName(one).namespace == amb.NAMESPACE else LONGEST_VALUE
        if len(values[name]) < MOST_VALUES and (text := _text(one, longest)):
            values[name].append(Value(text, one.get("{http://www.w3.org/XML/1998/namespace}lang", "")))
    is_deleted = header.get("status") == "deleted"
    return Record(
        identifier=identifier,
        is_deleted=is_deleted,
        values={} if is_deleted else {name: tuple(found) for name, found in values.items()},
    )


def _text(element: etree._Element | None, longest: int = LONGEST_VALUE) -> str:
    """The text in it, without comments."""
    return str(element.xpath("string()")).strip()[:longest] if element is not None else ""


def _moment(text: str) -> str | None:
    return text if _MOMENT.fullmatch(text) else None
