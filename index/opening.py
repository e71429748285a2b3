"""A generation opened as a whole: Whoosh's table of contents, our segments, the stored resources."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader

from aardekast.errors import IndexMissingError
from index.generations import About
from index.segment import Segment, open_segments
from index.stored import StoredDocuments


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of a generation, held open."""

    index: FileIndex
    reader: IndexReader
    segments: list[Segment]
    stored: StoredDocuments

    def close(self) -> None:
        """Give the files back."""
        self.reader.close()
        self.index.close()


def open_generation(folder: Path, about: About) -> Opened:
    """Open the generation. Raises IndexMissingError where a file is missing, cut short or not what it was."""
    try:
        for name, size in about.files.items():
            file = folder / name
            if not file.is_file() or file.stat().st_size != size:
                raise IndexMissingError(f"{file} is missing or cut short. Run 'aardekast index --rebuild'.")
        index = open_dir(str(folder), readonly=True)
        reader = index.reader()
        return Opened(index, reader, open_segments(folder, reader), StoredDocuments(reader))
    except IndexMissingError:
        raise
    except Exception as fault:  # Whoosh reads lengths and pickles as they come: what breaks in them may raise anything
        raise IndexMissingError(f"No index can be read in {folder}. Run 'aardekast index --rebuild'.") from fault
