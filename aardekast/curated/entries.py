"""What an entry of resources.yaml may hold, and what is said when it does not."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from aardekast.addresses import fault_of
from aardekast.mirrors import MIRROR, is_mirror

MAX_ID = 100
WEAK_FIELDS = Literal["title", "description", "publisher", "authors", "kind", "language", "published", "topics"]
SOURCE_TYPES = ("sitemap", "feed", "wordpress", "links", "video", "oai-pmh", "ical")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _address(text: str) -> str:
    fault = fault_of(text)
    if fault:
        raise ValueError(f"'{text[:80]}' {fault}; copy the whole address from the browser")
    if is_mirror(text):
        raise ValueError(f"'{text[:80]}' is on a site that {MIRROR}; link to the publisher's own page")
    return text


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise ValueError(f"'{text}' may only have a-z, 0-9 and single hyphens between them")
    if len(text) > MAX_ID:
        raise ValueError(f"has {len(text)} signs; keep it to {MAX_ID}")
    return text


def partial_date(value: object) -> object:
    """A year, year-month or date as text, checked against the calendar.

    Raises ValueError that says how to write it.
    """
    if value is None:
        return None
    text = str(value)
    if _PARTIAL_DATE.fullmatch(text):
        try:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError:
            pass
        else:
            return text
    raise ValueError(f"'{text}' is not a date; write 2023, 2023-05 or 2023-05-17")


def _pattern(text: str) -> str:
    if text.startswith("re:"):
        try:
            re.compile(text[3:])
        except re.error as fault:
            raise ValueError(f"'{text}' is not a regular expression: {fault}") from fault
    return text


def _selector(text: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(text)
    except SelectorError as fault:
        raise ValueError(f"'{text}' is not a CSS selector ({fault}); write one such as 'article h2 a'") from fault
    return text


Address = Annotated[str, AfterValidator(_address)]
Identifier = Annotated[str, AfterValidator(_identifier)]
PartialDate = Annotated[str | None, BeforeValidator(partial_date)]
Pattern = Annotated[str, AfterValidator(_pattern)]
CssSelector = Annotated[str, AfterValidator(_selector)]
SourceType = Literal["sitemap", "feed", "wordpress", "links", "video", "oai-pmh", "ical"] | None
Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceEntry(_Entry):
    """A site, sitemap, feed or list to harvest."""

    id: Identifier
    url: Address
    type: SourceType = None
    publisher: Text
    language: str | None = None
    kind: str | None = None
    audience: list[str] = []
    topics: list[str] = []
    include: list[Pattern] = []
    exclude: list[Pattern] = []
    links: CssSelector | None = None
    next: CssSelector | None = None
    max_pages: int = Field(default=200, ge=1, le=100_000)
    schedule: Literal["daily", "weekly", "monthly"] = "weekly"
    trusted: bool = False
    enabled: bool = True

    @field_validator("links")
    @classmethod
    def _is_read(cls, selector: str | None, entry: ValidationInfo) -> str | None:
        if selector and entry.data.get("type", "links") != "links":
            raise ValueError("is only read with 'type: links'; write that too, or delete the line")
        return selector

    @field_validator("next")
    @classmethod
    def _has_links(cls, selector: str | None, entry: ValidationInfo) -> str | None:
        if selector and entry.data.get("links", "not valid itself") is None:
            raise ValueError("is only read beside 'links', which says which links of the page lead to materials")
        return selector


class ResourceEntry(_Entry):
    """A material that a curator described."""

    id: Identifier | None = None
    url: Address
    title: Text
    description: str = ""
    publisher: str = ""
    authors: list[str] = []
    kind: str
    language: str | None = None
    audience: list[str] = Field(min_length=1)
    topics: list[str] = []
    keywords: list[str] = []
    counties: list[str] = []
    published: PartialDate = None
    licence: str | None = None
    harvest: bool = True
    unconfirmed: list[WEAK_FIELDS] = []
    starts: PartialDate = None
    ends: PartialDate = None
    place: str | None = None
