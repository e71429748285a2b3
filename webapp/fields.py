"""What visitors write into the public forms: read, cleaned, and checked; every fault in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from aardekast.addresses import clean_url, fault_of
from aardekast.addresses import host_of as host_of_address
from aardekast.letters import Letter, LetterKind, ReportReason
from webapp.language import gettext as _
from webapp.language import number
from webapp.params import clean
from webapp.site import vocabulary

URL, TITLE, WHY, KIND, EMAIL = "aadress", "pealkiri", "miks", "liik", "epost"
RESOURCE, REASON, TEXT = "id", "pohjus", "tekst"
LONGEST_TEXT = 2_000  # signs; a page of writing
LONGEST_TITLE = 300
LONGEST_EMAIL = 254  # RFC 5321
_LONGEST_ID = 100
_READ = 20_000  # signs of one line that are kept to be shown again; more than any limit above
_EMAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
# Names that no public page has (RFC 6761, 6762, 8375, 9476), and those that networks use at home.
_NOT_PUBLIC = (
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "test", "invalid", "example", "home.arpa",
    "onion", "alt",
)  # fmt: skip


@dataclass(slots=True)
class Filled:
    """A form as it was filled in: the cleaned values by field, the faults by field in the order of the form."""

    values: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def read_suggestion(form: MultiDict[str, str]) -> Filled:
    """The fields of a suggestion."""
    filled = Filled({name: _line(form, name) for name in (URL, TITLE, KIND, EMAIL)} | {WHY: _text(form, WHY)})
    filled.values = {**filled.values, URL: _with_scheme(filled.values[URL])}
    url_fault = _url_fault(filled.values[URL])
    if not filled.values[URL]:
        url_fault = _("Kirjuta materjali aadress.")
    _note(filled, URL, url_fault)
    _note(filled, TITLE, _length_fault(filled.values[TITLE], LONGEST_TITLE))
    _note(
        filled, WHY, _("Kirjuta paari sõnaga, miks ja kellele materjal kasulik on.") if not filled.values[WHY] else ""
    )
    _note(filled, WHY, _length_fault(filled.values[WHY], LONGEST_TEXT))
    if filled.values[KIND] and filled.values[KIND] not in vocabulary().kinds:
        _note(filled, KIND, _("Vali liik loetelust."))
    _note(filled, EMAIL, _email_fault(filled.values[EMAIL]))
    return filled


def read_report(form: MultiDict[str, str]) -> Filled:
    """The fields of a report."""
    filled = Filled({name: _line(form, name) for name in (RESOURCE, URL, REASON, EMAIL)} | {TEXT: _text(form, TEXT)})
    filled.values = {**filled.values, RESOURCE: filled.values[RESOURCE][:_LONGEST_ID]}
    _note(filled, URL, _length_fault(filled.values[URL], LONGEST_TEXT))
    _note(filled, REASON, _("Vali, milles probleem on.") if filled.values[REASON] not in tuple(ReportReason) else "")
    if not filled.values[TEXT] and not (filled.values[REASON] == ReportReason.DEAD_LINK and _about(filled)):
        _note(filled, TEXT, _("Kirjuta lühidalt, mis on valesti."))
    _note(filled, TEXT, _length_fault(filled.values[TEXT], LONGEST_TEXT))
    _note(filled, EMAIL, _email_fault(filled.values[EMAIL]))
    return filled


def suggestion(filled: Filled) -> Letter:
    """The letter of a form without faults."""
    values = filled.values
    return Letter(
        kind=LetterKind.SUGGESTION,
        url=clean_url(values[URL]),
        title=values[TITLE],
        resource_kind=values[KIND],
        text=values[WHY],
        email=values[EMAIL],
    )


def report(filled: Filled) -> Letter:
    """The letter of a form without faults."""
    values = filled.values
    return Letter(
        kind=LetterKind.REPORT,
        resource_id=values[RESOURCE],
        url=values[URL],
        reason=values[REASON],
        text=values[TEXT],
        email=values[EMAIL],
    )


def _line(form: MultiDict[str, str], name: str) -> str:
    return clean(form.get(name, ""), _READ)


def _text(form: MultiDict[str, str], name: str) -> str:
    """Lines without signs that cannot be seen; no more than one empty line between two."""
    lines = (clean(line, _READ) for line in form.get(name, "").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _about(filled: Filled) -> str:
    return filled.values[RESOURCE] or filled.values[URL]


def _note(filled: Filled, name: str, fault: str) -> None:
    if fault:
        filled.faults.setdefault(name, fault)


def _with_scheme(typed: str) -> str:
    """Most people copy or type an address without it."""
    return f"https://{typed}" if typed and "://" not in typed and re.match(r"[^\s/:@]+[.,][^\s/@]", typed) else typed


def _url_fault(url: str) -> str:
    host = _host(url)
    if "," in host:
        meant = url.replace(",", ".").removeprefix("https://")
        return _("Aadressis on koma. Kas mõtlesid %(address)s?", address=meant)
    if fault_of(url):
        return _("See ei ole veebilehe aadress. Kopeeri see tervenisti brauseri aadressiribalt.")
    if _is_private(host):
        return _("See aadress avaneb ainult sinu enda arvutis või võrgus. Soovita lehte, mida näevad kõik.")
    return ""


def _host(url: str) -> str:
    try:
        return host_of_address(url)
    except ValueError:
        return ""


def _is_private(host: str) -> bool:
    """Whether no public page has such a name; an address in numbers is none either."""
    last = host.rpartition(".")[2]
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last) or ":" in host:
        return True
    return any(host == name or host.endswith(f".{name}") for name in _NOT_PUBLIC)


def _email_fault(typed: str) -> str:
    if not typed or (len(typed) <= LONGEST_EMAIL and _EMAIL.fullmatch(typed)):
        return ""
    return _("Nii e-posti aadressi ei kirjutata. Kirjuta näiteks mari@kyla.ee või jäta väli tühjaks.")


def _length_fault(typed: str, most: int) -> str:
    if len(typed) <= most:
        return ""
    return _(
        "Tekst on %(over)s tähemärki liiga pikk. Lühenda see %(most)s tähemärgini.",
        over=number(len(typed) - most),
        most=number(most),
    )
