"""What pages say to programs in schema.org's words (JSON-LD): one material, an event, the site itself.

The fields follow LRMI and its German profile AMB: `@id` is the material, `mainEntityOfPage` the record of it here.
Values of the vocabulary have their slugs beside their names, by which another Aardekast takes them back
(harvester/spiders/oai_amb.py). What is not known is left out, above all whether it costs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, url_for

from aardekast.amb import MEDIA_TYPES, RECORDED
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
    EVENT_KIND: ("Course",),
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
    of_kind = _event(resource, label) if is_event(resource) else _work(resource, label)
    return {"@context": CONTEXT} | _known(_common(resource, label) | of_kind)


def agenda(events: Sequence[Resource], label: Label = facet_label) -> Node:
    """Coming events."""
    told = [_known(_common(one, label) | _event(one, label)) for one in events if is_event(one)]
    return {"@context": CONTEXT, "@graph": told}


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


def _common(resource: Resource, label: Label) -> Node:
    page = url_for("pages.resource", resource_id=resource.id, _external=True)
    address = web_address(resource.url)
    return {
        "@id": address or page,
        "url": address or page,
        "name": resource.title,
        "description": resource.description,
        "inLanguage": resource.language,
        "audience": [
            {"@type": "EducationalAudience", "audienceType": label("audience", slug), "identifier": slug}
            for slug in resource.audiences
        ],
        "about": [_term("topic", slug, label) for slug in resource.topics],
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
    of_place = [_place(resource.place)] if resource.place else []
    return {
        "@type": list(_types(resource)),
        "learningResourceType": _term("kind", resource.kind, label) if resource.kind else None,
        "publisher": _organisation(resource.publisher),
        "sdPublisher": KOGUKONNAVEEB,
        "spatialCoverage": _counties(resource, label) + of_place,
        "temporalCoverage": "/".join(filter(None, (resource.starts, resource.ends))) if resource.starts else None,
    } | _made(resource)


def _event(resource: Resource, label: Label) -> Node:
    counties = _counties(resource, label)
    where = [_known(_place(resource.place) | {"containedInPlace": counties})] if resource.place else counties
    return {
        "@type": "Event",
        "startDate": resource.starts,
        "endDate": resource.ends,
        "location": where[0] if len(where) == 1 else where,
        "organizer": _organisation(resource.publisher),
        "subjectOf": _announcement(resource),
    }


def _made(resource: Resource) -> Node:
    """What only a work has."""
    return {
        "creator": [{"@type": "Person", "name": author} for author in resource.authors],
        "datePublished": resource.published,
        "encodingFormat": MEDIA_TYPES.get(resource.format),
        "numberOfPages": resource.pages,
        "timeRequired": f"PT{resource.minutes}M" if resource.minutes else None,
        "license": _licence(resource.licence),
    }


def _announcement(resource: Resource) -> Node | None:
    """What tells of an event, which is no work itself; None where it is no more than a page."""
    made = _known(_made(resource))
    is_page = made == {"encodingFormat": MEDIA_TYPES["html"]}
    return None if is_page else {"@type": RECORDED.get(resource.format, "CreativeWork")} | made


def _types(resource: Resource) -> Iterable[str]:
    types = TYPES.get(resource.kind, ("LearningResource",))
    recorded = RECORDED.get(resource.format)
    return (types[0], recorded) if recorded else types


def _term(facet: str, slug: str, label: Label) -> Node:
    return {
        "@type": "DefinedTerm",
        "termCode": slug,
        "name": label(facet, slug),
        "url": _external(landing_url(facet, slug)),
        "inDefinedTermSet": url_for("api.vocabulary_of_site", _external=True),
    }


def _external(path: str) -> str:
    parts = urlsplit(url_for("pages.home", _external=True))
    return f"{parts.scheme}://{parts.netloc}{path}"


def _organisation(name: str) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _counties(resource: Resource, label: Label) -> list[Node]:
    return [
        {"@type": "AdministrativeArea", "name": label("county", slug), "identifier": slug} for slug in resource.counties
    ]


def _place(name: str) -> Node:
    return {"@type": "Place", "name": name}


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
