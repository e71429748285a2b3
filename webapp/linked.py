"""What pages say to programs in schema.org's words (JSON-LD): one material, an event, the site itself.

The fields follow LRMI and its German profile AMB: `@id` is the material, `mainEntityOfPage` the record of it here.
What is not known is left out, above all whether it costs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, url_for

from aardekast.resource import Resource
from aardekast.vocabulary import EVENT_KIND
from webapp.landings import landing_url
from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.wording import facet_label, web_address

CONTEXT = "https://schema.org"
KOGUKONNAVEEB = {"@type": "Organization", "name": "Kogukonnaveeb", "url": "https://kogukonnaveeb.ee/"}
TYPES = {
    "juhendmaterjal": ("LearningResource", "Article"),
    "artikkel": ("LearningResource", "Article"),
    "kogemuslugu": ("LearningResource", "Article"),
    "teadusartikkel": ("LearningResource", "ScholarlyArticle"),
    "veebiettekanne": ("LearningResource", "VideoObject"),
    "uudis": ("LearningResource", "NewsArticle"),
    "noustajad": ("WebPage",),
}
FORMAT_TYPES = {"video": "VideoObject", "audio": "AudioObject"}
MEDIA_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "epub": "application/epub+zip",
    "txt": "text/plain",
}
Node = dict[str, Any]
Label = Callable[[str, str], str]  # what a value of a facet is called


def register(app: Flask) -> None:
    """Make them known to the templates."""
    app.add_template_global(material, "linked_material")
    app.add_template_global(agenda, "linked_agenda")
    app.add_template_global(website, "linked_website")


def material(resource: Resource, label: Label = facet_label) -> Node:
    """A resource with all that is known of it."""
    of_kind = _event(resource) if is_event(resource) else _work(resource, label)
    return {"@context": CONTEXT} | _known(_common(resource, label) | of_kind)


def agenda(events: Sequence[Resource]) -> Node:
    """Coming events."""
    return {"@context": CONTEXT, "@graph": [_known(_common(one) | _event(one)) for one in events if is_event(one)]}


def website() -> Node:
    """The site, and how it is searched."""
    home = url_for("pages.home", _external=True)
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": "Aardekast",
        "description": _("Kogukondade arendamise juhendid, kogemuslood, uuringud ja veebiettekanded."),
        "inLanguage": language_tag(),
        "publisher": KOGUKONNAVEEB,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": url_for("pages.search", _external=True) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def is_event(resource: Resource) -> bool:
    """Whether it has a day; a training without one is a course."""
    return resource.kind == EVENT_KIND and bool(resource.starts)


def _common(resource: Resource, label: Label = facet_label) -> Node:
    page = url_for("pages.resource", resource_id=resource.id, _external=True)
    address = web_address(resource.url)
    return {
        "@id": address or page,
        "url": address or page,
        "name": resource.title,
        "description": resource.description,
        "inLanguage": resource.language,
        "audience": [
            {"@type": "EducationalAudience", "audienceType": label("audience", slug)} for slug in resource.audiences
        ],
        "about": [_term(slug, label) for slug in resource.topics],
        "keywords": list(resource.keywords),
        "sameAs": [copy.url for copy in resource.copies if web_address(copy.url)],
        "mainEntityOfPage": _known(
            {
                "@type": "WebPage",
                "@id": page,
                "dateCreated": _moment(resource.first_seen),
                "provider": KOGUKONNAVEEB,
            }
        ),
    }


def _work(resource: Resource, label: Label) -> Node:
    return {
        "@type": list(_types(resource)),
        "learningResourceType": label("kind", resource.kind) if resource.kind else "",
        "creator": [{"@type": "Person", "name": author} for author in resource.authors],
        "publisher": _organisation(resource.publisher),
        "sdPublisher": KOGUKONNAVEEB,
        "datePublished": resource.published,
        "spatialCoverage": [_place(label("county", slug)) for slug in resource.counties],
        "encodingFormat": MEDIA_TYPES.get(resource.format),
        "numberOfPages": resource.pages,
        "timeRequired": f"PT{resource.minutes}M" if resource.minutes else None,
        "license": _licence(resource.licence),
    }


def _event(resource: Resource) -> Node:
    return {
        "@type": "Event",
        "startDate": resource.starts,
        "endDate": resource.ends,
        "location": _place(resource.place, "Place") if resource.place else None,
        "organizer": _organisation(resource.publisher),
    }


def _types(resource: Resource) -> Iterable[str]:
    if resource.kind == EVENT_KIND:
        return ("Course",)
    types = TYPES.get(resource.kind, ("LearningResource",))
    recorded = FORMAT_TYPES.get(resource.format)
    return (types[0], recorded) if recorded else types


def _term(slug: str, label: Label) -> Node:
    return {
        "@type": "DefinedTerm",
        "termCode": slug,
        "name": label("topic", slug),
        "url": _external(landing_url("topic", slug)),
        "inDefinedTermSet": url_for("api.vocabulary_of_site", _external=True),
    }


def _external(path: str) -> str:
    parts = urlsplit(url_for("pages.home", _external=True))
    return f"{parts.scheme}://{parts.netloc}{path}"


def _organisation(name: str) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _place(name: str, type_: str = "AdministrativeArea") -> Node:
    return {"@type": type_, "name": name}


def _licence(licence: str | None) -> str | Node | None:
    """The address of the licence, or what it is called."""
    if not licence:
        return None
    return web_address(licence) or {"@type": "CreativeWork", "name": licence}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _known(node: Mapping[str, Any]) -> Node:
    """Without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
