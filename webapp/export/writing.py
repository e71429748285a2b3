"""One export: data, copy of the site, README, checksums, put in place as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aardekast.vocabulary import INTERFACE_LANGUAGES
from webapp import static_copy
from webapp.contents import Contents
from webapp.export.datafiles import json_lines, records_of
from webapp.export.readme import readme
from webapp.export.targets import target_at

FORMAT = 1  # of the files and their fields; another number when what is there changes its meaning


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: files in all, pages of the copy among them, bytes, and the records of each data file."""

    files: int
    pages: int
    size: int
    counts: dict[str, int]


def export(
    contents: Contents, path: Path, *, languages: Sequence[str] = INTERFACE_LANGUAGES, has_copy: bool = True
) -> Summary:
    """Write the contents to a folder or, where its name says so, a zip; the copy in these languages.

    Raises ExportError where anything but an export of ours lies there.
    """
    app = static_copy.application(contents.vocabulary, contents.owner)
    pages = 0
    with target_at(path, contents.day) as target:
        data = records_of(contents, app)
        counts = {name: len(records) for name, records in data.items()}
        for name, records in data.items():
            target.add(f"data/{name}", json_lines(records))
        if has_copy:
            for file in static_copy.files(contents, app, languages):
                target.add(file.name, file.content)
                pages += file.is_page
        target.add("README.md", readme(contents, counts, has_copy=has_copy))
        about = {
            "format": FORMAT,
            "day": contents.day.isoformat(),
            "licence": contents.licence,
            "site": contents.site or None,
            "languages": list(languages) if has_copy else [],
            "records": counts,
        }
        return Summary(target.finish(about), pages, target.size, counts)
