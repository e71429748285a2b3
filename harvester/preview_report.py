"""A preview for curators, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.summary import Preview, PreviewedPage, PreviewedSource, Tag

_MOST_PASSAGES = 8  # that are named
_EVERYTHING = {
    "sitemap": "Every page of that list would be visited.",
    "feed": "The page of every entry would be visited, back to the oldest.",
    "wordpress": "Every post and page would be visited, with its exact date and its categories.",
    "links": "Every page below this address that is linked would be visited.",
    "oai-pmh": "Every record would become a material as the repository describes it; no page would be visited.",
    "ical": "Every event that is to come would become a material.",
    "video": "Every recording would become a material, with its captions where it has any.",
}

_LISTED = {"video": "recording", "oai-pmh": "record", "ical": "event"}


def preview_lines(preview: Preview) -> Iterator[str]:
    """What it would be as a source, and as a single material."""
    yield preview.url
    yield ""
    yield from _source_lines(preview.source, preview.url)
    yield ""
    if preview.page is None:
        yield "AS A SINGLE MATERIAL: no, the address is a list."
    elif preview.page.reason:
        yield f"AS A SINGLE MATERIAL: it would not be taken: {preview.page.reason}"
    else:
        yield "AS A SINGLE MATERIAL"
        yield from (f"  {line}".rstrip() for line in _page_lines(preview.page))
        yield ""
        yield "  To add this one material (--help names all that can be said of it):"
        yield f"    aardekast add '{preview.url}' --kind {preview.page.kind or 'KIND'} --audience AUDIENCE"
    yield ""
    yield "Nothing was kept."


def _source_lines(source: PreviewedSource, url: str) -> Iterator[str]:
    if source.type is None:
        yield f"AS A SOURCE: nothing would come in: {source.fault or 'no answer'}"
        return
    yield "AS A SOURCE"
    yield f"  type: {source.type}. {source.why}"
    yield f"  list: {source.url}"
    if source.fault:
        yield f"  nothing would come in: {source.fault}"
        return
    yield f"  {_EVERYTHING[source.type]} {_count(source)}"
    taken = [page for page in source.samples if not page.reason]
    if taken:
        yield ""
        yield f"  The first {len(taken)} that would come in:" if len(taken) > 1 else "  The first that would come in:"
    for number, page in enumerate(taken, start=1):
        yield f"  {number}. {page.title}"
        yield f"     {page.url}"
        yield f"     {_facts(page)}"
        yield from (f"     {line}" for line in _tag_lines(page.tags))
    for page in source.samples:
        if page.reason:
            yield f"  not taken: {page.url}: {page.reason}"
    if source.entry is None and not _is_itself(source, url):
        yield ""
        yield "  To have it harvested, write below 'sources:' in resources.yaml (docs/sources.md has all fields):"
        yield "    - id: a-short-name"
        yield f"      url: {url}"
        yield f"      publisher: {next((page.publisher for page in taken if page.publisher), 'who publishes it')}"


def _count(source: PreviewedSource) -> str:
    if source.listed is None:
        return ""
    what = _LISTED.get(source.type or "", "page")
    pages = f"{source.listed} {what}{'' if source.listed == 1 else 's'}"
    return f"That is {pages}." if source.is_whole else f"That is {pages} at least."


def _is_itself(source: PreviewedSource, url: str) -> bool:
    """Whether nothing would come in but the address itself: no source, then, but a material."""
    return source.is_whole and source.listed == 1 and [page.url for page in source.samples if not page.reason] == [url]


def _page_lines(page: PreviewedPage) -> Iterator[str]:
    yield f"title: {page.title}"
    yield f"published: {page.published or 'unknown: the page does not say'}"
    if held := _held(page):
        yield held.replace("held ", "held: ", 1)
    yield f"language: {page.language or 'unknown'}"
    yield f"kind: {page.kind or 'unknown: write it in the entry'}"
    yield f"authors: {', '.join(page.authors) or 'unknown'}"
    yield f"length: {_length(page)}"
    if page.description:
        yield f"description: {' '.join(page.description.split())}"
    yield from _tag_lines(page.tags)
    if not any(tag.field == "topic" for tag in page.tags):
        yield "topic: none; no words of a topic stand out"
    if page.keywords:
        yield f"keywords of the site: {', '.join(page.keywords)}"
    if page.passages:
        more = f" and {len(page.passages) - _MOST_PASSAGES} more" if len(page.passages) > _MOST_PASSAGES else ""
        yield f"passages with links of their own: {'; '.join(page.passages[:_MOST_PASSAGES])}{more}"
    if page.start:
        yield ""
        yield "It begins:"
        yield from page.start.splitlines()


def _facts(page: PreviewedPage) -> str:
    published = f"published {page.published}" if page.published else ""
    when = _held(page) or published or "date unknown"
    return ", ".join((when, f"language {page.language or 'unknown'}", _length(page)))


def _held(page: PreviewedPage) -> str:
    """When and where an event is, empty where it is none or does not say."""
    if not page.starts:
        return ""
    days = f"{page.starts} to {page.ends}" if page.ends else page.starts
    return f"held {days}, {page.place}" if page.place else f"held {days}"


def _length(page: PreviewedPage) -> str:
    parts = (
        page.format,
        f"{page.pages} pages" if page.pages else "",
        f"{page.minutes} minutes" if page.minutes else "",
        f"{page.words} words" if page.words else "without text",
    )
    return ", ".join(part for part in parts if part)


def _tag_lines(tags: tuple[Tag, ...]) -> Iterator[str]:
    for tag in tags:
        yield (
            f"{tag.field} {tag.value}, because of: {', '.join(tag.because)}"
            if tag.because
            else f"{tag.field} {tag.value}"
        )
