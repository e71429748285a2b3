"""Words typed without õäöüšž: from any form of a lemma of the index, folded, to that lemma.

Vabamorf makes all forms of each lemma that has one of these letters (about 2,500 such lemmas a second, and one
lemma of four has any), so that a form is understood whether or not it stands in a text. Splitting a compound to make
the forms of its last part only once was measured: the splitting costs as much as it saves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.language.folding import MARKED, fold, folded_forms, respelt
from index.arrays import Arrays
from index.terms import TermList, pack_texts

_CLITICS = ("gi", "ki")
_LEMMAS = "folded.lemmas"
_NONE: Arrays = {
    "folded.keys": np.zeros(0, np.uint64),
    "folded.numbers": np.zeros(0, np.uint32),
    **pack_texts(_LEMMAS, ()),
}


def extend(old: Arrays | None, lemmas: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The table of `old` (None: empty) and of those lemmas that it lacks; lemmas keep their numbers.

    `folded.keys` (uint64, sorted) is a hash of each folded form, `folded.numbers` (uint32, as long) the number of a
    lemma that has it; `folded.lemmas.bytes` and `.ends` are the lemmas in the order they came. 12 bytes a form, about
    400 a lemma. Where nothing is new the old arrays are returned. Raises LanguageToolError.
    """
    table = dict(_NONE if old is None else old)
    known = TermList(table, _LEMMAS).texts()
    new = sorted({lemma for lemma in lemmas if MARKED.search(lemma.lower())}.difference(known))
    if not new:
        return table
    keys: list[int] = []
    numbers: list[int] = []
    for number, lemma in enumerate(new, start=len(known)):
        forms = folded_forms(lemma)
        keys.extend(map(_key, forms))
        numbers.extend([number] * len(forms))
    all_keys = np.concatenate([table["folded.keys"], np.array(keys, np.uint64)])
    all_numbers = np.concatenate([table["folded.numbers"], np.array(numbers, np.uint32)])
    order = np.lexsort((all_numbers, all_keys))
    return {
        "folded.keys": all_keys[order],
        "folded.numbers": all_numbers[order],
        **pack_texts(_LEMMAS, [*known, *new]),
    }


class FoldedLemmas:
    """Reads the arrays of `extend`. Immutable: threads share one."""

    def __init__(self, arrays: Arrays) -> None:
        self._keys = arrays["folded.keys"]
        self._numbers = arrays["folded.numbers"]
        self._lemmas = TermList(arrays, _LEMMAS)

    def lemmas(self, typed: str) -> tuple[str, ...]:
        """The lemmas that a word may mean of which a form, folded, is typed so (kusitlusi, k6ik -> küsitlus, kõik).

        Hyphens are not looked at, a final -gi or -ki only where nothing is found with it.
        """
        plain = typed.lower().replace("-", "").replace("'", "")
        spellings = dict.fromkeys(fold(spelling) for spelling in (plain, *respelt(plain)))
        found = dict.fromkeys(lemma for spelling in spellings for lemma in self._of_form(spelling))
        if not found and plain.endswith(_CLITICS):
            found = dict.fromkeys(self._of_form(fold(plain[:-2])))
        return tuple(found)

    def meant(self, typed: str, own: Iterable[str], count: Callable[[str], int]) -> tuple[str, ...]:
        """The lemmas that a word typed without diacritics stands for beside its `own`, in the order of their counts.

        `count` says how many documents a lemma has. Only lemmas that more documents have than any of the word's own
        are meant: sade stays sade, while opetaja is õpetaja although one text misspells it too. On 1.4 M words this
        finds 99.3 % of the words typed so (95.9 % where only unknown words are looked up) and gives 0.2 % of the
        words that are written without diacritics a lemma that they do not have (7.8 % where all are added). A word
        with some of its diacritics, or wrong ones (öpetaja), is looked up only where no document has its own lemmas.
        """
        own = set(own)
        most = max(map(count, own), default=0)
        if most and MARKED.search(typed.lower()):
            return ()
        counts = {lemma: count(lemma) for lemma in self.lemmas(typed) if lemma not in own}
        return tuple(sorted((lemma for lemma, n in counts.items() if n > most), key=lambda lemma: -counts[lemma]))

    def _of_form(self, form: str) -> list[str]:
        key = np.uint64(_key(form))
        start, end = np.searchsorted(self._keys, key, "left"), np.searchsorted(self._keys, key, "right")
        return [self._lemmas.text(int(number)) for number in self._numbers[start:end]]


def _key(form: str) -> int:
    """64 bits: of three million forms one pair may collide once in four million indexes."""
    return int.from_bytes(hashlib.blake2b(form.encode("utf-8", "replace"), digest_size=8).digest(), "big")
