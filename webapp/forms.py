"""What all public forms have in common: who may send one, and how a form that is refused says why.

A form carries a stamp and a trap (parts/fields.html) and is read no further than LARGEST.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from webapp.guards import SHORTEST, is_own, visitor_address
from webapp.language import gettext as _
from webapp.letterbox import Letterbox

STAMP, TRAP = "tempel", "koduleht"
LARGEST = 64 * 1024  # bytes of a whole form, in which an Estonian letter may take six
RETRY_AFTER = 60  # seconds, when the catalogue is busy


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole form was not taken: status, words, and seconds after which it may be sent again."""

    status: int
    says: str
    retry_after: int | None = None


def guard(blueprint: Blueprint) -> None:
    """Read no more than a form can be; store no page of a form: it holds a moment, and perhaps what someone wrote."""

    @blueprint.before_request
    def limit_size() -> None:
        request.max_content_length = LARGEST
        request.max_form_memory_size = LARGEST

    @blueprint.after_request
    def never_store(response: BaseResponse) -> BaseResponse:
        response.headers["Cache-Control"] = "no-store"
        return response


def letterbox() -> Letterbox:
    """What the forms of this site stand on."""
    box: Letterbox = current_app.extensions["aardekast.letterbox"]
    return box


def refusal_of(form: str) -> Refusal | None:
    """Why this is not taken for a form that a person filled in on a page of ours."""
    if not is_own(request):
        return Refusal(403, _("Vorm ei tulnud Aardekasti lehelt. Vaata see üle ja saada siit uuesti."))
    age = letterbox().stamp.age(request.form.get(STAMP, ""), form)
    if age is None:
        return Refusal(400, _("Vorm oli liiga kaua lahti. Sinu tekst on alles: vaata see üle ja saada uuesti."))
    if request.form.get(TRAP):
        return Refusal(400, _("Täidetud oli väli, mida inimesed ei näe. Tegime selle tühjaks. Saada uuesti."))
    if age < SHORTEST:
        return Refusal(400, _("Vorm tuli nii kiiresti, et pidasime seda robotiks. Saada uuesti."))
    return None


def too_many() -> Refusal | None:
    """Count a form that is to be taken; why it is not, where too many came from there within an hour."""
    seconds = letterbox().limit.wait_for(visitor_address(request, letterbox().address_header))
    says = _("Siit on viimase tunni jooksul palju saadetud. Sinu tekst on alles: saada see hiljem uuesti.")
    return Refusal(429, says, seconds) if seconds else None


def busy() -> Refusal:
    """The catalogue takes nothing in just now."""
    says = _("Praegu ei saanud me sinu kirja vastu võtta. Tekst on alles: proovi minuti pärast uuesti saata.")
    return Refusal(503, says, RETRY_AFTER)


def new_stamp(form: str) -> str:
    """For a form that is given out."""
    return letterbox().stamp.make(form)


def stamp_again(form: str) -> str:
    """The stamp that came, while it holds: whoever mends a field need not wait again."""
    came = request.form.get(STAMP, "")
    return came if letterbox().stamp.age(came, form) is not None else new_stamp(form)


def answer(page: str, refusal: Refusal | None, *, has_faults: bool) -> ResponseReturnValue:
    """A form's page with the status that says what became of it."""
    status = refusal.status if refusal else 422 if has_faults else 200
    response = make_response(page, status)
    if refusal and refusal.retry_after:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
