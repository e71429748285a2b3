"""What each field of an export says, in Estonian and English: the README's tables. A test holds them complete."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A field's name and what it says."""

    name: str
    et: str
    en: str


RESOURCES = (
    Field("id", "püsiv tunnus", "lasting id"),
    Field("url", "materjali aadress", "address of the material"),
    Field("page", "leht Aardekastis; null, kui aadressi ei antud", "page on the site; null where none was named"),
    Field("title", "pealkiri", "title"),
    Field(
        "description",
        "kuraatorite kirjeldus; avaldaja enda kirjeldusi siin ei ole",
        "the curators' description; those that publishers wrote are left out",
    ),
    Field("publisher", "väljaandja", "publisher"),
    Field("authors", "autorid", "authors"),
    Field("kind", "liik (vocabulary.jsonl)", "kind (vocabulary.jsonl)"),
    Field("audience", "sihtrühmad (vocabulary.jsonl)", "audiences (vocabulary.jsonl)"),
    Field("topics", "teemad (vocabulary.jsonl)", "topics (vocabulary.jsonl)"),
    Field("keywords", "vabad märksõnad", "free keywords"),
    Field("language", "keel (ISO 639)", "language (ISO 639)"),
    Field("counties", "maakonnad (vocabulary.jsonl)", "counties (vocabulary.jsonl)"),
    Field("published", "ilmus: aasta, kuu või päev", "published: year, month or day"),
    Field("starts", "sündmuse algus", "start of an event"),
    Field("ends", "sündmuse lõpp", "end of an event"),
    Field("place", "sündmuse koht", "place of an event"),
    Field("licence", "materjali litsents, kui see on teada", "licence of the material, where known"),
    Field("format", "vorming: html, pdf, video ...", "format: html, pdf, video ..."),
    Field("pages", "lehekülgi", "pages"),
    Field("minutes", "minuteid", "minutes"),
    Field("words", "sõnu", "words"),
    Field("first_seen", "millal Aardekasti jõudis", "when it came into Aardekast"),
    Field("last_checked", "millal link viimati üle vaadati", "when its link was last checked"),
    Field("status", "live: avaneb, failing: ei vasta", "live: it opens, failing: no answer"),
    Field("copies", "kus sama tekst veel on", "where else the same text stands"),
    Field("copy", "leht selles kaustas", "page in this folder"),
)
SOURCES = (
    Field("id", "tunnus", "id"),
    Field("url", "veebilehe, sitemap'i või voo aadress", "address of the site, sitemap or feed"),
    Field("type", "kuidas seda loetakse; null, kui pole teada", "how it is read; null where not known"),
    Field("publisher", "väljaandja", "publisher"),
    Field("language", "selle materjalide keel", "language of its materials"),
    Field("kind", "selle materjalide liik", "kind of its materials"),
    Field("audience", "selle materjalide sihtrühmad", "audiences of its materials"),
    Field("topics", "selle materjalide teemad", "topics of its materials"),
    Field("schedule", "kui tihti seda loetakse", "how often it is read"),
)
VOCABULARY = (
    Field(
        "type",
        "audience, kind, topic, county, abbreviation või synonyms",
        "audience, kind, topic, county, abbreviation or synonyms",
    ),
    Field("value", "tunnus või lühend", "slug or abbreviation"),
    Field("labels", "nimed keelte kaupa", "labels by language"),
    Field("about", "kirjeldused keelte kaupa", "descriptions by language"),
    Field("meanings", "mida lühend tähendab", "what an abbreviation stands for"),
    Field("words", "sama tähendusega sõnad", "words that mean the same"),
)
PUBLISHERS = (
    Field("name", "nimi", "name"),
    Field("slug", "nimi aadressis", "name in addresses"),
    Field("resources", "mitu materjali", "how many resources"),
)


class File(NamedTuple):
    """A file of the data and what stands in it."""

    name: str
    et: str
    en: str
    fields: tuple[Field, ...]


FILES = (
    File("resources.jsonl", "materjalid", "resources", RESOURCES),
    File("sources.jsonl", "veebilehed, kust materjalid tulevad", "the sites that resources come from", SOURCES),
    File("vocabulary.jsonl", "sõnastik", "the vocabulary", VOCABULARY),
    File("publishers.jsonl", "väljaandjad", "publishers", PUBLISHERS),
)
