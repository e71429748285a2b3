"""Faults as programs read them: application/problem+json (RFC 9457), in the language of the address."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, json, url_for
from werkzeug.exceptions import HTTPException

from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.multilingual import ESTONIAN, in_language
from webapp.programs import LONGEST

MIMETYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and what to do about it."""

    title: str
    detail: str


def problem(error: HTTPException) -> Response:
    """The fault as an answer; a description that was given with it stands in place of the usual detail."""
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    body = record(code, in_language(language_tag()))
    if error.description and error.description != type(error).description and code < 500:
        body["detail"] = error.description
    return Response(json.dumps(body), status=code, mimetype=MIMETYPE)


def record(code: int, instance: str) -> dict[str, str | int]:
    """The body of a problem: its type leads to where the page on the API explains it, in every language the same."""
    known = faults().get(code)
    if known is None:
        return {
            "type": "about:blank",
            "title": HTTPStatus(code).phrase,
            "status": code,
            "detail": HTTPStatus(code).description or HTTPStatus(code).phrase,
            "instance": instance,
        }
    page = url_for("api_docs.page", language=ESTONIAN, _external=True)
    return {
        "type": f"{page}#viga-{code}",
        "title": known.title,
        "status": code,
        "detail": known.detail,
        "instance": instance,
    }


def faults() -> dict[int, Fault]:
    """Each status that programs may meet, in the language of the request."""
    return {
        400: Fault(_("Päringust ei saa aru"), _("Kontrolli aadressi ja parameetreid.")),
        404: Fault(_("Seda ei ole"), _("Sellist aadressi või materjali ei ole. Materjal võib olla ka eemaldatud.")),
        405: Fault(_("Siit saab ainult lugeda"), _("Kasuta meetodit GET, HEAD või OPTIONS.")),
        406: Fault(
            _("Sellisel kujul vastust ei ole"),
            _("Luba päises Accept kuju, mis on selle aadressi juures kirjas, või jäta päis ära."),
        ),
        413: Fault(_("Päringu sisu on liiga suur"), _("Siit ainult loetakse: sisu ei ole vaja kaasa saata.")),
        414: Fault(_("Aadress on liiga pikk"), _("Aadressis võib olla kuni %(most)s märki.", most=LONGEST)),
        429: Fault(_("Liiga palju päringuid"), _("Oota nii kaua, kui ütleb päis Retry-After, ja küsi siis uuesti.")),
        500: Fault(_("Viga on Aardekastis"), _("Päringus viga ei ole. Proovi mõne minuti pärast uuesti.")),
        503: Fault(
            _("Otsing ei ole veel valmis"),
            _("Aardekasti sisu uuendatakse. Oota nii kaua, kui ütleb päis Retry-After, ja küsi siis uuesti."),
        ),
    }
