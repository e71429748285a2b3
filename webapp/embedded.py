"""What a frame shows, and the same as HTML to paste: which materials, under which name, with which address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, url_for
from werkzeug.datastructures import MultiDict

from aardekast.resource import Resource
from index import SearchRequest, Sort
from webapp import events, params
from webapp.language import gettext as _
from webapp.site import searcher, vocabulary
from webapp.wording import facet_label

SEARCH, NEWEST, EVENTS = "otsing", "uusimad", "sundmused"
KINDS = (SEARCH, NEWEST, EVENTS)
COUNT, FEWEST, MOST, USUAL = "arv", 1, 10, 5  # entries of a list
# Pixels that a frame wants, measured at 300 pixels of width: the search box is 108 high, heading and last link of a
# list are 112, an entry with a title of two lines is 92. What is higher scrolls within the frame.
SEARCH_HEIGHT, LIST_HEIGHT, ENTRY_HEIGHT = 112, 112, 92
COLOURS, LIGHT = "varvid", "heledad"  # for a site that stays light by night, too; else as the visitor's device has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One frame: its kind, and for lists whose materials and how many."""

    kind: str
    audience: str = ""
    topic: str = ""
    count: int = USUAL
    is_light: bool = False

    @property
    def title(self) -> str:
        """The heading of the frame, and its name for screen readers."""
        if self.kind == SEARCH:
            return _("Otsi Aardekastist")
        name = _("Sündmused ja koolitused") if self.kind == EVENTS else _("Uut Aardekastis")
        of = [facet_label(facet, value) for facet, value in self._held() if value]
        return ": ".join([name, ", ".join(of)]) if of else name

    @property
    def height(self) -> int:
        """How high the frame should be, in pixels."""
        return SEARCH_HEIGHT if self.kind == SEARCH else LIST_HEIGHT + ENTRY_HEIGHT * self.count

    @property
    def request(self) -> SearchRequest:
        """The search for its materials."""
        return SearchRequest(
            audiences=(self.audience,) if self.audience else (), topics=(self.topic,) if self.topic else ()
        )

    @property
    def address(self) -> str:
        """The address of the frame's page."""
        return url_for(f"frames.{_ENDPOINTS[self.kind]}", _external=True, **self._parameters())

    def live(self, *, external: bool = False) -> str:
        """The address of the whole list on our site."""
        filters: dict[str, Any] = dict(params.filter_pairs(self.request))
        if self.kind == EVENTS:
            return url_for("events.index", _external=external, **filters)
        order = {params.SORT: "uuemad"} if self.kind == NEWEST else {}
        return url_for("pages.search", _external=external, **filters, **order)

    def _held(self) -> tuple[tuple[str, str], ...]:
        return (("topic", self.topic), ("audience", self.audience))

    def _parameters(self) -> dict[str, Any]:
        colours = {COLOURS: LIGHT} if self.is_light else {}
        if self.kind == SEARCH:
            return colours
        return dict(params.filter_pairs(self.request)) | {COUNT: self.count} | colours


_ENDPOINTS = {SEARCH: "search", NEWEST: "newest", EVENTS: "events"}


def read(kind: str, args: MultiDict[str, str]) -> Wanted:
    """What an address asks for; what cannot be used is left out, as everywhere."""
    asked = params.read(args, vocabulary()).request
    typed = args.get(COUNT, "")
    count = int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else USUAL
    is_light = args.get(COLOURS, "") == LIGHT
    if kind == SEARCH:
        return Wanted(kind=kind, is_light=is_light)
    wanted = Wanted(kind=kind, count=min(max(count, FEWEST), MOST), is_light=is_light)
    topic = asked.topics[0] if asked.topics and kind == NEWEST else ""
    return replace(wanted, audience=asked.audiences[0] if asked.audiences else "", topic=topic)


def gather(wanted: Wanted) -> tuple[Resource, ...]:
    """The materials of a list, of a search box none. Raises IndexMissingError."""
    if wanted.kind == NEWEST:
        request = replace(wanted.request, sort=Sort.NEWEST, page_size=wanted.count)
        return tuple(hit.resource for hit in searcher().search(request).hits)
    if wanted.kind == EVENTS:
        coming = searcher().coming(SearchRequest(), events.COMING)
        return events.matching(coming, wanted.request)[: wanted.count]
    return ()


def snippets(wanted: Wanted) -> Mapping[str, str]:
    """The HTML to paste: `frame`, which stays up to date, and `plain`, which needs no frame and is as of now."""
    return {
        "frame": render_template("embed/snippet-frame.html", wanted=wanted).strip(),
        "plain": render_template("embed/snippet-plain.html", wanted=wanted, shown=gather(wanted)).strip(),
    }
