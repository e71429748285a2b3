"""A table of materials as entries of resources.yaml: every row checked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aardekast.addresses import canonical_key, clean_url, fault_of
from aardekast.curated import Curated, ResourceEntry
from aardekast.curated.columns import COLUMNS, REQUIRED, field_of, near_name, value_of
from aardekast.curated.sheet import Cell, read_sheet
from aardekast.errors import ImportFileError

_ORDER = tuple(ResourceEntry.model_fields)  # of the fields of a written entry
MOST_ABOVE = 10  # rows above the names of the columns: what the table is called, who made it, empty ones


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RowFault:
    """One thing to mend: its row as spreadsheet programs number them, the column as it is called there, what to do."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row without a fault, as an entry of resources.yaml."""

    number: int
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file would bring: `new` is to be added, `known` stands in resources.yaml, `repeated` further up in it.

    `unread` are columns that nobody knows, such as notes of one's own. `rows` counts those below the head.
    """

    rows: int
    read_as: str
    new: tuple[Row, ...] = ()
    known: tuple[Row, ...] = ()
    repeated: tuple[Row, ...] = ()
    unread: tuple[str, ...] = ()
    faults: tuple[RowFault, ...] = ()


def read_table(path: Path, curated: Curated) -> Table:
    """The materials of a file, compared with the curators' files.

    Raises ImportFileError where it cannot be read, or its head has faults.
    """
    sheet = read_sheet(path)
    above = _rows_above(sheet.rows)
    (head_row, head), *rows = sheet.rows[above:]
    columns, unread, faults = _columns(head_row, head)
    if faults:
        raise ImportFileError("\n".join(f"{path}:{fault.row}: {fault.column}: {fault.message}" for fault in faults))
    reader = _Reader(curated, columns, {place for place, cell in enumerate(head) if str(cell).strip()})
    for number, cells in rows:
        reader.read(number, cells)
    return Table(
        rows=len(rows),
        read_as=sheet.read_as + (f", names of columns in row {head_row}" if above else ""),
        new=tuple(reader.new),
        known=tuple(reader.known),
        repeated=tuple(reader.repeated),
        unread=tuple(unread),
        faults=tuple(sorted(reader.faults)),
    )


def _rows_above(rows: Sequence[tuple[int, Sequence[Cell]]]) -> int:
    """How many rows stand above the names of the columns: a title over the whole table is no name."""
    for place, (_, cells) in enumerate(rows[: MOST_ABOVE + 1]):
        if len({field_of(str(cell)) for cell in cells} - {None}) >= 2:
            return place
    return 0


def _columns(row: int, head: Sequence[Cell]) -> tuple[dict[str, tuple[int, str]], list[str], list[RowFault]]:
    """Place and name of the column of each field, the columns that are not read, and what is wrong with them."""
    columns: dict[str, tuple[int, str]] = {}
    unread: list[str] = []
    faults: list[RowFault] = []
    mistyped: set[str | None] = set()
    for place, cell in enumerate(head):
        name = " ".join(str(cell).split())
        field = field_of(name)
        if field in columns:
            message = f"says the same as the column '{columns[field][1]}'; keep one of them"
            faults.append(RowFault(row=row, column=name, message=message))
        elif field is not None:
            columns[field] = (place, name)
        elif name and (near := near_name(name)):
            mistyped.add(field_of(near))
            faults.append(RowFault(row=row, column=name, message=f"is no known column; did you mean '{near}'?"))
        elif name:
            unread.append(name)
    for field in REQUIRED:
        if field not in columns and field not in mistyped:
            names = COLUMNS[field]
            faults.append(RowFault(row=row, column=names[0], message=f"there is no such column; add it (or '{field}')"))
    return columns, unread, faults


class _Reader:
    """Reads row after row and remembers which addresses and ids there were."""

    def __init__(self, curated: Curated, columns: Mapping[str, tuple[int, str]], named: Set[int]) -> None:
        self._named = named  # places of columns that have a name
        self._vocabulary = curated.vocabulary
        self._columns = columns
        self._known = {canonical_key(entry.url) for entry in curated.resources}
        self._withdrawn = {canonical_key(url) for url in curated.withdrawn}
        self._ids = {entry.id for entry in curated.resources if entry.id is not None}
        self._seen: dict[str, Row] = {}
        self.new: list[Row] = []
        self.known: list[Row] = []
        self.repeated: list[Row] = []
        self.faults: list[RowFault] = []

    def read(self, number: int, cells: Sequence[Cell]) -> None:
        """Sort a row in."""
        entry, faults = self._entry(number, cells)
        url = entry.get("url")
        key = canonical_key(url) if isinstance(url, str) and fault_of(url) is None else None
        row = Row(number=number, entry=entry)
        if key is not None and key in self._known:
            self.known.append(row)  # whatever else the row says: nothing of it is used
            return
        if key is not None:
            faults += self._of_address(number, key, row)
        if faults:
            self.faults.extend(faults)
        elif key is not None and key in self._seen:
            self.repeated.append(row)
        elif key is not None:
            self.new.append(row)
        if key is not None:
            self._seen.setdefault(key, row)
        if entry.get("id"):
            self._ids.add(entry["id"])

    def _entry(self, number: int, cells: Sequence[Cell]) -> tuple[dict[str, Any], list[RowFault]]:
        """The fields of a row in the order in which entries have them, and its faults."""
        found: dict[str, Any] = {}
        faults = [
            RowFault(row=number, column=f"column {place + 1}", message=f"'{cell}' stands in a column without a name")
            for place, cell in enumerate(cells)
            if place not in self._named and str(cell).strip()
        ]
        for field, (place, name) in self._columns.items():
            try:
                value = value_of(field, cells[place] if place < len(cells) else "", self._vocabulary)
            except ValueError as fault:
                faults.append(RowFault(row=number, column=name, message=str(fault)))
                continue
            if value not in (None, "", []):
                found[field] = value
            elif field in REQUIRED:
                faults.append(RowFault(row=number, column=name, message="is empty; every material needs it"))
        faults.extend(self._of_entry(number, found))
        if isinstance(found.get("url"), str) and fault_of(found["url"]) is None:
            found["url"] = clean_url(found["url"])
        return {field: found[field] for field in _ORDER if field in found}, faults

    def _of_entry(self, number: int, entry: Mapping[str, Any]) -> Iterator[RowFault]:
        """What resources.yaml would find wrong with it, but for what is not there: that is told by its cell."""
        try:
            ResourceEntry.model_validate(entry)
        except ValidationError as error:
            for detail in error.errors():
                if detail["type"] == "missing":
                    continue
                field = str(detail["loc"][0])
                message = str(detail.get("ctx", {}).get("error") or detail["msg"])
                yield RowFault(row=number, column=self._name(field), message=message)
        if entry.get("id") in self._ids:
            yield RowFault(row=number, column=self._name("id"), message=f"'{entry['id']}' is taken; choose another")
        starts, ends = entry.get("starts") or "", entry.get("ends") or ""
        if ends and starts[: len(ends)] > ends[: len(starts)]:
            yield RowFault(row=number, column=self._name("ends"), message="lies before the first day; exchange them")

    def _of_address(self, number: int, key: str, row: Row) -> list[RowFault]:
        if key in self._withdrawn:
            message = "is withdrawn in resources.yaml; delete it there first, or this row"
            return [RowFault(row=number, column=self._name("url"), message=message)]
        first = self._seen.get(key)
        if first is not None and {**first.entry, "url": ""} != {**row.entry, "url": ""}:
            message = f"stands in row {first.number} already, with other values; keep one of them"
            return [RowFault(row=number, column=self._name("url"), message=message)]
        return []

    def _name(self, field: str) -> str:
        return self._columns[field][1] if field in self._columns else field
