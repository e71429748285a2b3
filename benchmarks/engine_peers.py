"""Other engines, asked the same: plain Whoosh, tantivy, SQLite FTS5. Each keeps title and text, as ours does."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from recombined import Question
from whoosh import fields, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in, open_dir
from whoosh.sorting import FieldFacet

TOP = 10
TITLE = 3  # times what the same word counts in the text
FACETS = ("audience", "topic", "kind")
Counts = dict[str, dict[str, int]]
Ask = Callable[[Question], tuple[int, Counts]]


@dataclass(frozen=True, slots=True)
class PlainDocument:
    """A document as the other engines get it: words in small letters, a space between each two."""

    title: str
    text: str
    facets: dict[str, tuple[str, ...]]


class PlainWhoosh:
    """Whoosh with its own codec, matchers, scorer and facets."""

    name = "Whoosh"

    def build(self, documents: Sequence[PlainDocument], folder: Path) -> None:
        """Write an index."""
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), stored=True)
        facet = fields.KEYWORD(commas=True, sortable=True, stored=True)
        writer = create_in(str(folder), fields.Schema(title=text, body=text, **dict.fromkeys(FACETS, facet))).writer(
            limitmb=512
        )
        for document in documents:
            facets = {name: ",".join(values) for name, values in document.facets.items() if values}
            writer.add_document(title=document.title, body=document.text, **facets)
        writer.commit()

    def open(self, folder: Path) -> Ask:
        """Open an index to ask."""
        searcher = open_dir(str(folder)).searcher()

        def ask(question: Question) -> tuple[int, Counts]:
            groups = {name: FieldFacet(name, allow_overlap=True) for name in FACETS}
            results = searcher.search(_whoosh_query(question), limit=TOP, groupedby=groups)
            counts = {name: {k: len(v) for k, v in results.groups(name).items() if k} for name in FACETS}
            return len(results), counts

        return ask


class Tantivy:
    """tantivy, written by one thread."""

    name = "tantivy"

    def build(self, documents: Sequence[PlainDocument], folder: Path) -> None:
        """Write an index."""
        builder = tantivy.SchemaBuilder()
        for name in ("title", "body"):
            builder.add_text_field(name, stored=True, tokenizer_name="whitespace", index_option="position")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=512_000_000, num_threads=1)
        for document in documents:
            values = {name: list(given) for name, given in document.facets.items()}
            writer.add_document(tantivy.Document(title=document.title, body=document.text, **values))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> Ask:
        """Open an index to ask."""
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        wanted = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}

        def ask(question: Question) -> tuple[int, Counts]:
            asked = _tantivy_query(index.schema, question)
            found = searcher.search(asked, TOP)
            groups = searcher.aggregate(asked, wanted)
            counts = {name: {b["key"]: b["doc_count"] for b in groups[name]["buckets"]} for name in FACETS}
            return int(found.count or 0), counts

        return ask


class Fts5:
    """SQLite FTS5; facets are counted by numpy from the numbers of the rows, which is faster than in SQL."""

    name = "FTS5"

    def build(self, documents: Sequence[PlainDocument], folder: Path) -> None:
        """Write an index."""
        connection = sqlite3.connect(folder / "index.sqlite")
        connection.execute(
            "CREATE VIRTUAL TABLE docs USING fts5(title, body, "
            "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co Mn' tokenchars '-'''\")"
        )
        connection.execute("CREATE TABLE facets(name, value, document)")
        connection.execute(f"INSERT INTO docs(docs, rank) VALUES ('rank', 'bm25({TITLE}.0, 1.0)')")
        connection.executemany("INSERT INTO docs VALUES (?, ?)", ((d.title, d.text) for d in documents))
        connection.executemany("INSERT INTO facets VALUES (?, ?, ?)", _facet_rows(documents))
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> Ask:
        """Open an index to ask."""
        connection = sqlite3.connect(folder / "index.sqlite")
        size = connection.execute("SELECT max(rowid) FROM docs").fetchone()[0]
        columns = {name: _fts5_column(connection, name) for name in FACETS}

        def ask(question: Question) -> tuple[int, Counts]:
            asked = (_fts5_query(question),)
            connection.execute(f"SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT {TOP}", asked).fetchall()
            rows = connection.execute("SELECT rowid FROM docs WHERE docs MATCH ?", asked).fetchall()
            mask = np.zeros(size + 1, dtype=np.bool_)
            mask[[row for (row,) in rows]] = True
            counts = {}
            for name, (values, held, codes) in columns.items():
                numbers = np.bincount(codes[mask[held]], minlength=len(values)).tolist()
                counts[name] = {value: n for value, n in zip(values, numbers, strict=True) if n}
            return len(rows), counts

        return ask


def _whoosh_query(question: Question) -> Any:
    if question.kind == "phrase":
        title, body = (query.Phrase(name, list(question.words)) for name in ("title", "body"))
        return query.Or([query.Phrase(title.fieldname, title.words, boost=TITLE), body])
    kind = query.Prefix if question.kind == "prefix" else query.Term
    words = [query.Or([kind("title", word, boost=TITLE), kind("body", word)]) for word in question.words]
    return query.And(words) if question.kind == "all" else query.Or(words)


def _tantivy_query(schema: Any, question: Question) -> Any:
    def of(field: str, word: str) -> Any:
        if question.kind == "prefix":
            return tantivy.Query.regex_query(schema, field, re.escape(word) + ".*")
        return tantivy.Query.term_query(schema, field, word)

    def either(title: Any, body: Any) -> Any:
        should = tantivy.Occur.Should
        return tantivy.Query.boolean_query([(should, tantivy.Query.boost_query(title, TITLE)), (should, body)])

    if question.kind == "phrase":
        title, body = (tantivy.Query.phrase_query(schema, name, list(question.words)) for name in ("title", "body"))
        return either(title, body)
    words = [either(of("title", word), of("body", word)) for word in question.words]
    occur = tantivy.Occur.Must if question.kind == "all" else tantivy.Occur.Should
    return words[0] if len(words) == 1 else tantivy.Query.boolean_query([(occur, word) for word in words])


def _fts5_query(question: Question) -> str:
    if question.kind == "phrase":
        return f'"{" ".join(question.words)}"'
    star = "*" if question.kind == "prefix" else ""
    return (" AND " if question.kind == "all" else " OR ").join(f'"{word}"{star}' for word in question.words)


def _facet_rows(documents: Sequence[PlainDocument]) -> Iterator[tuple[str, str, int]]:
    for number, document in enumerate(documents, start=1):
        for name, values in document.facets.items():
            yield from ((name, value, number) for value in values)


def _fts5_column(connection: sqlite3.Connection, name: str) -> tuple[list[str], Any, Any]:
    rows = connection.execute("SELECT value, document FROM facets WHERE name = ?", (name,)).fetchall()
    values = sorted({value for value, _ in rows})
    codes = {value: code for code, value in enumerate(values)}
    return values, np.array([row for _, row in rows]), np.array([codes[value] for value, _ in rows])
