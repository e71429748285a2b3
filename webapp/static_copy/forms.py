"""The forms of words, so that a script that knows no grammar finds the lemma of what was typed.

Many words end alike: a lemma is kept as what all its forms begin with and the number of a set of endings. Everything
is folded (without õäöüšž), as the script folds what is typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, takewhile

from aardekast.language import vabamorf
from aardekast.language.folding import fold

ANY = 0  # the number of the set that stands for any short ending: of stems of languages other than Estonian
MOST_FORMS = 400  # of a lemma; a verb has some 200


class Forms:
    """Lemmas as stems with endings, and each different set of endings once, in the order that they came in."""

    def __init__(self) -> None:
        self._endings: dict[tuple[str, ...], int] = {}
        self.stems: dict[str, list[int]] = {}  # of each stem: number of the endings, number of the term, and again

    @property
    def endings(self) -> list[str]:
        """Each set of endings, with commas between; the first stands for any."""
        return ["", *(",".join(known) for known in self._endings)]

    def add_lemma(self, lemma: str, term: int, seen: Iterable[str] = ()) -> None:
        """All forms of an Estonian lemma, and those of it that were seen, lead to a term."""
        forms = sorted({fold(lemma), *map(fold, seen), *_forms_of(lemma)})
        stem = _common_beginning(forms[0], forms[-1])
        known = tuple(form[len(stem) :] for form in forms)
        self._add(stem, self._endings.setdefault(known, len(self._endings) + 1), term)

    def add_stem(self, stem: str, term: int) -> None:
        """Whatever begins so and is little longer leads to a term."""
        self._add(stem, ANY, term)

    def _add(self, stem: str, endings: int, term: int) -> None:
        self.stems.setdefault(stem, []).extend((endings, term))


def _common_beginning(first: str, last: str) -> str:
    """What the first and the last of sorted words begin with: all between them do so, too."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _ in same)


@lru_cache(maxsize=50_000)
def _forms_of(lemma: str) -> tuple[str, ...]:
    """Every form as it is typed; of names, which are written with a capital, those of the name."""
    found = vabamorf.forms(lemma) or vabamorf.forms(lemma.capitalize())
    return tuple(fold(form) for form in islice(found, MOST_FORMS) if "," not in form)
