"""The last vocabulary without a fault: what goes on being used while the curators mend a new one."""

from __future__ import annotations

import shutil
from pathlib import Path

from aardekast.curated import Curated, curated_paths, load_curated, load_vocabulary
from aardekast.curated.vocabulary_file import read_vocabulary
from aardekast.curated.yaml_lines import read_document
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary

_NAME = "vocabulary.last-good.yaml"


def load_and_keep(settings: Settings) -> Curated:
    """Both files; the vocabulary is kept as the last good one. Raises CuratedFileError with every fault."""
    curated = load_curated(settings)
    _, path = curated_paths(settings)
    settings.home.mkdir(parents=True, exist_ok=True)
    draft = settings.home / f"{_NAME}.new"
    shutil.copyfile(path, draft)
    draft.replace(_kept(settings))
    return curated


def vocabulary_in_force(settings: Settings) -> Vocabulary:
    """The vocabulary, or while it has faults the last one that had none.

    Raises CuratedFileError where there never was one.
    """
    try:
        return load_vocabulary(settings)
    except CuratedFileError:
        path = _kept(settings)
        if not path.is_file():
            raise
        return read_vocabulary(read_document(path))


def _kept(settings: Settings) -> Path:
    return settings.home / _NAME
