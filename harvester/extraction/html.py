"""An HTML page into an extract."""

from __future__ import annotations

import re

from lxml.html import HtmlElement
from trafilatura.metadata import check_authors, examine_meta, extract_author, extract_meta_json

from aardekast.language.text import clean
from harvester.extraction import dates, document
from harvester.extraction.charset import decode
from harvester.extraction.main_text import main_text
from harvester.extraction.passages import passages_of
from harvester.extraction.titles import title_of
from harvester.extraction.values import Extract, NoExtract, Raw

_LONGEST_AUTHOR = 80  # a longer one is a sentence that stood where the author was looked for
_SOFT_HYPHEN = re.compile("&(?:shy|#173|#xad);", re.IGNORECASE)  # as an entity it would come back with the parser
_NO_AUTHORS = {"admin", "administrator", "toimetaja", "toimetus", "webmaster", "editor", "root"}


def extract_html(raw: Raw) -> Extract | NoExtract:
    """Title, text and what the head says."""
    html = clean(_SOFT_HYPHEN.sub("", decode(raw.body, raw.content_type)))
    tree = document.parse(html) if html.strip() else None
    if tree is None:
        return NoExtract(reason="empty page")
    text = main_text(html)
    return Extract(
        title=title_of(tree, raw.url, raw.publisher),
        text=text,
        description=document.meta(tree, "description", "og:description", "dc.description"),
        authors=_authors(tree, raw.publisher),
        published=dates.published(tree, raw.url),
        language=document.declared_language(tree),
        canonical=document.canonical(tree, raw.url),
        passages=passages_of(tree, text),
        robots=document.robots_words(tree),
        reservation=document.meta(tree, "tdm-reservation"),
    )


def _authors(tree: HtmlElement, publisher: str) -> tuple[str, ...]:
    """People, as the metas, JSON-LD or byline name them; not accounts, the publisher or addresses."""
    found = examine_meta(tree)
    found = extract_meta_json(tree, found)
    names = found.author or extract_author(tree) or ""
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
