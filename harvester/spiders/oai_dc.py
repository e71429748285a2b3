"""A record's Dublin Core as a material: which of its values say what.

docs/sources.md has the table. What DSpace writes into oai_dc decides in doubt: the dates of an item's accession and
release beside that of its publication, each qualified identifier beside its handle, and no files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

from aardekast.addresses import fault_of, host_of
from aardekast.resource import Harvested
from harvester.spiders.keywords import clean_keywords
from harvester.spiders.markup import plain
from harvester.spiders.oai_answers import Record, Value
from harvester.spiders.oai_types import kind_of, language_of
from harvester.spiders.shortening import shortened

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")
_DATE = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_FILE = re.compile(r"/bitstreams?/|\.(pdf|docx?|epub|zip|xml|jpe?g)$", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_HANDLE = re.compile(r"(?:hdl:\s*)(\d[\d.]*/\S+)", re.IGNORECASE)
_HANDLE_HOSTS, _DOI_HOSTS = ("hdl.handle.net",), ("doi.org", "dx.doi.org")
_SAMPLE_PREFIX = "123456789"  # DSpace's handles before a prefix is registered: those of many repositories are the same
_DSPACE = re.compile(r"/oai(/(request|driver|openaire))?/?$")
_LICENCE = re.compile(r"creativecommons\.org/|/licen[cs]es?/", re.IGNORECASE)
_ACCESS = re.compile(r"info:eu-repo/.*|(open|closed|restricted|embargoed)\s?access", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(\s[^\W\d_][\w.'’-]*){0,2}")
_BODIES = re.compile(
    r"ülikool|instituut|universit|institut|department|osakond|keskus|selts|liit|amet|\bmtü\b|\bsa\b", re.I
)


def address_of(record: Record, base: str) -> str | None:
    """The page of the record: on the repository's own host, else behind its handle, its DOI, anything else; None
    where it names none.
    """
    found = [url for text in record.texts("identifier") if (url := _spelt_out(text)) and fault_of(url) is None]
    return min(found, key=lambda url: _place(url, host_of(base)), default=None)


def other_addresses(url: str, base: str) -> tuple[str, ...]:
    """Where the same page stands: a handle leads to the DSpace that gave it."""
    parts, own = urlsplit(url), urlsplit(base)
    is_given = host_of(url) in _HANDLE_HOSTS and not parts.path.startswith(f"/{_SAMPLE_PREFIX}/")
    return (f"{own.scheme}://{own.netloc}/handle{parts.path}",) if is_given and _DSPACE.search(own.path) else ()


def harvested(record: Record, source: str, entry: str, url: str, base: str) -> Harvested:
    """The record as a material; `entry` is the address of the record itself, `url` that of its page."""
    language = next(filter(None, map(language_of, record.texts("language"))), None)
    described = list(
        dict.fromkeys(filter(_says_something, (_words(v.text) for v in record.values.get("description", ()))))
    )
    keywords = clean_keywords(_subjects(record))
    is_event = any(text.lower() == "event" for text in record.texts("type"))  # of the DCMI types
    held = [text for text in record.texts("date") if "/" in text] if is_event else []
    starts, ends = map(day_written, held[0].split("/", 1)) if held else (None, None)
    return Harvested(
        source=source,
        requested=entry,
        url=url,
        redirects=other_addresses(url, base),
        title=_in_language(record.values.get("title", ()), language),
        description=shortened(described[0] if described else ""),
        text="\n\n".join(described),
        authors=tuple(dict.fromkeys(_name(text) for text in record.texts("creator"))),
        publisher=next(iter(record.texts("publisher")), ""),
        published=_published(text for text in record.texts("date") if text not in held),
        language=language,
        kind=next(filter(None, map(kind_of, record.texts("type"))), None),
        starts=starts,
        ends=ends,
        licence=_licence(record.texts("rights")),
        suggested={"keywords": keywords} if keywords else {},
    )


def _spelt_out(identifier: str) -> str | None:
    """The address that an identifier is or stands for."""
    if identifier.startswith(("http://", "https://")):
        return identifier
    if match := _DOI.fullmatch(identifier):
        return f"https://doi.org/{quote(match[1], safe='/:;()._-')}"
    if match := _HANDLE.fullmatch(identifier):
        return f"https://hdl.handle.net/{match[1]}"
    return None


def _place(url: str, own: str) -> int:
    """The lower, the more an address is that of the record's page."""
    host = host_of(url)
    is_file = 10 * bool(_FILE.search(urlsplit(url).path))
    if host == own:
        return is_file
    return is_file + (1 if host in _HANDLE_HOSTS else 2 if host in _DOI_HOSTS else 3)


def _in_language(values: Iterable[Value], language: str | None) -> str:
    """The value in the language of the work, else the first."""
    found = list(values)
    own = [value for value in found if language and language_of(value.language) == language]
    return " ".join(_words((own or found)[0].text).split()) if found else ""


def _words(text: str) -> str:
    """The text without the markup that some repositories leave in it."""
    return plain(text) if _MARKUP.search(text) else "\n".join(" ".join(line.split()) for line in text.splitlines())


def _says_something(text: str) -> bool:
    """Whether it is more than an address: DSpace has that of a library's catalogue among the descriptions."""
    return bool(text) and (" " in text or not text.startswith(("http://", "https://")))


def _subjects(record: Record) -> Iterator[str]:
    for text in (*record.texts("subject"), *record.texts("coverage")):
        yield from text.split(";")


def _name(text: str) -> str:
    """A person as one says the name; repositories write the family name first."""
    family, _, given = (part.strip() for part in text.partition(","))
    is_person = _PERSON.fullmatch(family) and _PERSON.fullmatch(given) and not _BODIES.search(text)
    return f"{given} {family}" if is_person else text


def _published(texts: Iterable[str]) -> str | None:
    """The day, month or year of publication.

    DSpace writes the moments when an item was accessioned and released too, to the second: a date without a time goes
    first, and of several of a sort the earliest.
    """
    dates = [(("T" in text), found) for text in texts if (found := day_of_publication(text))]
    return min(dates)[1] if dates else None


def day_of_publication(text: str) -> str | None:
    """A year, month or day as it is written; None for what lies in the future."""
    day, tomorrow = day_written(text), datetime.now(UTC).date() + timedelta(days=1)
    return day if day and day <= tomorrow.isoformat()[: len(day)] else None


def day_written(text: str) -> str | None:
    """A year, month or day, also out of `[2005]` or `c2004`; None for what is none."""
    match = _DATE.search(text)
    parts = [part for part in match.groups() if part] if match else []
    while parts:
        with suppress(ValueError):
            date(*[*map(int, parts), 1, 1][:3])
            return "-".join(parts)
        parts.pop()
    return None


def _licence(texts: Iterable[str]) -> str | None:
    """The address of a licence, else its name; that something is open is none."""
    found = [text for text in texts if not _ACCESS.fullmatch(text)]
    return next((text for text in found if _LICENCE.search(text)), shortened(found[0]) if found else None)
