"""What the results page shows beside its hits: filters, chips, pages, and the ways out when nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index import (
    PAGE_SIZE,
    UNKNOWN_YEAR,
    FacetValue,
    Hit,
    Searcher,
    SearchPage,
    SearchRequest,
    Sort,
    YearRange,
    read_query,
)
from webapp import params
from webapp.language import gettext as _
from webapp.site import vocabulary
from webapp.wording import facet_label, language_phrase, years_label

SHOWN_VALUES = 5  # of a facet, before "Näita veel"
LISTED_VALUES = 30  # of a facet in all; the rest is found by searching
DROPPED_FILTERS = 8  # each costs a search
ABOVE_YEARS = ("audience", "topic", "kind", "language")


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox: the value it sends and how many materials have it."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The checkboxes of one facet; `more` stands behind "Näita veel"."""

    name: str
    legend: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """The years of the form: what its two fields hold, which years there are, and checkboxes for the rest."""

    first: int | None
    last: int | None
    known: tuple[int, int] | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form for filters, from its top to its foot."""

    first: tuple[Group, ...]
    years: Years | None
    last: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the request without it."""

    label: str
    without: SearchRequest


@dataclass(frozen=True, slots=True)
class Order:
    """One way to order the hits."""

    label: str
    request: SearchRequest
    is_current: bool


@dataclass(frozen=True, slots=True)
class WayOut:
    """A search that does find something, where this one did not."""

    label: str
    request: SearchRequest
    count: int


def form(wanted: SearchRequest, found: SearchPage) -> Form:
    """A group for each facet that would change anything; the years stand among them."""
    legends = {
        "audience": _("Kellele"),
        "topic": _("Teema"),
        "kind": _("Liik"),
        "language": _("Keel"),
        "county": _("Maakond"),
        "format": _("Vorming"),
        "publisher": _("Väljaandja"),
    }
    all_groups = {facet.facet: _group(facet, legends[facet.facet], wanted, found) for facet in params.FACETS}
    first = tuple(group for facet, group in all_groups.items() if group and facet in ABOVE_YEARS)
    last = tuple(group for facet, group in all_groups.items() if group and facet not in ABOVE_YEARS)
    return Form(first, _years(wanted, found), last)


def chips(wanted: SearchRequest) -> list[Chip]:
    """The filters in force, in the order of the form."""
    return [
        Chip(_filter_label(wanted, name, value), params.without(wanted, name, value))
        for name, value in params.filter_pairs(wanted)
    ]


def orders(wanted: SearchRequest) -> list[Order]:
    """The ways to order these hits; without a word none suits better, and the newest come first."""
    labels = {Sort.RELEVANCE: _("Sobivamad enne"), Sort.NEWEST: _("Uuemad enne"), Sort.TITLE: _("Pealkirja järgi")}
    current = wanted.sort
    if current is Sort.ADDED:  # the order of feeds, which only a link asks for
        labels[Sort.ADDED] = _("Viimati lisatud enne")
    if not read_query(wanted.text, vocabulary()).plain_words:
        del labels[Sort.RELEVANCE]
        current = Sort.NEWEST if current is Sort.RELEVANCE else current
    return [Order(label, replace(wanted, sort=sort, page=1), sort is current) for sort, label in labels.items()]


def ways_out(wanted: SearchRequest, found: SearchPage, searcher: Searcher) -> list[WayOut]:
    """Searches near this one that find something, each with how much."""
    return [way for way in _ways(wanted, found, searcher) if way.count]


def parted(found: SearchPage) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """The hits of the page that answer in full, and those that answer in part."""
    full = max(0, found.full - (found.page - 1) * PAGE_SIZE) if found.relaxed else len(found.hits)
    return found.hits[:full], found.hits[full:]


def pager(found: SearchPage) -> list[int | None]:
    """The pages to link: first, last and those about this one; None is a gap."""
    near = {1, found.page - 1, found.page, found.page + 1, found.pages}
    pages: list[int | None] = []
    for page in sorted(page for page in near if 1 <= page <= found.pages):
        if pages and page - (pages[-1] or 0) > 1:
            pages.append(page - 1 if page - (pages[-1] or 0) == 2 else None)
        pages.append(page)
    return pages


def heading(wanted: SearchRequest) -> str:
    """What is shown where no text was typed: the one filter, or nothing."""
    in_force = params.filter_pairs(wanted)
    return _filter_label(wanted, *in_force[0]) if len(in_force) == 1 else ""


def title_of(wanted: SearchRequest) -> str:
    """The search in words: `„kriisiplaan“, Kogukond`; of a search for everything, that."""
    parts = [_("„%(text)s“", text=wanted.text)] if wanted.text else []
    parts += [chip.label for chip in chips(wanted)]
    return ", ".join(parts) or _("Kõik materjalid")


def _group(facet: params.FacetParameter, legend: str, wanted: SearchRequest, found: SearchPage) -> Group | None:
    counted = {str(value.value): value.count for value in found.facets.get(facet.facet, ()) if value.value}
    asked = getattr(wanted, facet.field)
    counted |= {value: 0 for value in asked if value not in counted}
    if len(counted) < 2 and not asked:
        return None
    choices = [Choice(v, facet_label(facet.facet, v), count, v in asked) for v, count in counted.items()]
    leading, rest = choices[:SHOWN_VALUES], choices[SHOWN_VALUES:]
    if len(rest) == 1:  # its line is no longer than "Näita veel 1"
        leading, rest = choices, []
    return Group(
        facet.name,
        legend,
        shown=(*leading, *(choice for choice in rest if choice.chosen)),
        more=tuple(choice for choice in rest if not choice.chosen)[: LISTED_VALUES - SHOWN_VALUES],
    )


def _years(wanted: SearchRequest, found: SearchPage) -> Years | None:
    """The years of the form; None where no hit has one and none is asked for."""
    values = found.facets.get("year", ())
    known = [int(value.value) for value in values if value.value is not None]
    if not known and not wanted.years:
        return None
    in_fields = next((asked for asked in wanted.years if not asked.is_unknown), YearRange())
    return Years(
        first=in_fields.first,
        last=in_fields.last,
        known=(min(known), max(known)) if known else None,
        choices=tuple(_year_choices(wanted, values, in_fields)),
    )


def _year_choices(wanted: SearchRequest, values: tuple[FacetValue, ...], in_fields: YearRange) -> Iterator[Choice]:
    """Ranges that the two fields do not hold, and the unknown years."""
    for asked in wanted.years:
        if asked != in_fields and not asked.is_unknown:
            yield Choice(params.year_value(asked), years_label(asked), count=None, chosen=True)
    unknown = next((value.count for value in values if value.value is None), 0)
    if unknown or YearRange() in wanted.years:
        yield Choice(UNKNOWN_YEAR, facet_label("year", None), unknown, YearRange() in wanted.years)


def _filter_label(wanted: SearchRequest, name: str, value: str) -> str:
    if name == params.YEAR:
        return years_label(next(asked for asked in wanted.years if params.year_value(asked) == value))
    facet = next(facet.facet for facet in params.FACETS if facet.name == name)
    return _capital(language_phrase(value)) if facet == "language" else facet_label(facet, value)


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _ways(wanted: SearchRequest, found: SearchPage, searcher: Searcher) -> Iterator[WayOut]:
    if found.did_you_mean:
        meant = params.with_text(wanted, found.did_you_mean)
        yield WayOut(_("Kas mõtlesid „%(text)s“?", text=found.did_you_mean), meant, searcher.count(meant))
    typed = read_query(wanted.text, vocabulary())
    if typed.has_signs and typed.plain_words:
        simply = params.with_text(wanted, " ".join(typed.plain_words))
        yield WayOut(_("Otsi lihtsalt „%(text)s“", text=simply.text), simply, searcher.count(simply))
    in_force = chips(wanted)
    if in_force and wanted.text:
        anywhere = params.without_filters(wanted)
        yield WayOut(_("Otsi ilma filtriteta"), anywhere, searcher.count(anywhere))
    if len(in_force) < 2 and wanted.text:
        return
    for chip in in_force[:DROPPED_FILTERS]:
        label = _("Otsi ilma filtrita „%(filter)s“", filter=chip.label)
        yield WayOut(label, chip.without, searcher.count(chip.without))
