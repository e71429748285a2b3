"""A CSV file or spreadsheet as rows of cells, numbered as spreadsheet programs number them. Knows nothing of materials.

CSV as Excel, LibreOffice and Google write it: separated by semicolons, commas or tabs; UTF-8 with or without its mark,
UTF-16, or an encoding of old Windows. XLSX, XLS and ODS by python-calamine, which reads them all.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from aardekast.errors import ImportFileError

MOST_ROWS = 10_000  # more materials than all sites of the field have
MOST_BYTES = 50 << 20  # of the file, and a spreadsheet's parts have no more than four times as many
MOST_CELLS = 5_000_000  # between the first and the last that holds something; calamine takes 32 bytes for each
Cell = str | int | float | bool | date | datetime | time | timedelta
_SHEETS = "xl/worksheets/"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PACKED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEPARATORS = (";", "\t", ",")
_NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # a first line that only Excel reads
_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, RuntimeError, ValueError)
# š and ž, where the Baltic code page has signs that stand alone, and the other way round.
_WESTERN, _BALTIC = re.compile(rb"[\x8a\x8e\x9a\x9e]"), re.compile(rb"[\xd0\xde\xf0\xfe]")
_LETTERS_ALONE = re.compile(rb"[\xc0-\xff]{3,}")  # Russian words; õäöüšž never stand three together


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`rows` are those that hold something, each with its number; `read_as` says how the file was understood."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    read_as: str


def read_sheet(path: Path) -> Sheet:
    """The rows of a file. Raises ImportFileError where it is none that can be read, OSError where it cannot be had."""
    if path.stat().st_size > MOST_BYTES:
        raise ImportFileError(f"{path}:1: is larger than {MOST_BYTES >> 20} MB; split it into several files")
    body = path.read_bytes()
    if body.startswith((_PACKED, _OLE)):
        return _of_workbook(path, body)
    return _of_text(path, body)


def _of_workbook(path: Path, body: bytes) -> Sheet:
    try:
        if body.startswith(_PACKED):
            _refuse_bomb_and_damage(path, body)
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
            for name in visible:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
                if kept := _numbered(path, rows):
                    others = [other for other in visible if other != name]
                    return Sheet(
                        rows=kept, read_as=f"sheet '{name}'" + (f", not: {', '.join(others)}" if others else "")
                    )
    except PasswordError as fault:
        raise ImportFileError(f"{path}:1: wants a password; save it without one") from fault
    except (CalamineError, *_DAMAGE) as fault:
        message = f"{path}:1: cannot be read as a spreadsheet ({fault}); save it as XLSX, ODS or CSV"
        raise ImportFileError(message) from fault
    raise ImportFileError(f"{path}:1: holds no rows")


def _refuse_bomb_and_damage(path: Path, body: bytes) -> None:
    """calamine reads whatever size is packed, has room for each cell up to the last one, however far away, and never
    ends with an ODS whose XML does not (0.9.1).

    Raises what zipfile and expat raise of damage.
    """
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > 4 * MOST_BYTES:
            raise ImportFileError(f"{path}:1: is larger than {4 * MOST_BYTES >> 20} MB unpacked; save it as CSV")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                extent = _Extent()
                with packed.open(part) as xml:
                    extent.parser().ParseFile(xml)
                if part.filename.startswith(_SHEETS) and extent.is_too_wide:
                    message = f"a cell far from the table holds something ({extent.last}); delete what is there"
                    raise ImportFileError(f"{path}:{extent.rows}: {message}")


class _Extent:
    """How far the cells of an XLSX sheet reach that hold something."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.last = ""
        self._cell = ""

    @property
    def is_too_wide(self) -> bool:
        return self.rows * self.columns > MOST_CELLS

    def parser(self) -> expat.XMLParserType:
        """A parser that takes its measure."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        return parser

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell = attributes.get("r", "")
        elif name in ("v", "is", "f") and not self.is_too_wide and (match := _PLACE.fullmatch(self._cell)):
            self.rows = max(self.rows, int(match[2]))
            self.columns = max(self.columns, _column(match[1]))
            self.last = self._cell


def _column(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _of_text(path: Path, body: bytes) -> Sheet:
    encoding = _encoding_of(body)
    text = body.decode(encoding, "replace").lstrip("\ufeff")
    if "\0" in text:
        raise ImportFileError(f"{path}:1: is neither a table nor text; save it as XLSX, ODS or CSV")
    named = _NAMED_SEPARATOR.match(text)
    separator = named[1] if named else _separator_of(text)
    if named:  # the line stays, empty, so that rows have the numbers that Excel shows
        text = "\n" + text[named.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                break
    except csv.Error as fault:
        message = (
            f"{path}:{len(rows) + 1}: quotes are opened and not closed as they should be ({fault}); mend or delete them"
        )
        raise ImportFileError(message) from fault
    kept = _numbered(path, rows)
    if not kept:
        raise ImportFileError(f"{path}:1: holds no rows")
    shown = {"\t": "tabs", ";": "semicolons", ",": "commas"}.get(separator, repr(separator))
    return Sheet(rows=kept, read_as=f"{encoding}, separated by {shown}")


def _numbered(path: Path, rows: Iterable[Iterable[Cell]]) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    kept = tuple((number, tuple(row)) for number, row in _filled(rows))
    if kept and kept[-1][0] > MOST_ROWS + 1:
        raise ImportFileError(f"{path}:{kept[-1][0]}: has more than {MOST_ROWS} rows; split it into several files")
    return kept


def _filled(rows: Iterable[Iterable[Cell]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        if any(not isinstance(cell, str) or cell.strip() for cell in cells):
            yield number, cells


def _encoding_of(body: bytes) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    high = sum(byte >= 0xC0 for byte in body)
    if sum(map(len, _LETTERS_ALONE.findall(body))) > high / 2:
        return "windows-1251"
    return "windows-1252" if len(_WESTERN.findall(body)) > len(_BALTIC.findall(body)) else "windows-1257"


def _separator_of(text: str) -> str:
    """What stands most often between the names of the columns, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=bare.count)
