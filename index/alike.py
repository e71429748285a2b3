"""Which words of an index are spelt much like a word: derived words, other spellings, compounds that share most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.language.estonian import GRAM, grams
from index.arrays import Arrays, runs

# nDCG on the cards and the help pages was .902 / .718 when these were chosen; at .35 .898 / .718, at .5 .891 / .709.
THRESHOLD = 0.4
MOST = 50  # forms, the most alike: .901 / .715 with 100 of them, .893 / .718 with 20


def build_alike(name: str, forms: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of AlikeForms over lower-cased forms: for each letter group the numbers of those that have it."""
    marked = [f"^{form}$".ljust(GRAM, "\0") if form.isalpha() or any(map(str.isalpha, form)) else "" for form in forms]
    units = np.frombuffer("".join(marked).encode("utf-16-le"), dtype=np.uint16)
    lengths = np.array([len(form.encode("utf-16-le")) // 2 for form in marked], dtype=np.int64)
    ends = np.cumsum(lengths)
    counts = np.maximum(lengths - GRAM + 1, 0)
    groups = _groups(units, runs(ends - lengths, ends - lengths + counts))
    numbers = np.repeat(np.arange(len(forms), dtype=np.int32), counts)
    order = np.argsort(groups, kind="stable")
    groups, numbers = groups[order], numbers[order]
    is_new = np.ones(len(groups), dtype=np.bool_)  # a group counts once in a form
    is_new[1:] = (groups[1:] != groups[:-1]) | (numbers[1:] != numbers[:-1])
    groups, numbers = groups[is_new], numbers[is_new]
    different, starts = np.unique(groups, return_index=True)
    return {
        f"{name}.groups": different,
        f"{name}.starts": np.append(starts, len(groups)).astype(np.int64),
        f"{name}.forms": numbers,
        f"{name}.sizes": np.bincount(numbers, minlength=len(forms)).astype(np.uint16),
    }


class AlikeForms:
    """The forms of one lexicon by their boundary-marked letter groups (`aardekast.language.estonian.grams`)."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._groups = arrays[f"{name}.groups"]
        self._starts = arrays[f"{name}.starts"]
        self._forms = arrays[f"{name}.forms"]
        self._sizes = arrays[f"{name}.sizes"]

    def alike(self, form: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The numbers of the forms most like this one, best first, and their likeness from THRESHOLD to 1.

        The likeness is Dice's: twice the groups that both have, by the sum of the groups that each has. Equals come
        in the order of the lexicon; none come for words without letters.
        """
        marked = [group.ljust(GRAM, "\0").encode("utf-16-le") for group in grams(form)]
        of_four = b"".join(group for group in marked if len(group) == 2 * GRAM)
        wanted = np.unique(np.frombuffer(of_four, dtype=np.uint64))
        wanted = wanted[wanted <= self._groups[-1]] if len(self._groups) else wanted[:0]
        places = np.searchsorted(self._groups, wanted)
        places = places[self._groups[places] == wanted]
        held = self._forms[runs(self._starts[places], self._starts[places + 1])]
        shared = np.bincount(held)
        likely = np.flatnonzero(shared)
        likeness = 2 * shared[likely] / (len(marked) + self._sizes[likely])
        best = np.argsort(-likeness, kind="stable")[:MOST]
        best = best[likeness[best] >= THRESHOLD]
        return likely[best].astype(np.int32), likeness[best]


def _groups(units: NDArray[np.uint16], places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The four UTF-16 units from each place on as one number."""
    found = np.zeros(len(places), dtype=np.uint64)
    for offset in range(GRAM):
        found |= units[places + offset].astype(np.uint64) << np.uint64(16 * offset)
    return found
