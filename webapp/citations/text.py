"""Works as people cite them: in the order of APA 7, in the language of the interface.

`Mets, M. (2014, mai). Kriisireguleerimise juhend. Päästeamet. Kasutatud 22.11.2026, https://rescue.ee/juhend.pdf`
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.citations.names import Name
from webapp.citations.works import AUDIO, VIDEO, Work
from webapp.language import gettext as _
from webapp.language import written_date
from webapp.wording import DAY, format_label

MONTH, DAY_AND_MONTH = "LLLL", "d. MMMM"
MOST_AUTHORS = 20  # APA 7: of more, the first 19 and the last
ENDINGS = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in three parts, of which the title is set apart by its letters."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return self.before + self.title + self.after


def write(works: Iterable[Work]) -> str:
    """A line for each."""
    return "".join(f"{citation(work)}\n" for work in works)


def citation(work: Work) -> Citation:
    """Whoever made it, when, what, who published it, where; without an author the publisher or the title is first."""
    maker = _authors(work.authors) or work.publisher
    when = f"({_when(work.issued)})."
    medium = f" [{format_label('video' if work.form == VIDEO else 'audio')}]" if work.form in (VIDEO, AUDIO) else ""
    title_ends = "" if not medium and work.title.endswith(ENDINGS) else "."
    published = f" {_ended(work.publisher)}" if work.publisher and work.authors and maker != work.publisher else ""
    found = " " + _("Kasutatud %(day)s, %(url)s", day=written_date(work.accessed, DAY), url=work.url)
    if not maker:
        return Citation("", work.title, f"{medium}{title_ends} {when}{found}")
    return Citation(f"{_ended(maker)} {when} ", work.title, f"{medium}{title_ends}{published}{found}")


def _authors(names: Sequence[Name]) -> str:
    written = [f"{name.family}, {name.initials}" if name.given else name.family for name in names]
    if len(written) > MOST_AUTHORS:
        return f"{', '.join(written[: MOST_AUTHORS - 1])}, … {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    return _("%(names)s ja %(last)s", names=", ".join(written[:-1]), last=written[-1])


def _when(parts: tuple[int, ...]) -> str:
    """To the precision known."""
    if not parts:
        return _("s.a.")
    year, *rest = parts
    try:
        day = date(year, *(*rest, 1, 1)[:2])
    except ValueError:
        return str(year)
    pattern = {1: MONTH, 2: DAY_AND_MONTH}.get(len(rest))
    return f"{year}, {written_date(day, pattern)}" if pattern else str(year)


def _ended(text: str) -> str:
    return text if text.endswith(ENDINGS) else f"{text}."
