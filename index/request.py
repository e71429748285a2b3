"""What is asked of the index: one frozen value from every entry point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

PAGE_SIZE = 10
MAX_LENGTH = 256  # characters of the query text that count
MAX_PAGE = 1_000
UNKNOWN_YEAR = "teadmata"  # how a year that is not known is asked for and shown


class Sort(StrEnum):
    """The order of the hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    ADDED = "added"  # what came into the index last stands first: the order of feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRange:
    """From the first year to the last; an open end is None, both None mean that the year is not known."""

    first: int | None = None
    last: int | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether it asks for resources whose year is not known."""
        return self.first is None and self.last is None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A query text, filters by facet (values of one facet: any of them; facets: all of them), order and page.

    `page_size` is only changed by commands; the site always shows PAGE_SIZE hits.
    """

    text: str = ""
    audiences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[YearRange, ...] = ()
    counties: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE

    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by facet, but for the years."""
        return {
            "audience": self.audiences,
            "topic": self.topics,
            "kind": self.kinds,
            "language": self.languages,
            "county": self.counties,
            "format": self.formats,
            "publisher": self.publishers,
        }

    @property
    def has_filters(self) -> bool:
        """Whether any facet is restricted."""
        return bool(self.years) or any(self.filters().values())

    def on_page(self, page: int) -> SearchRequest:
        """The same request for another page."""
        return replace(self, page=page)
