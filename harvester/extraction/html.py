"""An HTML page into an extract."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura.metadata import check_authors, examine_meta, extract_author

from aardekast.language.text import clean
from harvester.extraction import dates, document, relations
from harvester.extraction.asides import without_asides
from harvester.extraction.bylines import without_byline
from harvester.extraction.charset import decode
from harvester.extraction.listings import is_listing
from harvester.extraction.main_text import main_text
from harvester.extraction.passages import passages_of
from harvester.extraction.structured import declared
from harvester.extraction.titles import title_of
from harvester.extraction.values import CANCELLED, Extract, NoExtract, Raw

_LONGEST_AUTHOR = 80  # a longer one is a sentence that stood where the author was looked for
_SOFT_HYPHEN = re.compile("&(?:shy|#173|#xad);", re.IGNORECASE)  # as an entity it would come back with the parser
_NO_AUTHORS = {"admin", "administrator", "toimetaja", "toimetus", "webmaster", "editor", "root"}


def extract_html(raw: Raw) -> Extract | NoExtract:
    """Title, text and what the head says."""
    html = clean(_SOFT_HYPHEN.sub("", decode(raw.body, raw.content_type)))
    tree = document.parse(html) if html.strip() else None
    if tree is None:
        return NoExtract(reason="empty page")
    said = declared(tree)
    if said.event.is_cancelled:
        return NoExtract(reason=CANCELLED)
    title = title_of(tree, raw.url, raw.publisher, said.titles)
    content = without_asides(deepcopy(tree), title)
    if is_listing(content, raw.url):
        return NoExtract(reason="listing page")
    authors = _authors(tree, said.authors, raw.publisher)
    text = without_byline(main_text(content, title), title, authors)
    return Extract(
        title=title,
        text=text,
        description=said.description,
        authors=authors,
        published=dates.published(tree, raw.url, said.published),
        language=document.declared_language(tree) or document.language_code(said.language),
        canonical=document.canonical(tree, raw.url),
        passages=passages_of(tree, text),
        robots=document.robots_words(tree),
        kind=said.kind,
        licence=said.licence,
        likely_kind=said.likely_kind,
        audiences=said.audiences,
        publisher=said.publisher,
        keywords=said.keywords,
        starts=said.event.starts,
        ends=said.event.ends,
        place=said.event.place,
        alternates=relations.alternates(tree, raw.url),
        origins=relations.origins(tree, raw.url),
        reservation=document.meta(tree, "tdm-reservation"),
    )


def _authors(tree: HtmlElement, declared_names: tuple[str, ...], publisher: str) -> tuple[str, ...]:
    """People, as declared or as the metas or the byline name them; not accounts, the publisher or addresses."""
    names = "; ".join(declared_names)
    if not names:
        names = examine_meta(tree).author or extract_author(tree) or ""
    names = check_authors(names, _NO_AUTHORS) or "" if names else ""
    people = (document.words_of(name) for name in re.split(r"[;,]", names))
    unwanted = _NO_AUTHORS | {publisher.lower()}
    return tuple(
        dict.fromkeys(
            name
            for name in people
            if " " in name and len(name) <= _LONGEST_AUTHOR and name.lower() not in unwanted and "@" not in name
        )
    )
