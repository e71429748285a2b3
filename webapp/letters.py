"""The public forms: suggest a material, report a problem. What a visitor typed is never lost.

A form that is refused, for whatever reason, comes back filled in and says why. What is kept ends in a redirect, so
that a reload sends nothing twice; sent twice all the same, it is kept once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from aardekast.errors import InboxError, IndexMissingError
from aardekast.letters import Letter, Reception, ReportReason
from aardekast.resource import Resource
from webapp import fields, forms
from webapp.fields import Filled
from webapp.forms import Refusal
from webapp.language import gettext as _
from webapp.multilingual import MultilingualBlueprint
from webapp.site import searcher, vocabulary
from webapp.wording import facet_label

blueprint = MultilingualBlueprint("letters", __name__)
forms.guard(blueprint)


@dataclass(frozen=True, slots=True)
class Form:
    """One public form: its name, page, reader and the letter that it makes."""

    name: str
    template: str
    read: Callable[..., Filled]
    letter: Callable[[Filled], Letter]


SUGGEST = Form("soovita", "suggest.html", fields.read_suggestion, fields.suggestion)
REPORT = Form("teata", "report.html", fields.read_report, fields.report)


@blueprint.get("/soovita")
def suggest() -> ResponseReturnValue:
    """The empty form."""
    return _page(SUGGEST, Filled({}), forms.new_stamp(SUGGEST.name))


@blueprint.post("/soovita")
def send_suggestion() -> ResponseReturnValue:
    """Take a suggestion in."""
    return _take(SUGGEST)


@blueprint.get("/teata")
def report() -> ResponseReturnValue:
    """The form about the resource of `id`, or about the site."""
    about = fields.read_report(request.args).values[fields.RESOURCE]
    return _page(REPORT, Filled({fields.RESOURCE: about}), forms.new_stamp(REPORT.name))


@blueprint.post("/teata")
def send_report() -> ResponseReturnValue:
    """Take a report in."""
    return _take(REPORT)


@blueprint.get("/soovita/aitah")
def suggested() -> str:
    """Thanks for a suggestion."""
    return render_template("thanks.html", suggested=True)


@blueprint.get("/teata/aitah")
def reported() -> str:
    """Thanks for a report."""
    return render_template("thanks.html", suggested=False)


def _take(form: Form) -> ResponseReturnValue:
    filled = form.read(request.form)
    refusal = forms.refusal_of(form.name)
    if not refusal and not filled.faults:
        refusal = forms.too_many()
    if refusal or filled.faults:
        return _page(form, filled, forms.stamp_again(form.name), refusal)
    try:
        reception = forms.letterbox().inbox.receive(form.letter(filled))
    except InboxError:
        current_app.logger.warning("A letter could not be kept.", exc_info=True)
        return _page(form, filled, forms.stamp_again(form.name), forms.busy())
    if not reception.is_kept:
        filled.faults[fields.URL] = _already(reception)
        return _page(form, filled, forms.stamp_again(form.name))
    return redirect(url_for("letters.suggested" if form is SUGGEST else "letters.reported"), 303)


def _already(reception: Reception) -> str:
    """Why a suggestion is not needed."""
    if reception.is_withdrawn:
        return _(
            "Selle materjali on kuraatorid Aardekastist välja jätnud. Kui see peaks siin olema, teata probleemist."
        )
    known = _shown(reception.resource_id or "")
    if known is None:
        return _("See materjal on Aardekastis juba kirjas ja ilmub varsti.")
    link = Markup('<a href="{}">{}</a>').format(url_for("pages.resource", resource_id=known.id), known.title)
    return Markup("{} {}").format(_("See materjal on Aardekastis juba olemas:"), link)


def _page(form: Form, filled: Filled, stamp: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """The form, with what was typed."""
    kinds = {slug: facet_label("kind", slug) for slug in vocabulary().kinds}
    page = render_template(
        form.template,
        values=filled.values,
        faults=filled.faults,
        refusal=refusal,
        stamp=stamp,
        about=_shown(filled.values.get(fields.RESOURCE, "")) if form is REPORT else None,
        kinds=kinds,
        reasons=reasons(),
        longest=fields.LONGEST_TEXT,
    )
    return forms.answer(page, refusal, has_faults=bool(filled.faults))


def reasons() -> dict[str, str]:
    """What can be wrong, in the order of the form."""
    return {
        ReportReason.DEAD_LINK: _("Link ei tööta"),
        ReportReason.WRONG_TOPIC: _("Vale teema, liik või sihtrühm"),
        ReportReason.COPYRIGHT: _("Rikub autoriõigust"),
        ReportReason.PERSONAL: _("Avaldab isikuandmeid"),
        ReportReason.OTHER: _("Muu"),
    }


def _shown(resource_id: str) -> Resource | None:
    """The resource as visitors see it, where there is one; the forms work without an index too."""
    try:
        return searcher().resource(resource_id) if resource_id else None
    except IndexMissingError:
        return None
