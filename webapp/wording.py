"""How counts, dates and the facts of a resource are written, in the language of the interface.

The msgids are Estonian. Everything here returns plain text that the templates escape, but for `safe_html`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup

from aardekast.language.text import count_words
from aardekast.resource import Resource
from aardekast.vocabulary import EVENT_KIND
from index import Hit, SearchPage, YearRange
from webapp.language import gettext as _
from webapp.language import language_tag, ngettext, number, written_date, written_moment
from webapp.site import static_url, vocabulary

WORDS_A_MINUTE = 200  # of silent reading; Estonian words are long, so the lower end of what is measured for English
ALSO_SHOWN = 8  # words; on a phone these are two lines
DAY = "d.MM.y"
MONTH = "LLLL y"
SHORT_MONTH = "LLL"
PAGE_LABEL = r"lk ([0-9]+)"
SLIDE_LABEL = r"slaid ([0-9]+)(: .+)?"

KIND_ICONS = {
    "juhendmaterjal": "kind-guide",
    "artikkel": "kind-article",
    "kogemuslugu": "kind-story",
    "teadusartikkel": "kind-research",
    "veebiettekanne": "kind-recording",
    "toovihik": "kind-worksheet",
    "uudis": "kind-news",
    "koolitus": "kind-event",
    "noustajad": "kind-advisers",
}


def register(app: Flask) -> None:
    """Make the words known to the templates."""
    app.jinja_env.tests["web_address"] = lambda url: bool(web_address(url))
    for word in (
        also_phrase,
        audience_phrase,
        day_and_month,
        facet_label,
        format_phrase,
        host_of,
        kind_icon,
        language_phrase,
        language_tag,
        length_phrase,
        materials,
        materials_word,
        moment,
        number,
        og_locale,
        offers_phrase,
        one_missing,
        open_phrase,
        passage_label,
        passage_phrase,
        published_phrase,
        rest_sentences,
        safe_html,
        static_url,
        web_address,
        when_phrase,
    ):
        app.add_template_global(word, word.__name__)


def safe_html(html: str) -> Markup:
    """Title or snippet with marks, as the index gives it: the one place where HTML is taken as it is."""
    return Markup(html)  # noqa: S704 - the index escapes everything but its <mark>


def og_locale() -> str:
    """The language of the interface as the Open Graph protocol names it: `et_EE`."""
    return {"et": "et_EE", "en": "en_GB", "ru": "ru_RU"}.get(language_tag(), "et_EE")


def materials(count: int) -> str:
    """`1 materjal`, `21 materjali`."""
    return ngettext("%(count)s materjal", "%(count)s materjali", count, count=number(count))


def materials_word(count: int) -> str:
    """What is said after a number that stands alone: `materjal`, `materjali`."""
    return ngettext("materjal", "materjali", count)


def offers_phrase(count: int) -> str:
    """How many completions there are below the search box, for screen readers."""
    return ngettext(
        "%(count)s pakkumine, liigu nooleklahvidega",
        "%(count)s pakkumist, liigu nooleklahvidega",
        count,
        count=number(count),
    )


def facet_label(facet: str, value: str | int | None) -> str:
    """How a value of a facet is called."""
    if value is None or value == "":
        return _("Aasta teadmata") if facet == "year" else _("Märkimata")
    if facet == "format":
        return format_label(str(value))
    return vocabulary().label(facet, str(value), language_tag())


def years_label(years: YearRange) -> str:
    """A range of years: `2023`, `2020–2024`, `Alates 2020`, `Kuni 2024`."""
    if years.is_unknown:
        return facet_label("year", None)
    if years.first == years.last:
        return str(years.first)
    if years.last is None:
        return _("Alates %(year)s", year=years.first)
    if years.first is None:
        return _("Kuni %(year)s", year=years.last)
    return f"{years.first}–{years.last}"


def kind_icon(kind: str) -> str:
    """The symbol of a kind; one that has none is drawn as an article."""
    return KIND_ICONS.get(kind, "kind-article")


def format_label(value: str) -> str:
    """`Veebileht`, `Video`, `Esitlus`, `PDF`."""
    named = {
        "html": _("Veebileht"),
        "video": _("Video"),
        "audio": _("Heli"),
        "pptx": _("Esitlus"),
        "epub": _("E-raamat"),
    }
    return named.get(value) or value.upper()


def format_phrase(resource: Resource) -> str:
    """Format and length: `PDF, 62 lk`; of a web page the time to read it, of an event on one nothing."""
    if resource.format == "html":
        return "" if resource.kind == EVENT_KIND else length_phrase(resource)
    return ", ".join(part for part in (format_label(resource.format), length_phrase(resource)) if part)


def length_phrase(resource: Resource) -> str:
    """How long it takes: `62 lk`, `48 min`, `umbes 5 min lugemist`; empty where that is not known."""
    if known := _length(resource):
        return known
    if not resource.words:
        return ""
    return _("umbes %(minutes)s min lugemist", minutes=max(1, round(resource.words / WORDS_A_MINUTE)))


def audience_phrase(resource: Resource) -> str:
    """`Kogukond, kohalik omavalitsus`, or `kõigile`."""
    if len(resource.audiences) > 1 and set(resource.audiences) == set(vocabulary().audiences):
        return _("kõigile")
    first, *rest = [facet_label("audience", value) for value in resource.audiences] or [""]
    return ", ".join([first, *(label[:1].lower() + label[1:] for label in rest)])


def language_phrase(language: str) -> str:
    """`inglise keeles`; `keel: jidiš` where the language is a rare one."""
    phrases = {
        "et": _("eesti keeles"),
        "en": _("inglise keeles"),
        "ru": _("vene keeles"),
        "fi": _("soome keeles"),
        "lv": _("läti keeles"),
        "de": _("saksa keeles"),
        "sv": _("rootsi keeles"),
    }
    return phrases.get(language) or _("keel: %(language)s", language=facet_label("language", language))


def published_phrase(published: str | None) -> str:
    """A year, month and year, or a day, to the precision known; empty where nothing is."""
    match (published or "").split("-"):
        case [year, month] if _is_day(f"{year}-{month}-01"):
            return written_date(date.fromisoformat(f"{year}-{month}-01"), MONTH)
        case [year, month, day] if _is_day(f"{year}-{month}-{day}"):
            return written_date(date.fromisoformat(f"{year}-{month}-{day}"), DAY)
        case [year, *_rest]:
            return year
    return ""


def moment(when: datetime) -> str:
    """The day, in Estonia, of a moment: `14.11.2026`."""
    return written_moment(when, DAY)


def day_and_month(iso: str) -> tuple[str, str]:
    """The day and the short month of an event, for its calendar leaf: `17`, `sept`.

    The day is empty where it is not known; of an event of which only the year is known, the year is there.
    """
    if _is_day(iso):
        return str(date.fromisoformat(iso).day), written_date(date.fromisoformat(iso), SHORT_MONTH)
    if _is_day(f"{iso}-01"):
        return "", written_date(date.fromisoformat(f"{iso}-01"), SHORT_MONTH)
    return "", iso


def when_phrase(resource: Resource) -> str:
    """When an event is: `17.09.2026`, `17.09.2026–18.09.2026`; empty for what is none."""
    days = [published_phrase(day) for day in (resource.starts, resource.ends) if day]
    return "–".join(dict.fromkeys(days))


def open_phrase(kind: str) -> str:
    """What the one red button says."""
    phrases = {
        "juhendmaterjal": _("Ava juhend"),
        "artikkel": _("Loe artiklit"),
        "kogemuslugu": _("Loe lugu"),
        "teadusartikkel": _("Ava uuring"),
        "veebiettekanne": _("Vaata salvestust"),
        "toovihik": _("Ava töövihik"),
        "uudis": _("Loe uudist"),
        "koolitus": _("Vaata lähemalt"),
        "noustajad": _("Vaata kontakte"),
    }
    return phrases.get(kind) or _("Ava materjal")


def passage_label(label: str) -> str:
    """The label of a place, which the index gives in Estonian: `lk 12`, `p. 12`; a heading stays as it is."""
    if page := re.fullmatch(PAGE_LABEL, label):
        return _("lk %(page)s", page=page[1])
    if slide := re.fullmatch(SLIDE_LABEL, label):
        return _("slaid %(number)s", number=slide[1]) + (slide[2] or "")
    return label


def passage_phrase(label: str) -> str:
    """What stands beside the label of a deep link, where the label is a page or a moment; empty for a heading."""
    if re.fullmatch(PAGE_LABEL, label):
        return _("Ava sellelt leheküljelt")
    if re.fullmatch(r"[0-9:]+", label):
        return _("Vaata sellest hetkest")
    return ""


def also_phrase(words: Sequence[str]) -> str:
    """What else was searched: `Otsiti ka: külavanem, kohalik omavalitsus`; the first few of many."""
    shown = ", ".join(words[:ALSO_SHOWN])
    return _("Otsiti ka: %(words)s", words=f"{shown} …" if len(words) > ALSO_SHOWN else shown)


def rest_sentences(found: SearchPage, hits: Sequence[Hit]) -> tuple[str, str]:
    """What stands above the hits that answer in part: how many have all words, and what these lack, or ""."""
    if found.full > found.complete:  # above stand some that lack a word, too, and say so themselves
        return rest_phrase(hits), ""
    if found.complete:
        return _complete_phrase(found.complete), rest_phrase(hits)
    if count_words(found.query) == 1:
        return _("Sõna „%(word)s“ ei ole üheski materjalis.", word=found.query), _("Need on sellele kõige lähemal.")
    return _("Kõiki sõnu koos ei ole üheski materjalis."), rest_phrase(hits)


def _complete_phrase(count: int) -> str:
    return ngettext(
        "Kõik sõnad on %(count)s materjalis.", "Kõik sõnad on %(count)s materjalis.", count, count=number(count)
    )


def rest_phrase(hits: Sequence[Hit]) -> str:
    """What stands above hits that have some of the words: the one word that all lack, or that some is lacking."""
    if word := one_missing(hits):
        return _("Järgmistes puudub sõna „%(word)s“.", word=word)
    return _("Järgmistes puudub mõni sõna.")


def one_missing(hits: Sequence[Hit]) -> str:
    """The word that all these hits lack, where that is the only one; else nothing."""
    missing = {hit.missing for hit in hits}
    return next(iter(missing))[0] if len(missing) == 1 and all(len(words) == 1 for words in missing) else ""


def web_address(url: str) -> str:
    """The address, or nothing when a click on it could be anything but a visit to a site."""
    return url if urlsplit(url).scheme in ("http", "https") else ""


def host_of(url: str) -> str:
    """The name of the site that an address opens."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _length(resource: Resource) -> str:
    if resource.pages:
        if resource.format == "pptx":
            return ngettext("%(count)s slaid", "%(count)s slaidi", resource.pages, count=number(resource.pages))
        return ngettext("%(pages)s lk", "%(pages)s lk", resource.pages, pages=number(resource.pages))
    if resource.minutes:
        return _("%(minutes)s min", minutes=number(resource.minutes))
    return ""
