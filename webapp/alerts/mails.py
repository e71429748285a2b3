"""The mails: one that asks back, and one that tells what is new. No pictures, no tracking, text beside HTML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, render_template, url_for

from aardekast.alerts import ASKED_FOR, Alert
from aardekast.mailing import MAIL_POLICY
from aardekast.resource import Resource
from index import SearchRequest, Sort
from webapp import params, results
from webapp.alerts.desk import Desk
from webapp.alerts.searches import in_order
from webapp.language import gettext as _
from webapp.language import language_tag, ngettext, number
from webapp.multilingual import ESTONIAN
from webapp.wording import facet_label, format_phrase, language_phrase, published_phrase, when_phrase

MOST = 20  # materials in a mail; the rest is a link
LONGEST_SUBJECT = 120  # signs; phones show some forty
LONGEST_ABOUT = 220  # signs of a description, as on the pages that list materials
LONGEST_TITLE = 80  # signs of a search in the mail that asks back
NAME = "Aardekast"

# What mail programs make links of; quotation marks and commas around it belong to the name of the search.
_ADDRESS = re.compile(r"[^\s,„“”«»]*(?:://|@|\w\.[^\W\d_]{2,})[^\s,„“”«»]*")


@contextmanager
def speaking(app: Flask, desk: Desk, language: str) -> Iterator[None]:
    """A place to write mails in a language, whose links lead to where visitors open the site."""
    path = "/" if language == ESTONIAN else f"/{language}/"
    with app.test_request_context(path, base_url=desk.sender.public_url):
        yield


def confirmation(desk: Desk, alert: Alert, wanted: SearchRequest) -> EmailMessage:
    """Asks whether whose address it is wants these mails.

    Anyone can send one to anybody: of what was typed, it holds too little to carry a message of theirs.
    """
    told = {
        "wanted": _harmless(results.title_of(wanted)),
        "confirm": _link("alerts.confirm", desk.tokens.to_confirm(alert.id, alert.rhythm)),
        "often": alert.rhythm,
        "days": ASKED_FOR.days,
    }
    subject = _("Kinnita, et tahad kirju: %(search)s", search=told["wanted"])
    message = _mail(desk, alert, subject, "mail/confirm", told)
    message["Message-ID"] = make_msgid(domain=_domain(desk))
    return message


def news(desk: Desk, alert: Alert, wanted: SearchRequest, found: Sequence[Resource]) -> EmailMessage:
    """Tells what is new; a mail that is sent twice has the same Message-ID twice, by which mailboxes keep one."""
    ordered = in_order(wanted, found)
    leave = _link("alerts.leave", desk.tokens.to_leave(alert.id))
    title = results.title_of(wanted)
    count = ngettext("%(count)s uus materjal", "%(count)s uut materjali", len(found), count=number(len(found)))
    rest = params.to_query_string(replace(wanted, sort=Sort.ADDED))
    told = {
        "heading": f"{count}: {title}",
        "resources": ordered[:MOST],
        "more": len(found) - MOST,
        "rest": url_for("pages.search", _external=True) + f"?{rest}",
        "wanted": title,
        "often": alert.rhythm,
        "leave": leave,
    }
    message = _mail(desk, alert, str(told["heading"]), "mail/news", told)
    message["Message-ID"] = _message_id(desk, alert, ordered)
    message["List-Id"] = f"{NAME} <teavitused.{urlsplit(desk.sender.public_url).hostname}>"
    message["List-Unsubscribe"] = f"<{leave}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message["Precedence"] = "bulk"  # for servers that answer "out of office" and do not know Auto-Submitted
    return message


def facts_of(resource: Resource) -> str:
    """What is known of a resource, on one line."""
    day = when_phrase(resource) or published_phrase(resource.published)
    language = language_phrase(resource.language) if resource.language not in ("", language_tag()) else ""
    kind = facet_label("kind", resource.kind) if resource.kind else ""
    return ", ".join(filter(None, (kind, format_phrase(resource), day, resource.place, language)))


def _harmless(title: str) -> str:
    """A search in words without addresses, cut to what still says which one it is."""
    return params.clean(_ADDRESS.sub("…", title), LONGEST_TITLE)


def _domain(desk: Desk) -> str:
    return desk.sender.address.rpartition("@")[2]


def _mail(desk: Desk, alert: Alert, subject: str, template: str, told: dict[str, Any]) -> EmailMessage:
    """A mail as text and as HTML; the address was checked when it was kept."""
    message = EmailMessage(policy=MAIL_POLICY)
    message["From"] = Address(NAME, addr_spec=desk.sender.address)
    message["To"] = alert.address
    message["Subject"] = params.clean(subject, LONGEST_SUBJECT)
    message["Date"] = format_datetime(datetime.now(UTC))
    if desk.sender.reply_to:
        message["Reply-To"] = desk.sender.reply_to
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nothing answers it by itself
    told |= {"subject": subject, "facts_of": facts_of, "longest": LONGEST_ABOUT}
    message.set_content(render_template(f"{template}.txt", **told), cte="quoted-printable")
    message.add_alternative(render_template(f"{template}.html", **told), subtype="html", cte="quoted-printable")
    return message


def _link(endpoint: str, token: str) -> str:
    return url_for(endpoint, _external=True) + "?" + urlencode({"t": token})


def _message_id(desk: Desk, alert: Alert, found: Sequence[Resource]) -> str:
    named = repr((alert.id, alert.told_until, [resource.id for resource in found]))
    digest = hashlib.blake2b(named.encode(), key=desk.key[:64], digest_size=16).hexdigest()
    return f"<{digest}@{_domain(desk)}>"
