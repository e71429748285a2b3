"""What the words of other vocabularies are in ours: kinds (learningResourceType) and audiences.

Only words that name the same thing; what is not here stays unknown. Labels of our own vocabulary are among them, so
that what another Aardekast publishes comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_KINDS = {
    "juhendmaterjal": "juhend juhendid juhendmaterjal juhendmaterjalid käsiraamat õpik guide guides guideline"
    " guidelines handbook manual how-to tutorial textbook script руководство методическое_руководство пособие",
    "toovihik": "toovihik töövihik tööleht vorm mall töövihik_või_vorm worksheet workbook template form checklist"
    " exercise lesson_plan worksheet_or_form рабочая_тетрадь рабочая_тетрадь_или_форма",
    "veebiettekanne": "veebiettekanne veebiseminar video webinar webinar_recording recording запись_вебинара видео",
    "teadusartikkel": "teadusartikkel uuring lõputöö teadusartikkel_või_uuring research study thesis dissertation"
    " research_article research_paper scholarly_article исследование",
    "kogemuslugu": "kogemuslugu case_study experience_story success_story история_опыта",
    "artikkel": "artikkel article essay статья",
    "koolitus": "koolitus kursus course training workshop event_or_training sündmus_või_koolitus обучение курс"
    " событие_или_обучение",
}
_AUDIENCES = {
    "kov": "kov kohalik_omavalitsus kohalikud_omavalitsused omavalitsus omavalitsused local_government"
    " local_governments local_authority local_authorities municipality municipalities местное_самоуправление",
    "kogukond": "kogukond kogukonnad community communities община общины",
    "arendaja": "kogukonna_arendaja kogukonna_arendajad arendaja community_developer community_developers"
    " community_worker community_workers развитие_общин",
}
_SPACES = re.compile(r"[\s_]+")


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    return {word: slug for slug, words in table.items() for word in words.split()}


_KIND_OF, _AUDIENCE_OF = _by_word(_KINDS), _by_word(_AUDIENCES)


def kind_of_words(names: Iterable[str]) -> str | None:
    """The kind that the first known one of these names means."""
    return next((_KIND_OF[word] for name in names if (word := _plain(name)) in _KIND_OF), None)


def audiences_of_words(names: Iterable[str]) -> tuple[str, ...]:
    """The audiences that these names mean, each once."""
    words = (_plain(part) for name in names for part in re.split(r"[,;]", name))
    return tuple(dict.fromkeys(_AUDIENCE_OF[word] for word in words if word in _AUDIENCE_OF))


def _plain(name: str) -> str:
    """The word itself; of an address in a vocabulary on the web (HCRT, LRMI) its last part."""
    last = re.split(r"[/#]", name.strip())[-1] if "://" in name else name
    return _SPACES.sub("_", last.strip().lower())
