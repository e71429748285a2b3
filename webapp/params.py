"""The query string of a search, read into a SearchRequest and written from one.

Nothing that a visitor types or a link holds is an error: what cannot be used is mended or left out. The results
page, the resource page and the API all read their parameters here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from aardekast.vocabulary import Vocabulary
from index import MAX_LENGTH, MAX_PAGE, UNKNOWN_YEAR, SearchRequest, Sort, YearRange

MAX_VALUES = 32  # of one facet; more only come from machines
MAX_VALUE_LENGTH = 200

TEXT, SORT, PAGE, YEAR, YEAR_FROM, YEAR_TO = "q", "jarjesta", "leht", "aasta", "alates", "kuni"
SORTS = {"uuemad": Sort.NEWEST, "pealkiri": Sort.TITLE, "lisatud": Sort.ADDED}

_YEARS = re.compile(r"([0-9]{4})?(\.\.)?([0-9]{4})?")


@dataclass(frozen=True, slots=True)
class FacetParameter:
    """How a facet is called in the query string (`name`) and in a SearchRequest (`field`)."""

    facet: str
    name: str
    field: str
    open_values: re.Pattern[str] | None = None  # what a value may look like where the vocabulary holds none

    def read(self, args: MultiDict[str, str], vocabulary: Vocabulary) -> tuple[str, ...]:
        """The values that can be used, each once, in their order."""
        values = (clean(value, MAX_VALUE_LENGTH) for value in args.getlist(self.name))
        return _first_of(value for value in values if self._accepts(value, vocabulary))

    def _accepts(self, value: str, vocabulary: Vocabulary) -> bool:
        if self.open_values is None:
            return value in vocabulary.terms(self.facet)
        return self.open_values.fullmatch(value) is not None


FACETS = (
    FacetParameter("audience", "sihtruhm", "audiences"),
    FacetParameter("topic", "teema", "topics"),
    FacetParameter("kind", "liik", "kinds"),
    FacetParameter("language", "keel", "languages", re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")),
    FacetParameter("county", "maakond", "counties"),
    FacetParameter("format", "vorming", "formats", re.compile(r"[a-z0-9-]{1,20}")),
    FacetParameter("publisher", "valjaandja", "publishers", re.compile(r".+")),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query string asks for.

    `is_form` says that it is not in the short form which `to_pairs` writes, because the form for filters sent it;
    `swapped` that its first year was later than its last.
    """

    request: SearchRequest
    is_form: bool
    swapped: bool


def read(args: MultiDict[str, str], vocabulary: Vocabulary) -> Reading:
    """Read a query string; never fails."""
    years, swapped = _years(args)
    filters: dict[str, Any] = {facet.field: facet.read(args, vocabulary) for facet in FACETS}
    request = SearchRequest(
        text=clean(args.get(TEXT, "")),
        years=years,
        sort=SORTS.get(args.get(SORT, ""), Sort.RELEVANCE),
        page=_page(args.get(PAGE, "")),
        **filters,
    )
    return Reading(request, is_form=YEAR_FROM in args or YEAR_TO in args, swapped=swapped)


def to_pairs(request: SearchRequest) -> list[tuple[str, str]]:
    """Names and values of the query string, in one order, without what is the default."""
    pairs = [(TEXT, request.text)] if request.text else []
    pairs += filter_pairs(request)
    pairs += [(SORT, name) for name, sort in SORTS.items() if sort is request.sort]
    if request.page > 1:
        pairs.append((PAGE, str(request.page)))
    return pairs


def filter_pairs(request: SearchRequest) -> list[tuple[str, str]]:
    """Names and values of the filters alone."""
    pairs = [(facet.name, value) for facet in FACETS for value in getattr(request, facet.field)]
    return pairs + [(YEAR, year_value(years)) for years in request.years]


def to_query_string(request: SearchRequest) -> str:
    """The query string without its question mark; empty for a request for everything."""
    return urlencode(to_pairs(request))


def year_value(years: YearRange) -> str:
    """How a range of years stands in the query string: `2023`, `2020..2024`, `2020..`, `..2024`, `teadmata`."""
    if years.is_unknown:
        return UNKNOWN_YEAR
    if years.first == years.last:
        return str(years.first)
    return f"{years.first or ''}..{years.last or ''}"


def without(request: SearchRequest, name: str, value: str) -> SearchRequest:
    """The same request, from its first page, without one value of a filter, named as in the query string."""
    if name == YEAR:
        return replace(request, page=1, years=tuple(y for y in request.years if year_value(y) != value))
    field = next(facet.field for facet in FACETS if facet.name == name)
    return _replaced(request, field, lambda kept: kept != value)


def without_filters(request: SearchRequest) -> SearchRequest:
    """The same text in the same order, nothing else."""
    return SearchRequest(text=request.text, sort=request.sort)


def with_text(request: SearchRequest, text: str) -> SearchRequest:
    """The same filters and order for another text."""
    return replace(request, text=text, page=1)


def clean(typed: str, length: int = MAX_LENGTH) -> str:
    """Text on one line, without signs that cannot be seen, cut to a length."""
    seen = "".join(sign for sign in " ".join(typed.split()) if sign.isprintable())
    return " ".join(seen.split())[:length].rstrip()


def _replaced(request: SearchRequest, field: str, keeps: Callable[[str], bool]) -> SearchRequest:
    changed: dict[str, Any] = {field: tuple(value for value in getattr(request, field) if keeps(value))}
    return replace(request, page=1, **changed)


def _first_of(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(values), MAX_VALUES))


def _page(typed: str) -> int:
    return min(max(int(typed), 1), MAX_PAGE) if re.fullmatch(r"[0-9]{1,9}", typed) else 1


def _years(args: MultiDict[str, str]) -> tuple[tuple[YearRange, ...], bool]:
    """The ranges of both ways to write them, and whether one was the wrong way round."""
    found, swapped = [], False
    for first, last, unknown in _typed_years(args):
        if first is None and last is None and not unknown:
            continue
        turned = first is not None and last is not None and first > last
        found.append(YearRange(first=last, last=first) if turned else YearRange(first=first, last=last))
        swapped |= turned
    return tuple(islice(dict.fromkeys(found), MAX_VALUES)), swapped


def _typed_years(args: MultiDict[str, str]) -> Iterator[tuple[int | None, int | None, bool]]:
    for value in args.getlist(YEAR):
        match = _YEARS.fullmatch(value.strip())
        if value.strip() == UNKNOWN_YEAR:
            yield None, None, True
        elif match:
            first, dots, last = match.groups()
            if dots or not (first and last):  # eight digits are not two years
                yield _year(first), _year(last) if dots else _year(first), False
    yield _year(args.get(YEAR_FROM)), _year(args.get(YEAR_TO)), False


def _year(typed: str | None) -> int | None:
    return int(typed) if typed and re.fullmatch(r"[1-9][0-9]{3}", typed.strip()) else None
