"""The pages on the Aardekast itself: what it is, how accessible it is, what it keeps of its visitors.

They need no index: they open while there is none.
"""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from aardekast.alerts import ASKED_FOR
from aardekast.searches import KEPT_FOR
from webapp.headers import ASK_AGAIN
from webapp.language import gettext as _
from webapp.language import written_date
from webapp.multilingual import MultilingualBlueprint
from webapp.site import site, vocabulary
from webapp.wording import DAY, host_of

ADVICE_FOR_NGOS = "https://www.mtyabi.ee/"
PROTECTION_OF_DATA = "https://www.aki.ee/"
SUPERVISION = {"url": "https://www.ttja.ee/", "email": "info@ttja.ee", "phone": "+372 667 2000"}

blueprint = MultilingualBlueprint("about", __name__)


@blueprint.get("/mis-on-aardekast")
def aardekast() -> str:
    """What it is, whom it serves, who is behind it."""
    return _page(
        "aardekast",
        audiences=vocabulary().audiences,
        looking_for=_looking_for(),
        partners=_partners(),
        ngo_advice=ADVICE_FOR_NGOS,
    )


@blueprint.get("/ligipaasetavus")
def accessibility() -> str:
    """The statement that the law asks for: Directive (EU) 2016/2102, in the parts of Decision (EU) 2018/1523."""
    return _page("accessibility", assessed=written_date(site().owner.assessed, DAY), supervision=SUPERVISION)


@blueprint.get("/privaatsus")
def privacy() -> str:
    """What is kept of a visit, how long, and what for."""
    return _page("privacy", days=KEPT_FOR.days, asked_days=ASKED_FOR.days, authority=PROTECTION_OF_DATA)


@blueprint.after_request
def answer_unchanged(response: Response) -> Response:
    """304 to who holds the same page."""
    if response.status_code == 200:
        response.headers["Cache-Control"] = ASK_AGAIN
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response


def _page(name: str, **told: Any) -> str:
    owner = site().owner
    return render_template(f"about/{name}.html", owner=owner, owner_host=host_of(owner.url), **told)


def _looking_for() -> dict[str, str]:
    """What each audience looks for."""
    return {
        "arendaja": _(
            "Tegeled kogukondade arendamisega või plaanid sellega alustada ning otsid mõttekaaslasi, häid praktikaid, "
            "juhendmaterjale ja õppimisvõimalusi."
        ),
        "kogukond": _(
            "Kuulud juba toimivasse või alles ärkavasse kogukonda ning otsid häid praktikaid, juhendmaterjale, "
            "nõustajaid, koolitajaid ja õppimisvõimalusi."
        ),
        "kov": _("Su inimesed on sulle olulised ja tahad koos nendega oma valla või linna arengule hoogu anda."),
    }


def _partners() -> list[str]:
    """The five organisations of the partnership."""
    return [
        _("MTÜ Maakondlikud Arenduskeskused"),
        _("Tartu Ülikool (ühiskonnateaduste instituut)"),
        _("Eesti Rahvaülikoolide Liit"),
        _("Eesti Koostöö Kogu"),
        _("OÜ Toimevõimendi"),
    ]
