"""Which words of an index are spelt much like a word: derived words, other spellings, compounds of the same parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aardekast.language.estonian import grams

# nDCG on the cards and the help pages was .902 / .718 when these were chosen; at .35 .898 / .718, at .5 .891 / .709.
THRESHOLD = 0.4
MOST = 50  # forms, the most alike: .901 / .715 with 100 of them, .893 / .718 with 20


class AlikeForms:
    """The word forms of one index by their boundary-marked letter groups (`aardekast.language.estonian.grams`).

    Holds for each group the numbers of the forms that have it, ascending, and for each form how many it has.
    """

    def __init__(self, forms: Sequence[str]) -> None:
        """`forms` are lower-cased and different from each other."""
        self._forms = forms
        found = [grams(form) for form in forms]
        self._sizes = np.array([len(groups) for groups in found], dtype=np.int32)
        numbers: dict[str, list[int]] = {}
        for number, groups in enumerate(found):
            for group in groups:
                numbers.setdefault(group, []).append(number)
        self._numbers: dict[str, NDArray[np.int32]] = {
            group: np.array(holders, dtype=np.int32) for group, holders in numbers.items()
        }

    def alike(self, form: str) -> list[tuple[str, float]]:
        """The forms most like this one, best first, equals in the order they were given; itself with 1.0 if it is held.

        The likeness is Dice's: twice the groups that both have, by the sum of the groups that each has. Only forms
        from THRESHOLD on, at most MOST of them; none for words without letters.
        """
        groups = grams(form)
        held = [self._numbers[group] for group in groups if group in self._numbers]
        if not held:
            return []
        shared = np.bincount(np.concatenate(held))
        likely = np.flatnonzero(shared)
        likeness = 2 * shared[likely] / (len(groups) + self._sizes[likely])
        best = np.argsort(-likeness, kind="stable")[:MOST]
        return [(self._forms[likely[n]], float(likeness[n])) for n in best if likeness[n] >= THRESHOLD]
