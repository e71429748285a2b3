"""A table of materials into resources.yaml: what curators may write, what they are told, and all or nothing."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aardekast.curated import Curated, load_curated
from aardekast.curated.append import append_resources
from aardekast.curated.columns import COLUMNS, REQUIRED, field_of, value_of
from aardekast.curated.importing import Table, read_table
from aardekast.curated.sheet import read_sheet
from aardekast.errors import CuratedFileError, ImportFileError
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).parent / "materjalid.csv"
HEAD = "Pealkiri;Aadress;Liik;Sihtrühm"
GOOD = "Talgud;https://kysk.ee/talgud;Kogemuslugu;Kogukond"


Read = Callable[..., Table]


@pytest.fixture
def curated(folder: Path) -> Curated:
    return load_curated(Settings.load({}, resources=folder / "resources.yaml", vocabulary=ROOT / "vocabulary.yaml"))


@pytest.fixture
def read(tmp_path: Path, curated: Curated) -> Read:
    """Reads a table: its text, or the bytes of a file."""

    def of(text: str | bytes) -> Table:
        path = tmp_path / "tabel"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_table(path, curated)

    return of


def only(table: Table) -> dict[str, object]:
    assert not table.faults, table.faults
    [row] = table.new
    return dict(row.entry)


def said(table: Table) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.message) for fault in table.faults]


# What the command does


def test_the_example_is_imported_and_found(aardekast, folder: Path) -> None:
    before = (folder / "resources.yaml").read_text("utf-8").replace("withdrawn", "# Minu märkus\nwithdrawn")
    (folder / "resources.yaml").write_text(before, "utf-8")
    done = aardekast("import", str(EXAMPLE))
    assert (
        "(utf-8, separated by semicolons): 3 rows, 2 added, 1 known already, 0 repeated, 0 with faults." in done.stdout
    )
    written = (folder / "resources.yaml").read_text("utf-8")
    start, end = before.split("# Minu märkus")
    assert written.startswith(start)
    assert written.endswith("# Minu märkus" + end)
    assert "4 resources" in aardekast("check").stdout
    aardekast("index")
    hit = json.loads(aardekast("search", "külavanematele", "--json").stdout)["hits"][0]
    assert (hit["title"], hit["topics"]) == ("Külavanema käsiraamat", ["kulaelu", "eestvedamine"])
    again = aardekast("import", str(EXAMPLE))
    assert "0 to add, 3 known already" in again.stdout
    assert (folder / "resources.yaml").read_text("utf-8") == written


def test_faults_are_named_by_row_and_column_and_nothing_is_written(aardekast, folder: Path) -> None:
    before = (folder / "resources.yaml").read_bytes()
    faulty = "Naabrid;www.kysk.ee/x;Juhendmaterial;Kogukond"
    wrong = "'www.kysk.ee/x' does not start with http:// or https://; copy the whole address from the browser"
    (folder / "tabel.csv").write_text(f"{HEAD}\n{GOOD}\n\n{faulty}\n", "utf-8")
    for options in ((), ("--dry-run",)):
        done = aardekast("import", "tabel.csv", *options, code=2)
        assert done.stderr.splitlines() == [
            f"tabel.csv:4: Aadress: {wrong}",
            "tabel.csv:4: Liik: 'Juhendmaterial' is not in vocabulary.yaml; did you mean 'Juhendmaterjal'?",
        ]
        assert "2 rows, 1 to add, 0 known already, 0 repeated, 1 with faults." in done.stdout
        assert (folder / "resources.yaml").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["resources.yaml", "tabel.csv"]
    done = aardekast("import", "tabel.csv", "--skip-faulty")
    assert "1 added" in done.stdout
    assert "tabel.csv:4: Liik:" in done.stderr
    assert "https://kysk.ee/talgud" in (folder / "resources.yaml").read_text("utf-8")


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(aardekast, folder: Path) -> None:
    before = (folder / "resources.yaml").read_bytes()
    (folder / "tabel.csv").write_text(f"{HEAD};Märkused\n{GOOD};küsi Marilt\n", "utf-8")
    done = aardekast("import", "tabel.csv", "--dry-run")
    assert "tabel.csv:2: would be added: Talgud" in done.stdout
    assert "the column 'Märkused' is not read" in done.stdout
    assert "Nothing was written." in done.stdout
    assert (folder / "resources.yaml").read_bytes() == before


def test_programs_are_told_all_of_it(aardekast, folder: Path) -> None:
    known = "Kriis;http://www.kysk.ee/kriisiplaan/?utm_source=kiri;Artikkel;kov"
    (folder / "tabel.csv").write_text(f"{HEAD};Märkused\n{GOOD}\n{known}\n;https://kysk.ee/x;;kov\n", "utf-8")
    told = json.loads(aardekast("import", "tabel.csv", "--json", "--skip-faulty").stdout)
    assert told["new"] == [
        {
            "row": 2,
            "url": "https://kysk.ee/talgud",
            "title": "Talgud",
            "kind": "kogemuslugu",
            "audience": ["kogukond"],
        }
    ]
    assert [(fault["row"], fault["column"]) for fault in told["faults"]] == [(4, "Liik"), (4, "Pealkiri")]
    assert ([row["row"] for row in told["known"]], told["unread_columns"], told["rows"]) == ([3], ["Märkused"], 3)
    assert told["written_to"] == "resources.yaml"
    dry = json.loads(aardekast("import", "tabel.csv", "--json", "--dry-run", code=2).stdout)
    assert dry["written_to"] is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "tabel.csv:1: holds no rows", id="empty"),
        pytest.param(b"PK\x03\x04katki", "cannot be read as a spreadsheet", id="damaged"),
        pytest.param(
            tables.zipped({**tables.ods_parts([["Pealkiri"]]), "content.xml": "<a><b></a>"}),
            "cannot be read as a spreadsheet",
            id="damaged-inside",
        ),
        pytest.param(bytes(20), "is neither a table nor text", id="binary"),
        pytest.param(f'{HEAD}\n"Talgud;x\n'.encode(), "tabel.csv:2: quotes are opened", id="quotes"),
    ],
)
def test_a_file_that_is_no_table_is_told(content: bytes, message: str, aardekast, folder: Path) -> None:
    (folder / "tabel.csv").write_bytes(content)
    done = aardekast("import", "tabel.csv", code=2)
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_faulty_resources_file_is_mended_first(aardekast, folder: Path) -> None:
    path = folder / "resources.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Kaasav", "titel: Kaasav"), "utf-8")
    (folder / "tabel.csv").write_text(f"{HEAD}\n{GOOD}\n", "utf-8")
    assert "resources.yaml:11: key 'titel'" in aardekast("import", "tabel.csv", code=2).stderr
    assert "talgud" not in path.read_text("utf-8")


def test_of_several_entries_all_are_written_or_none(folder: Path) -> None:
    path = folder / "resources.yaml"
    before = path.read_bytes()
    configured = Settings.load({}, resources=path, vocabulary=ROOT / "vocabulary.yaml")
    right = {"url": "https://kysk.ee/a", "title": "A", "kind": "artikkel", "audience": ["kov"]}
    with pytest.raises(CuratedFileError, match="kind 'artikel'"):
        append_resources(configured, [right, {**right, "url": "https://kysk.ee/b", "kind": "artikel"}])
    assert path.read_bytes() == before
    assert [one.name for one in folder.iterdir()] == ["resources.yaml"]


# How a table may be saved


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        *[(encoding, ";") for encoding in ("utf-8", "utf-8-sig", "windows-1257", "windows-1252", "utf-16")],
        *[("utf-8", separator) for separator in (",", "\t")],
    ],
)
def test_csv_is_read_as_spreadsheets_save_it(encoding: str, separator: str, read: Read) -> None:
    text = f"{HEAD}\r\nŠõmeri külažürii õppetöö;https://kysk.ee/zurii;Artikkel;Kogukond\r\n".replace(";", separator)
    assert only(read(text.encode(encoding)))["title"] == "Šõmeri külažürii õppetöö"


def test_russian_of_old_windows_is_read(read: Read) -> None:
    text = "Title;URL;Kind;Audience\nПлан кризисной готовности деревни;https://kysk.ee/ru;Статья;Община\n"
    assert only(read(text.encode("windows-1251")))["title"] == "План кризисной готовности деревни"


def test_the_line_that_only_excel_reads_is_none(read: Read) -> None:
    table = read("sep=|\r\n" + HEAD.replace(";", "|") + "\r\n" + GOOD.replace(";", "|").replace("Kogemuslugu", "Lugu"))
    assert said(table)[0][:2] == (3, "Liik")


def test_quoted_cells_hold_separators_quotes_and_line_breaks(read: Read) -> None:
    row = '"Talgud; ""suured""\nja väikesed";https://kysk.ee/talgud;artikkel;"kov\nkogukond"'
    entry = only(read(f"{HEAD}\n{row}\n"))
    assert (entry["title"], entry["audience"]) == ('Talgud; "suured" ja väikesed', ["kov", "kogukond"])


ROWS = [
    [],
    ["Pealkiri", None, "Aadress", "Liik", "Sihtrühm", "Ilmunud", "Algus"],
    [],
    ["Talgud", None, "https://kysk.ee/talgud", "Koolitus", "kõik", 2023, date(2026, 9, 17)],
]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(tables.xlsx_of({"Peidus": [["x"]], "Tühi": [], "Leht": ROWS}, hidden=("Peidus",)), id="xlsx"),
        pytest.param(tables.ods_of(ROWS), id="ods"),
    ],
)
def test_spreadsheets_are_read_with_their_days_and_numbers(body: bytes, read: Read) -> None:
    table = read(body)
    entry = only(table)
    assert (entry["published"], entry["starts"]) == ("2023", "2026-09-17")
    assert entry["audience"] == ["arendaja", "kogukond", "kov"]
    assert (table.rows, table.new[0].number) == (1, 4)


def test_a_cell_at_the_other_end_of_the_sheet_is_told(read: Read) -> None:
    with zipfile.ZipFile(io.BytesIO(tables.xlsx_of({"Leht": ROWS}))) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    stray = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"
    parts[name] = parts[name].replace("</sheetData>", stray)
    with pytest.raises(ImportFileError, match=r"tabel:1048576: a cell far from the table .*\(XFD1048576\)"):
        read(tables.zipped(parts))


def test_other_sheets_are_named(read: Read) -> None:
    body = tables.xlsx_of({"Leht": ROWS, "Vanad": ROWS})
    assert read(body).read_as == "sheet 'Leht', not: Vanad"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_a_spreadsheet_crash_its_reader(data: st.DataObject, tmp_path: Path) -> None:
    body = bytearray(data.draw(st.sampled_from([tables.xlsx_of({"Leht": ROWS}), tables.ods_of(ROWS)])))
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=5)):
        body[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(bytes(body[: data.draw(st.integers(4, len(body)))]))
    with suppress(ImportFileError):
        assert read_sheet(path).rows


# What may stand in it


@pytest.mark.parametrize("field", COLUMNS)
def test_columns_are_known_by_every_name_of_the_docs(field: str) -> None:
    text = (ROOT / "docs" / "import.md").read_text("utf-8")
    row = re.search(rf"\| `{field}` \| ([^|]+) \| (yes|no) \|", text)
    assert row is not None, f"docs/import.md does not say what the column of {field} may be called"
    names = [name.strip() for name in row[1].split(",")]
    assert names == list(COLUMNS[field])
    assert (row[2] == "yes") == (field in REQUIRED)
    for name in names:
        assert {field_of(name), field_of(f" {name.upper()}*"), field_of(f"{name}:")} == {field}


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (f"{HEAD};Väljandja", "Väljandja: is no known column; did you mean 'väljaandja'?"),
        (f"{HEAD};Title", "Title: says the same as the column 'Pealkiri'; keep one of them"),
        ("Pealkiri;Aadress;Liik", "sihtrühm: there is no such column; add it (or 'audience')"),
    ],
)
def test_what_is_wrong_with_the_head_is_told(head: str, said: str, read: Read) -> None:
    with pytest.raises(ImportFileError, match=re.escape(f"tabel:1: {said}")):
        read(f"{head}\n{GOOD}\n")


def test_a_title_above_the_names_of_the_columns_is_no_row(read: Read) -> None:
    table = read(f"Materjalid 2026;;;\n;;;\nMari tegi;nimi;;\n{HEAD}\n;;;\n{GOOD}\n")
    assert ([row.number for row in table.new], table.rows) == ([6], 1)
    assert table.read_as.endswith("names of columns in row 4")


def test_plurals_and_hints_in_brackets_do_not_matter(read: Read) -> None:
    assert only(read(f"Pealkiri (kohustuslik);Aadress;Liik;Sihtrühm(ad)\n{GOOD}\n"))["audience"] == ["kogukond"]


def test_a_mistyped_column_is_not_called_missing_too(read: Read) -> None:
    with pytest.raises(ImportFileError) as fault:
        read(f"Pealkri;Aadress;Liik;Sihtrühm\n{GOOD}\n")
    assert str(fault.value).count("\n") == 0


VALUES = [
    pytest.param("audience", "Kogukond; kov", ["kogukond", "kov"], id="labels-and-slugs"),
    pytest.param("audience", "Local government|COMMUNITY", ["kov", "kogukond"], id="english"),
    pytest.param("audience", "kõik", ["arendaja", "kogukond", "kov"], id="everybody"),
    pytest.param("topics", "Heaolu, tervis ja põlvkonnad", ["heaolu-polvkonnad"], id="a-label-with-a-comma"),
    pytest.param("topics", "kaasamine, rahastus", ["kaasamine", "rahastus"], id="commas"),
    pytest.param(
        "topics",
        "kaasamine, Heaolu, tervis ja põlvkonnad, rahastus",
        ["kaasamine", "heaolu-polvkonnad", "rahastus"],
        id="a-label-with-a-comma-among-others",
    ),
    pytest.param("audience", "kogukond / kov", ["kogukond", "kov"], id="slash"),
    pytest.param("topics", "Rahastus ja toetused;rahastus", ["rahastus"], id="twice"),
    pytest.param("counties", "Tartumaa\nVõru maakond; polva", ["tartu", "voru", "polva"], id="counties"),
    pytest.param("kind", "teadusartikkel voi uuring", "teadusartikkel", id="without-marks"),
    pytest.param("language", "eesti keel", "et", id="language"),
    pytest.param("language", "Russian", "ru", id="language-in-english"),
    pytest.param("keywords", "talgud, naabrid; küla", ["talgud", "naabrid", "küla"], id="keywords"),
    pytest.param("authors", "Mari Tamm; Jaan Kask", ["Mari Tamm", "Jaan Kask"], id="authors"),
    pytest.param("harvest", "ei", False, id="no"),
    pytest.param("harvest", "Jah", True, id="yes"),
    pytest.param("published", "2026", "2026", id="year"),
    pytest.param("published", 2026.0, "2026", id="number"),
    pytest.param("published", "17.09.2026", "2026-09-17", id="estonian-day"),
    pytest.param("published", "9.2026", "2026-09", id="estonian-month"),
    pytest.param("published", "september 2026", "2026-09", id="named-month"),
    pytest.param("published", "17. septembril 2026. a", "2026-09-17", id="named-day"),
    pytest.param("published", "Märts 2026", "2026-03", id="march"),
    pytest.param("published", "17 Sept 2026", "2026-09-17", id="short-month"),
    pytest.param("published", "2026-09", "2026-09", id="iso"),
    pytest.param("published", "", None, id="empty"),
    pytest.param("title", "  Kaks \u00a0 sõna\n", "Kaks sõna", id="spaces"),
    pytest.param("title", 112, "112", id="a-number-as-a-title"),
]


@pytest.mark.parametrize(("field", "cell", "value"), VALUES)
def test_cells_are_read_as_curators_write_them(field: str, cell: str, value: object, curated: Curated) -> None:
    assert value_of(field, cell, curated.vocabulary) == value


@pytest.mark.parametrize(
    ("field", "cell", "message"),
    [
        ("published", "31.02.2026", "'31.02.2026' is not a date; write 2026, 09.2026 or 17.09.2026"),
        ("published", "17/09/2026", "'17/09/2026' is not a date; write 2026"),
        ("published", "ju 2026", "is not a date"),
        ("published", 45000, "'45000' is not a date"),
        ("topics", "Kaasamine ja osalsu", "did you mean 'Kaasamine ja osalus'?"),
        ("kind", "qqq", "use one of: Juhendmaterjal; Artikkel"),
        ("language", "klingoni", "'klingoni' is not known; use one of: et, en"),
        ("harvest", "vahel", "write jah or ei"),
    ],
)
def test_a_value_that_is_not_understood_says_what_to_write(
    field: str, cell: str, message: str, curated: Curated
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        value_of(field, cell, curated.vocabulary)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(COLUMNS)), st.text() | st.floats() | st.integers() | st.booleans() | st.datetimes())
def test_whatever_stands_in_a_cell_is_a_value_or_a_fault(field: str, cell: str) -> None:
    with suppress(ValueError):
        value = value_of(field, cell, Vocabulary())
        assert isinstance(value, str | list | bool | None)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(";https://a.ee/1;artikkel;kov", ("Pealkiri", "is empty; every material needs it"), id="empty"),
        pytest.param("A;kysk.ee;artikkel;kov", ("Aadress", "does not start with http"), id="no-address"),
        pytest.param("A;https://scribd.com/a;artikkel;kov", ("Aadress", "copies other people's"), id="mirror"),
        pytest.param("A;https://a.ee/1;artikkel;kov;;;x", ("column 7", "without a name"), id="too-many-cells"),
        pytest.param("A;https://a.ee/1;artikkel;kov;2026-05;2026-04-30", ("lõpp", "before the first day"), id="days"),
    ],
)
def test_a_row_with_a_fault_names_its_column(row: str, fault: tuple[str, str], read: Read) -> None:
    [(number, column, message)] = said(read(f"{HEAD};algus;lõpp\n{row}\n"))
    assert (number, column) == (2, fault[0])
    assert fault[1] in message


def test_a_month_holds_its_days(read: Read) -> None:
    assert not read(f"{HEAD};algus;lõpp\n{GOOD};2026-09-17;2026-09\n").faults


def test_twice_in_the_table_is_left_out_once_or_a_fault(read: Read) -> None:
    same = GOOD.replace("https://kysk.ee/talgud", "http://www.kysk.ee/talgud/")
    table = read(f"{HEAD}\n{GOOD}\n{same}\n{GOOD.replace('Talgud', 'Muu')}\n")
    assert ([row.number for row in table.new], [row.number for row in table.repeated]) == ([2], [3])
    assert said(table) == [(4, "Aadress", "stands in row 2 already, with other values; keep one of them")]


def test_an_id_that_is_taken_and_a_withdrawn_address_are_faults(folder: Path, tmp_path: Path) -> None:
    path = folder / "resources.yaml"
    text = path.read_text("utf-8").replace("withdrawn: []", "withdrawn: ['https://kysk.ee/vana']")
    path.write_text(
        text.replace("- url: https://kysk.ee/eelarve", "- id: eelarve\n    url: https://kysk.ee/eelarve"), "utf-8"
    )
    known = load_curated(Settings.load({}, resources=path, vocabulary=ROOT / "vocabulary.yaml"))
    rows = [
        "A;https://a.ee/1;artikkel;kov;eelarve",
        "B;https://kysk.ee/vana/;artikkel;kov;",
        *[f"C;https://a.ee/{n};artikkel;kov;c" for n in (2, 3)],
    ]
    (tmp_path / "tabel.csv").write_text("\n".join([f"{HEAD};tunnus", *rows]), "utf-8")
    assert said(read_table(tmp_path / "tabel.csv", known)) == [
        (2, "tunnus", "'eelarve' is taken; choose another"),
        (3, "Aadress", "is withdrawn in resources.yaml; delete it there first, or this row"),
        (5, "tunnus", "'c' is taken; choose another"),
    ]
