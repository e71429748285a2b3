"""Works as BibTeX, in biblatex's types and fields, UTF-8 (biber, biblatex, JabRef, Zotero, pandoc).

Letters such as õ and ž stand as they are, signs that LaTeX would act on are escaped. `year` stands beside `date` for
styles that are older than biblatex.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webapp.citations.names import Name
from webapp.citations.works import Work

# A brace is written by its name: BibTeX counts braces, whether or not a backslash stands before them.
ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
PUBLISHERS = {"report": "institution", "online": "organization", "misc": "organization"}
LANGUAGES = {"et": "estonian", "en": "english", "ru": "russian", "fi": "finnish", "lv": "latvian", "de": "german"}


def write(works: Iterable[Work]) -> str:
    """An entry for each."""
    return "\n".join(_entry(work) for work in works)


def _entry(work: Work) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(work) if value)
    return f"@{work.form.biblatex}{{{work.key},\n{lines}}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_escaped(work.title)}}}"  # twice in braces: styles do not touch its capitals
    yield "author", " and ".join(map(_name, work.authors))
    yield PUBLISHERS.get(work.form.biblatex, "publisher"), _escaped(work.publisher)
    yield "date", work.iso_date
    yield "year", work.iso_date[:4]
    yield "venue", _escaped(work.place)
    yield "url", work.url
    yield "urldate", work.accessed.isoformat()
    yield "langid", LANGUAGES.get(work.language, "")
    yield "pagetotal", str(work.pages or "")
    yield "keywords", ", ".join(_escaped(word.replace(",", " ")) for word in work.keywords)
    yield "abstract", _escaped(work.description)
    yield "copyright", _escaped(work.licence)


def _name(name: Name) -> str:
    if not name.given:
        return f"{{{_escaped(name.family)}}}"
    return f"{_escaped(name.family)}, {_escaped(name.given)}"


def _escaped(text: str) -> str:
    return text.translate(ESCAPED)
