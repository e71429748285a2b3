"""The page "Kuidas otsida": what a visitor may type, by examples that are searches themselves."""

from __future__ import annotations

from dataclasses import dataclass

from index import Searcher, SearchRequest
from webapp.language import gettext as _


@dataclass(frozen=True, slots=True)
class Example:
    """A query text, and what it does. `finds` says whether it finds anything here: only then it is a link."""

    text: str
    says: str
    finds: bool = True


@dataclass(frozen=True, slots=True)
class Chapter:
    """Examples under one heading."""

    title: str
    lead: str
    examples: tuple[Example, ...]
    end: str = ""


def chapters(searcher: Searcher) -> tuple[Chapter, ...]:
    """All of the page, from the plainest query to the most exact."""
    return tuple(
        Chapter(title, lead, tuple(_example(searcher, text, says) for text, says in examples), end)
        for title, lead, examples, end in (_plain(), _exact(), _fields(), _together())
    )


_Written = tuple[str, str, list[tuple[str, str]], str]


def _example(searcher: Searcher, text: str, says: str) -> Example:
    return Example(text, says, finds=searcher.count(SearchRequest(text=text)) > 0)


def _plain() -> _Written:
    examples = [
        ("külavanemate", _("Leiad sõna igas käändes ja pöördes: ka „külavanem“ ja „külavanemale“.")),
        ("kulavanem", _("Täpitähed võid ära jätta.")),
        ("KOV", _("Lühend ja pikk nimi leiavad teineteist: ka „kohalik omavalitsus“.")),
        (
            "kuidas koostada küla kriisiplaani",
            _(
                "Võid küsida terve lausega. Ees on materjalid, kus on kõik sõnad või mille pealkiri neist koosneb. Kui "
                "neid on vähe, tulevad nende järel need, kus mõni sõna puudub, ja ütleme, milline."
            ),
        ),
    ]
    return _("Kirjuta nii, nagu räägid"), "", examples, ""


def _exact() -> _Written:
    examples = [
        (
            '"kaasav eelarve"',
            _("Jutumärkides sõnad on kõrvuti ja selles järjekorras, mis tahes käändes. Sobivad kõik jutumärgid."),
        ),
        ('"külale"', _("Üks sõna jutumärkides: täpselt see sõnavorm.")),
        (
            "vabatahtlikud -koolitus",
            _(
                "Miinus sõna ees: ilma selle sõnata. Miinuse järel tühikut ei ole. Ainult „-koolitus“ näitab kõike, "
                "kus seda sõna ei ole. Sidekriips sõna sees, nagu „e-kaasamine“, ei jäta midagi välja."
            ),
        ),
        ("kriisi*", _("Tärn sõna lõpus: kõik sõnad, mis nii algavad.")),
    ]
    return _("Küsi täpsemalt"), "", examples, ""


def _fields() -> _Written:
    examples = [
        ("pealkiri:arengukava", _("Sõna on pealkirjas.")),
        ("autor:Tamm", _("Autori nimes on sõna, mis nii algab.")),
        ('väljaandja:"Tartu Ülikool"', _("Väljaandja nimi või selle sõnade algus.")),
        ("teema:rahastus", _("Teema nimi või selle mõne sõna algus.")),
        ("liik:juhend", _("Liigi nimi või selle mõne sõna algus.")),
        ("aasta:2020..2024", _("Ilmus neil aastatel. Sobivad ka aasta:2023, aasta:2020.. ja aasta:..2015.")),
    ]
    return (
        _("Vali pealkirja, autori või aasta järgi"),
        _("Kirjuta nimi, koolon ja selle järele, mida otsid. Mitu sõna pane jutumärkidesse."),
        examples,
        _("Nimed võivad olla ka inglise keeles: title, author, publisher, topic, kind, year."),
    )


def _together() -> _Written:
    examples = [
        (
            "kaasamine -koolitus liik:juhend",
            _("Kõik tingimused kehtivad korraga, ka koos filtritega, mille märgid tulemuste kõrval."),
        ),
        (
            "teema:noored teema:vabatahtlikud",
            _("Sama nimega tingimustest piisab ühest: kas noored või vabatahtlikud."),
        ),
        ("kriis -teema:rahastus", _("Miinus käib ka tingimuse ette: kõik muu peale selle.")),
    ]
    return _("Pane kokku"), "", examples, ""
