"""The curators' files, read and checked: resources.yaml and vocabulary.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aardekast.curated.check import check_entries
from aardekast.curated.entries import ResourceEntry, SourceEntry
from aardekast.curated.vocabulary_file import read_vocabulary
from aardekast.curated.yaml_lines import Document, Fault, read_document
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary

__all__ = ["Curated", "ResourceEntry", "SourceEntry", "curated_paths", "load_curated", "load_vocabulary"]


@dataclass(frozen=True, slots=True)
class Curated:
    """Both files without a fault."""

    sources: tuple[SourceEntry, ...]
    resources: tuple[ResourceEntry, ...]
    withdrawn: tuple[str, ...]
    vocabulary: Vocabulary


def curated_paths(settings: Settings) -> tuple[Path, Path]:
    """Where resources.yaml and vocabulary.yaml are: as set, else in the current folder, else built in.

    Raises CuratedFileError when a file that is set does not exist.
    """
    return (
        _find(settings.resources, "resources.yaml", "AARDEKAST_RESOURCES"),
        _find(settings.vocabulary, "vocabulary.yaml", "AARDEKAST_VOCABULARY"),
    )


def built_in(name: str) -> Path:
    """The copy that the wheel holds; in a checkout the file itself."""
    packages = Path(__file__).parents[2]
    copy = packages / "aardekast" / "defaults" / name
    return copy if copy.exists() else packages / name


def load_vocabulary(settings: Settings) -> Vocabulary:
    """The vocabulary alone. Raises CuratedFileError with every fault of it."""
    _, path = curated_paths(settings)
    document = read_document(path)
    vocabulary = read_vocabulary(document) if not document.faults else Vocabulary()
    _raise_for({path: document})
    return vocabulary


def load_curated(settings: Settings) -> Curated:
    """Both files. Raises CuratedFileError with every fault of both, each as `file:line: message`."""
    resources_path, vocabulary_path = curated_paths(settings)
    resources, words = read_document(resources_path), read_document(vocabulary_path)
    vocabulary = read_vocabulary(words) if not words.faults else Vocabulary()
    known = None if words.faults else vocabulary
    found = check_entries(resources, known) if not resources.faults else ([], [], [])
    _raise_for({vocabulary_path: words, resources_path: resources})
    sources, entries, withdrawn = found
    return Curated(tuple(sources), tuple(entries), tuple(withdrawn), vocabulary)


def _find(named: Path | None, name: str, variable: str) -> Path:
    if named is not None:
        if not named.is_file():
            raise CuratedFileError(f"{named}:1: there is no such file; mend {variable} or unset it")
        return named
    here = Path(name)
    return here if here.is_file() else built_in(name)


def _raise_for(documents: dict[Path, Document]) -> None:
    lines = [f"{path}:{fault.line}: {fault.message}" for path, d in documents.items() for fault in _in_order(d.faults)]
    if lines:
        raise CuratedFileError("\n".join(lines))


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(set(faults))
