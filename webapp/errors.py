"""Faults as answers: a page in the look of the site, or a problem for programs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from aardekast.errors import InboxError, IndexMissingError
from webapp import params
from webapp.language import gettext as _
from webapp.problems import Fault, problem
from webapp.programs import is_for_programs
from webapp.site import vocabulary

RETRY_AFTER = 60  # seconds; a first index of cards is there sooner


def handle_errors(app: Flask) -> None:
    """Register the handlers of all faults."""
    app.register_error_handler(HTTPException, _answer)
    for fault in (IndexMissingError, InboxError):
        app.register_error_handler(fault, _for_the_moment)


def _for_the_moment(_error: Exception) -> Response:
    return _answer(ServiceUnavailable(retry_after=RETRY_AFTER))


def _answer(error: HTTPException) -> Response:
    if error.response is not None:  # a redirect that was raised
        return make_response(error.response)
    if is_for_programs():
        response = problem(error)
    else:
        code = error.code or 500
        fault = _fault(code)
        wanted = params.read(request.args, vocabulary()).request  # what was typed stays in the search box
        response = make_response(render_template("error.html", fault=fault, code=code, wanted=wanted), code)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    return response


def _fault(code: int) -> Fault:
    """What a visitor reads."""
    if code == HTTPStatus.NOT_FOUND:
        return Fault(
            _("Seda lehte ei ole"),
            _("Võib-olla on materjal teise kohta kolinud, proovi otsida pealkirja järgi."),
        )
    if code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Fault(
            _("Kiri on liiga pikk"),
            _("Mine brauseris tagasi, lühenda teksti ja saada uuesti. Pika materjali kohta piisab selle aadressist."),
        )
    if code == HTTPStatus.SERVICE_UNAVAILABLE:
        return Fault(
            _("Leht ei avanenud"),
            _("Aardekasti sisu uuendatakse praegu. Proovi minuti pärast uuesti, sinu otsing jääb alles."),
        )
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fault(
            _("Leht ei avanenud"),
            _("Viga on Aardekastis, mitte sinu otsingus. Proovi mõne minuti pärast uuesti."),
        )
    return Fault(
        _("Nii seda lehte avada ei saa"),
        _("Aardekast ei saanud päringust aru. Alusta otsingust või avalehelt."),
    )
