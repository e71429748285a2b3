"""Where the table of folded forms is kept: beside the generations, extended by the lemmas that are new."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from aardekast.errors import IndexMissingError
from index.arrays import open_arrays, write_arrays
from index.folded_lemmas import FoldedLemmas, extend
from index.schema import ANALYZER_VERSION, ESTONIAN, LEMMA
from index.segment import Segment

_NAME = f"folded-{ANALYZER_VERSION}.arrays"


def has_table(folder: Path) -> bool:
    """Whether there is a table."""
    return (folder / _NAME).exists()


def extend_table(folder: Path, segments: Iterable[Segment]) -> None:
    """Add the lemmas of these segments that the table lacks; readers of the old one are not disturbed."""
    path = folder / _NAME
    old = None
    with contextlib.suppress(IndexMissingError):  # one that cannot be read is made anew
        old = open_arrays(path)
    lexicons = [segment.lexicons[ESTONIAN] for segment in segments if ESTONIAN in segment.lexicons]
    table = extend(old, (lemma for lexicon in lexicons for lemma in lexicon.channels[LEMMA].terms.texts()))
    if old is None or len(table["folded.lemmas.ends"]) != len(old["folded.lemmas.ends"]):
        draft = path.with_suffix(f".{os.getpid()}")
        write_arrays(draft, table)
        draft.replace(path)


def open_table(folder: Path) -> FoldedLemmas:
    """The newest table; it may know lemmas that a generation lacks. Raises IndexMissingError."""
    return FoldedLemmas(open_arrays(folder / _NAME) if has_table(folder) else extend(None, ()))
