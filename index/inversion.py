"""Documents turned into postings, without Python for each word: one key for each occurrence, and a sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aardekast.errors import IndexTooLargeError

POSITION_BITS = 20  # longer texts than a million words stand on their last position
DOCUMENT_BITS = 20  # a million documents in a segment
WORD_BITS = 64 - POSITION_BITS - DOCUMENT_BITS  # 16 million different words
LAST_POSITION = (1 << POSITION_BITS) - 1
_MOST = np.iinfo(np.uint16).max  # occurrences of one word in one document that are kept


class Run(NamedTuple):
    """Words of one document in one field: their numbers in this session, and where each stands."""

    document: int
    words: NDArray[np.uint32]
    positions: NDArray[np.uint32]


def pack_run(words: NDArray[np.uint32], positions: NDArray[Any]) -> bytes:
    """The words of a document as one item of Whoosh's pool."""
    return np.concatenate((words, positions), dtype=np.uint32, casting="unsafe").tobytes()


def unpack_run(document: int, packed: bytes) -> Run:
    """What `pack_run` packed."""
    both = np.frombuffer(packed, dtype=np.uint32)
    half = len(both) // 2
    return Run(document, both[:half], both[half:])


def invert(
    name: str, runs: Sequence[Run], ranks: NDArray[np.uint64], words: int, documents: int
) -> dict[str, NDArray[Any]]:
    """The arrays of a PostingSet over a lexicon of so many words; `ranks` turns a run's numbers into the lexicon's.

    Raises IndexTooLargeError.
    """
    _check_size(documents, DOCUMENT_BITS, "documents")
    _check_size(words, WORD_BITS, "different words of one language")
    lengths = np.zeros(documents, dtype=np.int32)
    lengths[[run.document for run in runs]] = [len(run.words) for run in runs]
    keys = _sorted_keys(runs, ranks)
    firsts = _first_of_each_posting(keys)
    counts = np.diff(firsts, append=len(keys))
    if counts.max(initial=0) > _MOST:
        keys = keys[np.arange(len(keys)) - np.repeat(firsts, counts) < _MOST]
        firsts = _first_of_each_posting(keys)
        counts = np.diff(firsts, append=len(keys))
    postings = keys[firsts] >> np.uint64(POSITION_BITS)
    starts = np.searchsorted(postings >> np.uint64(DOCUMENT_BITS), np.arange(words + 1, dtype=np.uint64))
    positions = keys.astype(np.uint32)  # the lower half
    positions &= np.uint32(LAST_POSITION)
    return {
        f"{name}.lengths": lengths,
        f"{name}.starts": starts.astype(np.int64),
        f"{name}.documents": (postings & np.uint64((1 << DOCUMENT_BITS) - 1)).astype(np.int32),
        f"{name}.frequencies": counts.astype(np.uint16),
        f"{name}.first_positions": np.append(firsts, len(keys))[starts].astype(np.int64),
        f"{name}.positions": positions.astype(np.uint16) if positions.max(initial=0) <= _MOST else positions,
    }


def _check_size(count: int, bits: int, what: str) -> None:
    if count > 1 << bits:  # the keys of two of them would be one
        raise IndexTooLargeError(
            f"{count:,} {what} in one segment of the index, which holds {1 << bits:,} at the most. "
            "Take sources out of resources.yaml and run 'aardekast index' again."
        )


def _sorted_keys(runs: Sequence[Run], ranks: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Word, document and position of every occurrence as one number, in order."""
    of_words = ranks << np.uint64(DOCUMENT_BITS + POSITION_BITS)
    keys = np.empty(sum(len(run.words) for run in runs), dtype=np.uint64)
    start = 0
    for run in runs:  # what one document needs stays in the processor's cache
        own = keys[start : start + len(run.words)]
        own[:] = of_words[run.words]
        own |= np.uint64(run.document << POSITION_BITS)
        own |= np.minimum(run.positions, np.uint32(LAST_POSITION))
        own.sort()
        start += len(own)
    keys.sort(kind="stable")  # merges stretches that are in order, in half the time of another sort
    return keys


def _first_of_each_posting(keys: NDArray[np.uint64]) -> NDArray[np.intp]:
    postings = keys >> np.uint64(POSITION_BITS)
    is_first = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(postings[1:], postings[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)
