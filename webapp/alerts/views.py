"""The pages of saved searches: the form, and what the links in the mails open. No account, no cookie.

A link alone changes nothing, for programs that look for viruses open every link of a mail: its page has a button. What
the button sends needs no page of ours before it: the link's token is what only who reads the mails has (RFC 8058).
"""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from aardekast.alerts import ASKED_FOR, Alert, Rhythm, Wish
from aardekast.errors import InboxError
from aardekast.mailaddress import normalised_address
from index import SearchRequest
from webapp import forms, params, results
from webapp.alerts.desk import desk, has_alerts
from webapp.alerts.postman import Postman
from webapp.alerts.searches import kept_search, read_again
from webapp.alerts.searches import written as written_search
from webapp.fields import LONGEST_EMAIL, Filled
from webapp.forms import Refusal
from webapp.language import gettext as _
from webapp.language import language_tag
from webapp.multilingual import MultilingualBlueprint
from webapp.site import vocabulary

FORM = "teavita"
EMAIL, OFTEN, TOKEN = "epost", "sagedus", "t"

blueprint = MultilingualBlueprint("alerts", __name__)
forms.guard(blueprint)


@blueprint.get("/teavita")
def wish() -> ResponseReturnValue:
    """The empty form for a search, which the address holds as that of its results does."""
    return _page(Filled({OFTEN: Rhythm.WEEKLY}), forms.new_stamp(FORM))


@blueprint.post("/teavita")
def send_wish() -> ResponseReturnValue:
    """Take a wish in. The answer is the same whether or not the address is known here."""
    filled = _read()
    refusal = forms.refusal_of(FORM)
    if not refusal and not filled.faults:
        refusal = forms.too_many()
    if refusal or filled.faults:
        return _page(filled, forms.stamp_again(FORM), refusal)
    try:
        _keep(filled)
    except InboxError:
        current_app.logger.warning("An alert could not be kept.", exc_info=True)
        return _page(filled, forms.stamp_again(FORM), forms.busy())
    return redirect(url_for("alerts.wished"), 303)


@blueprint.get("/teavita/aitah")
def wished() -> str:
    """A mail is on its way, if it may be."""
    return render_template("alerts/wished.html", days=ASKED_FOR.days)


@blueprint.get("/teavita/kinnita")
def confirm() -> ResponseReturnValue:
    """The button that confirms; what is too old says so."""
    token = _token()
    confirming = desk().tokens.confirming(token)
    known = _known(confirming[0]) if confirming else None
    if confirming is None or known is None:
        return _too_late()
    return render_template(
        "alerts/confirm.html", search=_words(known), often=confirming[1], rhythms=rhythms(), token=token
    )


@blueprint.post("/teavita/kinnita")
def send_confirmation() -> ResponseReturnValue:
    """From now on mails come."""
    confirming = desk().tokens.confirming(_token())
    with desk().book() as book:
        known = book.confirm(*confirming) if confirming else None
    if known is None:
        return _too_late()
    leave = url_for("alerts.leave", t=desk().tokens.to_leave(known.id))
    return render_template(
        "alerts/confirmed.html", search=_words(known), often=known.rhythm, rhythms=rhythms(), leave=leave
    )


@blueprint.get("/teavita/loobu")
def leave() -> ResponseReturnValue:
    """The button that ends an alert."""
    token = _token()
    number = desk().tokens.leaving(token)
    if number is None:
        abort(404)
    known = _known(number)
    return render_template("alerts/leave.html", search=_words(known) if known else "", token=token, is_left=not known)


@blueprint.post("/teavita/loobu")
def send_leave() -> ResponseReturnValue:
    """End an alert at once, by the button or by the mail program; ended twice, it is as ended once."""
    number = desk().tokens.leaving(_token())
    if number is None:
        abort(404)
    with desk().book() as book:
        book.leave(number)
    return render_template("alerts/leave.html", search="", token="", is_left=True)


def alert_url(wanted: SearchRequest) -> str:
    """The form for a search, whatever its order and page; empty where the site sends no mails."""
    if not has_alerts():
        return ""
    query = written_search(wanted)
    return url_for("alerts.wish") + (f"?{query}" if query else "")


def rhythms() -> dict[str, str]:
    """How often a mail may come, in the order of the form."""
    return {
        Rhythm.DAILY: _("Iga päev"),
        Rhythm.WEEKLY: _("Kord nädalas"),
        Rhythm.MONTHLY: _("Kord kuus"),
    }


def _read() -> Filled:
    filled = Filled({name: params.clean(request.form.get(name, ""), 2 * LONGEST_EMAIL) for name in (EMAIL, OFTEN)})
    if filled.values[OFTEN] not in tuple(Rhythm):
        filled.faults[OFTEN] = _("Vali, kui tihti tahad kirja saada.")
    if not filled.values[EMAIL]:
        filled.faults[EMAIL] = _("Kirjuta oma e-posti aadress.")
    elif not normalised_address(filled.values[EMAIL]):
        filled.faults[EMAIL] = _("Nii e-posti aadressi ei kirjutata. Kirjuta näiteks mari@kyla.ee.")
    return filled


def _keep(filled: Filled) -> None:
    wish = Wish(
        address=normalised_address(filled.values[EMAIL]),
        search=written_search(_wanted()),
        language=language_tag(),
        rhythm=Rhythm(filled.values[OFTEN]),
    )
    with desk().book() as book:
        book.wish(wish)
    postman: Postman = current_app.extensions["aardekast.postman"]
    postman.wake()


def _page(filled: Filled, stamp: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    wanted = _wanted()
    page = render_template(
        "alerts/wish.html",
        action=alert_url(wanted),
        wanted=wanted,
        search=results.title_of(wanted),
        values=filled.values,
        faults=filled.faults,
        refusal=refusal,
        stamp=stamp,
        rhythms=rhythms(),
    )
    return forms.answer(page, refusal, has_faults=bool(filled.faults))


def _too_late() -> ResponseReturnValue:
    return render_template("alerts/late.html", days=ASKED_FOR.days), 410


def _wanted() -> SearchRequest:
    return kept_search(params.read(request.args, vocabulary()).request)


def _token() -> str:
    return request.args.get(TOKEN, "")


def _known(alert_id: int) -> Alert | None:
    with desk().book() as book:
        return book.alert(alert_id)


def _words(alert: Alert) -> str:
    """The search in words."""
    wanted = read_again(alert.search, vocabulary())
    return results.title_of(wanted) if wanted else ""
