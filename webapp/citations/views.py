"""Citations as files: of one material, of materials by their ids, of what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, abort, request, url_for

from aardekast.resource import Resource
from index import SearchRequest
from webapp import params
from webapp.api.views import links_beside
from webapp.citations import bibtex, csl, ris, text
from webapp.citations.works import Work, work_of
from webapp.headers import conditional
from webapp.language import gettext as _
from webapp.multilingual import MultilingualBlueprint
from webapp.pages import with_query
from webapp.programs import CITED_AS, limit
from webapp.site import searcher, today, vocabulary

A_PART = 200  # citations of one file of a search: some 150 kB
MOST_IDS = 100  # that fit into an address of webapp.programs.LONGEST characters

blueprint = MultilingualBlueprint("citations", __name__)


@dataclass(frozen=True, slots=True)
class Format:
    """How citations are written, and what that is called."""

    label: str
    media_type: str
    write: Callable[[Iterable[Work]], str]


FORMATS: Mapping[str, Format] = {
    "bib": Format("BibTeX", "application/x-bibtex", bibtex.write),
    "ris": Format("RIS", "application/x-research-info-systems", ris.write),
    "csl.json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl.write),
    "txt": Format("TXT", "text/plain", text.write),
}
FORM = f"""<any({", ".join(f'"{name}"' for name in CITED_AS)}):form>"""


def _media_type() -> str:
    return FORMATS[(request.view_args or {})["form"]].media_type


limit(blueprint, _media_type)
conditional(blueprint)


@blueprint.get(f"/materjal/<resource_id>.{FORM}")
def of_one(resource_id: str, form: str) -> Response:
    """One material."""
    found = searcher().resource(resource_id)
    if found is None:
        abort(404)
    return _file([found], form, resource_id)


@blueprint.get(f"/viited.{FORM}")
def of_selection(form: str) -> Response:
    """The materials that are named by `id`, in that order, each once; those that are gone are left out."""
    ids = list(dict.fromkeys(filter(None, request.args.getlist("id"))))
    if not 1 <= len(ids) <= MOST_IDS:
        abort(400, _("Nimeta parameetriga id üks kuni %(most)s materjali.", most=MOST_IDS))
    found = [resource for resource in map(searcher().resource, ids) if resource]
    if not found:
        abort(404)
    return _file(found, form, "aardekast-viited")


@blueprint.get(f"/otsing.{FORM}")
def of_search(form: str) -> Response:
    """What a search finds in full, with the parameters of the results page, 200 at a time; Link leads to the rest."""
    wanted = params.read(request.args, vocabulary()).request
    found = searcher().search(replace(wanted, page_size=A_PART))
    full = found.hits[: max(0, found.full - (found.page - 1) * A_PART)]
    response = _file([hit.resource for hit in full], form, "aardekast-otsing")
    parts = replace(found, pages=max(1, -(-found.full // A_PART)))
    if links := links_beside(url_for(".of_search", form=form, _external=True), wanted, parts):
        response.headers["Link"] = links
    return response


def cited(resource: Resource) -> Work:
    """A material as a work that is cited today."""
    page = url_for("pages.resource", resource_id=resource.id, _external=True)
    return work_of(resource, page, today())


@blueprint.app_template_global()
def citation_of(resource: Resource) -> text.Citation:
    """How a material is cited, to read."""
    return text.citation(cited(resource))


@blueprint.app_template_global()
def citation_links(endpoint: str, wanted: SearchRequest | None = None, **values: Any) -> list[tuple[str, str]]:
    """Label and address of each format of the citations at an endpoint, of a search with what it asks for."""
    first = wanted.on_page(1) if wanted else None
    return [
        (known.label, with_query(url_for(f"citations.{endpoint}", form=form, **values), first))
        for form, known in FORMATS.items()
    ]


def _file(resources: Sequence[Resource], form: str, name: str) -> Response:
    """The citations as a file to save; robots need not list it beside the page that it is of."""
    known = FORMATS[form]
    response = Response(known.write(map(cited, resources)), content_type=f"{known.media_type}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment" if form != "txt" else "inline", filename=f"{name}.{form}")
    response.headers["X-Robots-Tag"] = "noindex"
    return response
