"""Where the table of folded forms is kept: beside the generations, extended by the lemmas that are new."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from aardekast.errors import IndexMissingError
from index.arrays import Arrays, open_arrays, sync, write_arrays
from index.folded_lemmas import FoldedLemmas, extend
from index.schema import ANALYZER_VERSION, ESTONIAN, LEMMA, PART
from index.segment import Segment

_NAME = f"folded-{ANALYZER_VERSION}.arrays"


def is_table_whole(folder: Path) -> bool:
    """Whether there is a table that can be read."""
    return _arrays(folder) is not None


def extend_table(folder: Path, segments: Sequence[Segment], new: Sequence[Segment]) -> None:
    """Add the lemmas and compound parts of the `new` ones of these segments; of all where no table can be read.

    Readers of the old table are not disturbed. Raises LanguageToolError.
    """
    old = _arrays(folder)
    lexicons = [s.lexicons[ESTONIAN] for s in (segments if old is None else new) if ESTONIAN in s.lexicons]
    terms = (lexicon.channels[channel].terms.texts() for lexicon in lexicons for channel in (LEMMA, PART))
    table = extend(old, chain.from_iterable(terms))
    if old is None or len(table["folded.lemmas.ends"]) != len(old["folded.lemmas.ends"]):
        path = folder / _NAME
        draft = path.with_suffix(f".{os.getpid()}")
        write_arrays(draft, table)
        sync(draft)
        draft.replace(path)


def open_table(folder: Path) -> FoldedLemmas:
    """The newest table, which may know lemmas that a generation lacks; an empty one where none can be read."""
    arrays = _arrays(folder)
    return FoldedLemmas(extend(None, ()) if arrays is None else arrays)


def _arrays(folder: Path) -> Arrays | None:
    try:
        arrays = open_arrays(folder / _NAME)
    except (IndexMissingError, OSError):
        return None
    return arrays if arrays.keys() >= extend(None, ()).keys() else None
