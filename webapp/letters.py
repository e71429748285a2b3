"""The public forms: suggest a material, report a problem. What a visitor typed is never lost.

A form that is refused, for whatever reason, comes back filled in and says why. What is kept ends in a redirect, so
that a reload sends nothing twice; sent twice all the same, it is kept once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from aardekast.errors import InboxError, IndexMissingError
from aardekast.letters import Letter, Reception, ReportReason
from aardekast.resource import Resource
from webapp import fields
from webapp.fields import Filled
from webapp.guards import SHORTEST, is_own, visitor_address
from webapp.language import gettext as _
from webapp.letterbox import Letterbox
from webapp.multilingual import MultilingualBlueprint
from webapp.site import searcher, vocabulary
from webapp.wording import facet_label

STAMP, TRAP = "tempel", "koduleht"
LARGEST = 64 * 1024  # bytes of a whole form, in which an Estonian letter may take six
RETRY_AFTER = 60  # seconds, when the catalogue is busy

blueprint = MultilingualBlueprint("letters", __name__)


@dataclass(frozen=True, slots=True)
class Form:
    """One public form: its name, page, reader and the letter that it makes."""

    name: str
    template: str
    read: Callable[..., Filled]
    letter: Callable[[Filled], Letter]


SUGGEST = Form("soovita", "suggest.html", fields.read_suggestion, fields.suggestion)
REPORT = Form("teata", "report.html", fields.read_report, fields.report)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole form was not taken: status, words, and seconds after which it may be sent again."""

    status: int
    says: str
    retry_after: int | None = None


@blueprint.get("/soovita")
def suggest() -> ResponseReturnValue:
    """The empty form."""
    return _page(SUGGEST, Filled({}), _new_stamp(SUGGEST))


@blueprint.post("/soovita")
def send_suggestion() -> ResponseReturnValue:
    """Take a suggestion in."""
    return _take(SUGGEST)


@blueprint.get("/teata")
def report() -> ResponseReturnValue:
    """The form about the resource of `id`, or about the site."""
    about = fields.read_report(request.args).values[fields.RESOURCE]
    return _page(REPORT, Filled({fields.RESOURCE: about}), _new_stamp(REPORT))


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


@blueprint.before_request
def limit_size() -> None:
    """Read no more than a form can be."""
    request.max_content_length = LARGEST
    request.max_form_memory_size = LARGEST


@blueprint.after_request
def never_store(response: BaseResponse) -> BaseResponse:
    """A form holds a moment of its own, and perhaps what someone wrote."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _take(form: Form) -> ResponseReturnValue:
    filled = form.read(request.form)
    refusal = _refusal(form)
    if refusal or filled.faults:
        return _page(form, filled, _stamp_again(form), refusal)
    seconds = _box().limit.wait_for(visitor_address(request, _box().address_header))
    if seconds:
        return _page(form, filled, _stamp_again(form), _too_many(seconds))
    try:
        reception = _box().inbox.receive(form.letter(filled))
    except InboxError:
        current_app.logger.warning("A letter could not be kept.", exc_info=True)
        return _page(form, filled, _stamp_again(form), _busy())
    if not reception.is_kept:
        filled.faults[fields.URL] = _already(reception)
        return _page(form, filled, _stamp_again(form))
    return redirect(url_for("letters.suggested" if form is SUGGEST else "letters.reported"), 303)


def _refusal(form: Form) -> Refusal | None:
    """Why this is not taken for a form that a person filled in on a page of ours."""
    if not is_own(request):
        return Refusal(403, _("Vorm ei tulnud Aardekasti lehelt. Vaata see üle ja saada siit uuesti."))
    age = _box().stamp.age(request.form.get(STAMP, ""), form.name)
    if age is None:
        return Refusal(400, _("Vorm oli liiga kaua lahti. Sinu tekst on alles: vaata see üle ja saada uuesti."))
    if request.form.get(TRAP):
        return Refusal(400, _("Täidetud oli väli, mida inimesed ei näe. Tegime selle tühjaks. Saada uuesti."))
    if age < SHORTEST:
        return Refusal(400, _("Vorm tuli nii kiiresti, et pidasime seda robotiks. Saada uuesti."))
    return None


def _too_many(seconds: int) -> Refusal:
    says = _("Siit on viimase tunni jooksul palju saadetud. Sinu tekst on alles: saada see hiljem uuesti.")
    return Refusal(429, says, seconds)


def _busy() -> Refusal:
    says = _("Praegu ei saanud me sinu kirja vastu võtta. Tekst on alles: proovi minuti pärast uuesti saata.")
    return Refusal(503, says, RETRY_AFTER)


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
    status = refusal.status if refusal else 422 if filled.faults else 200
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
    response = make_response(page, status)
    if refusal and refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


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


def _new_stamp(form: Form) -> str:
    return _box().stamp.make(form.name)


def _stamp_again(form: Form) -> str:
    """The stamp that came, while it holds: whoever mends a field need not wait again."""
    came = request.form.get(STAMP, "")
    return came if _box().stamp.age(came, form.name) is not None else _new_stamp(form)


def _box() -> Letterbox:
    box: Letterbox = current_app.extensions["aardekast.letterbox"]
    return box
