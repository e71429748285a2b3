"""Filters and facet counts over masks of documents. A facet's counts ignore its own filter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.answer import FacetValue
from index.columns import FACETS, Bools, Columns, FacetColumn
from index.request import UNKNOWN_YEAR, SearchRequest

Value = str | int | None
Label = Callable[[str, str], str]


def filter_masks(columns: Columns, request: SearchRequest) -> dict[str, Bools]:
    """For each restricted facet the documents that pass it."""
    wanted: dict[str, Callable[[Value], bool]] = {}
    for facet, values in request.filters().items():
        if values:
            wanted[facet] = lambda value, chosen=frozenset(values): value in chosen  # type: ignore[misc]
    if request.years:
        wanted["year"] = lambda value: _is_chosen_year(value, request)
    masks = {}
    for facet, is_wanted in wanted.items():
        column = columns.facets[facet]
        codes = np.array([is_wanted(value) for value in column.values], dtype=np.bool_)
        masks[facet] = column.matching(codes, columns.size)
    return masks


def count_facets(
    columns: Columns, request: SearchRequest, found: Bools, masks: dict[str, Bools], label: Label
) -> dict[str, tuple[FacetValue, ...]]:
    """The values of each facet among the documents that were found and pass the other facets' filters."""
    facets = {}
    for facet in FACETS:
        documents = found.copy()
        for name, mask in masks.items():
            if name != facet:
                documents &= mask
        facets[facet] = _values(facet, columns.facets[facet], documents, request, label)
    return facets


def _values(
    facet: str, column: FacetColumn, documents: Bools, request: SearchRequest, label: Label
) -> tuple[FacetValue, ...]:
    chosen = set(request.filters().get(facet, ()))
    values = [
        FacetValue(
            value=value,
            label=_label(facet, value, label),
            count=int(count),
            chosen=_is_chosen_year(value, request) if facet == "year" else value in chosen,
        )
        for value, count in zip(column.values, column.counts(documents), strict=True)
        if count
    ]
    if facet == "year":
        return tuple(sorted(values, key=lambda v: (v.value is None, -int(v.value or 0))))
    return tuple(sorted(values, key=lambda v: (-v.count, v.label.lower())))


def _label(facet: str, value: Value, label: Label) -> str:
    if value is None:
        return UNKNOWN_YEAR
    return label(facet, value) if isinstance(value, str) else str(value)


def _is_chosen_year(value: Value, request: SearchRequest) -> bool:
    return any(
        value is None
        if span.is_unknown
        else isinstance(value, int) and (span.first or 0) <= value <= (span.last or 9999)
        for span in request.years
    )
