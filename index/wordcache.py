"""The analyses of all words that the index ever met, kept on disk: a rebuild asks Vabamorf for none of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.errors import IndexMissingError
from aardekast.language.estonian import analyse
from index.arrays import Arrays, open_arrays, sync, write_arrays
from index.schema import LEMMA, PART
from index.terms import TermList, WordTerms, pack_texts

_BATCH = 20_000  # words; so many new ones are analysed in some ten seconds, and then kept


class WordCache:
    """Lemmas and compound parts of Estonian words. The file can be deleted at any time, or be one that cannot be read.

    It is read and written whole (40 bytes a word) and replaced in one step: numbers and text without Python for each
    word are read faster than the rows of those words alone that are asked for.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers: dict[str, int] = {}
        self._known = {LEMMA: WordTerms(), PART: WordTerms()}

    def __call__(self, words: Sequence[str]) -> Mapping[str, WordTerms]:
        """What each word stands for, by LEMMA and PART."""
        new = [word for word in words if word not in self._numbers]
        for start in range(0, len(new), _BATCH):
            self._learn(new[start : start + _BATCH])
            self._keep()
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))
        return {channel: known.of(numbers) for channel, known in self._known.items()}

    def __enter__(self) -> WordCache:
        with contextlib.suppress(IndexMissingError, IndexError, KeyError, ValueError):  # none, or another file
            arrays = open_arrays(self._path)
            words = TermList(arrays, "words").texts()
            self._known = {channel: _read(arrays, channel, len(words)) for channel in self._known}
            self._numbers = dict(zip(words, range(len(words)), strict=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing is open: what is new was kept at once."""

    def _learn(self, words: Sequence[str]) -> None:
        found = list(map(analyse, words))
        self._known[LEMMA] = self._known[LEMMA].extended([analysis.lemmas for analysis in found])
        self._known[PART] = self._known[PART].extended([analysis.parts for analysis in found])
        self._numbers.update(zip(words, range(len(self._numbers), len(self._numbers) + len(words)), strict=True))

    def _keep(self) -> None:
        arrays: dict[str, NDArray[Any]] = pack_texts("words", list(self._numbers))
        for channel, known in self._known.items():
            arrays |= pack_texts(f"{channel}.terms", known.terms)
            arrays |= {f"{channel}.counts": known.counts.astype(np.uint16), f"{channel}.numbers": known.numbers}
        draft = self._path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):  # a full disk: the cache is no reason to fail
            write_arrays(draft, arrays)
            sync(draft)  # else a crash could leave it with its name and half its bytes
            draft.replace(self._path)
        draft.unlink(missing_ok=True)


def _read(arrays: Arrays, channel: str, words: int) -> WordTerms:
    """What `_keep` wrote of a channel. Raises KeyError and ValueError where it did not."""
    terms = TermList(arrays, f"{channel}.terms").texts()
    counts, numbers = arrays[f"{channel}.counts"].astype(np.int64), arrays[f"{channel}.numbers"]
    if len(counts) != words or counts.sum() != len(numbers) or numbers.max(initial=-1) >= len(terms):
        raise ValueError("the parts of the file are not of one another")
    return WordTerms(terms, counts, numbers)
