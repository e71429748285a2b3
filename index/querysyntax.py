"""The signs of a query text: which words stand in quotes, after a minus, before a star, after the name of a field.

Whoosh tags the signs and the rest stays words. Its plug-ins are given expressions of our own, because by themselves
they take e-kaasamine for "e without kaasamine", and give the minus of -kriisi* to the word. Of its parser only the
tagging is used: its filters would drop what has no meaning as a query (a field without a value, 10:30), but here
nothing that was typed may get lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from whoosh.qparser import FieldsPlugin, PhrasePlugin, PlusMinusPlugin, PrefixPlugin, QueryParser, WhitespacePlugin
from whoosh.qparser.syntax import FieldnameNode, SyntaxNode

from aardekast.language.text import count_words


class Field(StrEnum):
    """What a name before a colon asks for."""

    TITLE = "title"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    TOPIC = "topic"
    KIND = "kind"
    YEAR = "year"


class Shape(StrEnum):
    """How the words of a clause were typed."""

    PLAIN = "plain"
    QUOTED = "quoted"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A piece of a query text that holds together: `text` without its signs, and where that starts.

    It has a word at least; of a PREFIX the last word is the beginning of one.
    """

    text: str
    start: int
    shape: Shape = Shape.PLAIN
    field: Field | None = None
    is_excluded: bool = False


# The Estonian name first; the third where letters are typed without their signs.
FIELD_NAMES = {
    Field.TITLE: ("pealkiri", "title"),
    Field.AUTHOR: ("autor", "author"),
    Field.PUBLISHER: ("väljaandja", "publisher", "valjaandja"),
    Field.TOPIC: ("teema", "topic"),
    Field.KIND: ("liik", "kind"),
    Field.YEAR: ("aasta", "year"),
}
_FIELDS = {
    typed: field  # not by re.IGNORECASE, which takes ſ and İ for letters of these names
    for field, names in FIELD_NAMES.items()
    for name in names
    for typed in (name, name.capitalize(), name.upper())
}

_QUOTES = str.maketrans("„“”‟«»", '""""""')  # „nii“, “so”, «так»
_MINUS = r"\-−–"  # phones and word processors put a dash for the hyphen
# A field may be followed by a space: keyboards of phones put one after a colon.
_FIELD = re.compile(rf"(?<![^\s({_MINUS}])(?<!\w[{_MINUS}])(?P<text>{'|'.join(_FIELDS)}):\s*")
_QUOTED = re.compile(r'(?<!\w)"(?P<text>[^"]*)"(?P<slop>(?!))?(?!\w)')  # the group is Whoosh's; it never matches
_PREFIX = re.compile(r'(?P<text>[^\s*"]*\w\w)\*(?![\w*])')
_EXCLUDED = re.compile(rf"(?<![^\s(])[{_MINUS}]+(?=[^\s{_MINUS}])")
_PARSER = QueryParser(
    None,
    None,
    plugins=[
        FieldsPlugin(_FIELD),
        PhrasePlugin(_QUOTED),
        PlusMinusPlugin(minusexpr=_EXCLUDED),
        PrefixPlugin(_PREFIX),
        WhitespacePlugin(),
    ],
)


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text in their order; never raises.

    Every word of the text is in one of them, but for names of fields that have a value.
    """
    plain = text.translate(_QUOTES)
    field: SyntaxNode | None = None
    is_excluded = False
    for node in _PARSER.tag(plain):
        if node.has_text and count_words(node.text):
            named = _FIELDS[field.fieldname] if field else None
            yield Clause(text=node.text, start=_start(node), shape=_shape(node), field=named, is_excluded=is_excluded)
            field = None
        elif node.is_ws() or isinstance(node, PlusMinusPlugin.Minus | FieldnameNode):
            if field:
                yield _name_alone(field, is_excluded=is_excluded)
            field = node if isinstance(node, FieldnameNode) else None
            is_excluded = isinstance(node, PlusMinusPlugin.Minus) or (is_excluded and field is not None)
    if field:
        yield _name_alone(field, is_excluded=is_excluded)


def _name_alone(field: SyntaxNode, *, is_excluded: bool) -> Clause:
    """The name of a field that has no value, as the word that it is."""
    return Clause(text=field.fieldname, start=field.startchar, is_excluded=is_excluded)


def _shape(node: SyntaxNode) -> Shape:
    if isinstance(node, PhrasePlugin.PhraseNode):
        return Shape.QUOTED
    return Shape.PREFIX if isinstance(node, PrefixPlugin.PrefixNode) else Shape.PLAIN


def _start(node: SyntaxNode) -> int:
    start: int = node.textstartchar if isinstance(node, PhrasePlugin.PhraseNode) else node.startchar
    return start
