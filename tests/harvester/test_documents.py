"""Word and OpenDocument files, plain text, PDF titles; and files that are damaged, hostile or not what they say."""

from __future__ import annotations

import random
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.extraction.kinds import is_media
from harvester.extraction.packed import MOST_UNPACKED
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "Külavanem kutsub naabrid kokku, lepib kokku tööd ja hoolitseb, et keegi ei jääks üksi."


def _load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"made_{name}", Path(__file__).parents[1] / "sites" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


office, pdf = _load("office"), _load("pdf")


def read(body: bytes, content_type: str = "", url: str = "https://naide.ee/fail") -> Extract:
    found = extract(Raw(url=url, body=body, content_type=content_type))
    assert isinstance(found, Extract), found
    return found


def reason(body: bytes, content_type: str = "", url: str = "https://naide.ee/fail") -> str:
    found = extract(Raw(url=url, body=body, content_type=content_type))
    assert isinstance(found, NoExtract), found
    return found.reason


def test_a_word_file_is_read_with_its_headings() -> None:
    blocks = [("Tiitel", "Külavanema meelespea"), ("Pealkiri1", "Alustamine"), ("", TEXT), ("Pealkiri2", "Talgud")]
    found = read(office.docx_of([*blocks, ("", TEXT)], title="meelespea_v3.docx", author="Mari Tamm"), DOCX)
    assert (found.title, found.authors, found.format) == ("Külavanema meelespea", ("Mari Tamm",), "docx")
    assert [passage.heading for passage in found.passages] == ["Alustamine", "Talgud"]
    assert found.text[found.passages[1].offset :] == f"Talgud\n{TEXT}"


def test_an_opendocument_text_is_read_with_its_headings() -> None:
    blocks = [(1, "Alustamine"), (0, TEXT), (2, "Talgud"), (0, TEXT)]
    found = read(office.odt_of(blocks, title="Külavanema meelespea", author="Mari Tamm"), ODT)
    assert (found.title, found.authors, found.format) == ("Külavanema meelespea", ("Mari Tamm",), "odt")
    assert [passage.heading for passage in found.passages] == ["Alustamine", "Talgud"]
    assert found.text[found.passages[1].offset :] == f"Talgud\n{TEXT}"


def test_in_a_word_file_rows_are_lines_and_what_was_deleted_is_gone() -> None:
    row = "<w:tr>{}</w:tr>".format(
        "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("Jaanuar", "Koosolek"))
    )
    deleted = "<w:p><w:del><w:r><w:delText>vana</w:delText><w:t>vana</w:t></w:r></w:del><w:r><w:t>uus</w:t></w:r></w:p>"
    split = "<w:p><w:r><w:t>küla</w:t></w:r><w:r><w:t>vanem</w:t><w:br/><w:t>aitab</w:t></w:r></w:p>"
    found = read(office.docx_of([("", TEXT)], body=f"<w:tbl>{row}</w:tbl>{deleted}{split}"))
    assert found.text.splitlines() == ["Jaanuar · Koosolek", "uus", "külavanem aitab", TEXT]


def test_a_table_of_contents_is_no_text() -> None:
    lines = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Alustamine 3</w:t></w:r></w:p>'
    assert "Alustamine 3" not in read(office.docx_of([("", TEXT)], body=lines)).text
    inside = "<text:index-body><text:p>Alustamine 3</text:p></text:index-body>"
    lines = f"<text:table-of-content>{inside}</text:table-of-content>"
    assert "Alustamine 3" not in read(office.odt_of([(0, TEXT)], body=lines)).text


def test_plain_text_has_its_first_line_for_a_title() -> None:
    found = read(f"Külavanema meelespea\n\nKülavanem kutsub\nnaabrid kokku.\n\n{TEXT}".encode(), "text/plain")
    assert (found.title, found.format) == ("Külavanema meelespea", "txt")
    assert found.text.splitlines() == ["Külavanema meelespea", "Külavanem kutsub naabrid kokku.", TEXT]


@pytest.mark.parametrize(
    "declared",
    ["Microsoft Word - juhend.doc", "juhend_2019_v3", "PowerPoint Presentation", "Slide 1", "C:\\Temp\\juhend\\a", "7"],
)
def test_a_title_that_a_program_wrote_is_not_the_title_of_a_pdf(declared: str) -> None:
    assert read(pdf.pdf_of([["Küla kriisiplaan", TEXT]], title=declared)).title == "Küla kriisiplaan"


def test_without_a_declared_title_the_largest_line_of_a_pdf_is_its_title() -> None:
    body = pdf.pdf_of([["Siseministeerium", "Kriisiks valmis", "kogukond", TEXT, TEXT]])
    stream = b"(Siseministeerium) Tj T* /F1 24 Tf (Kriisiks valmis) Tj T* (kogukond) Tj /F1 11 Tf"
    body = body.replace(b"(Siseministeerium) Tj T* (Kriisiks valmis) Tj T* (kogukond) Tj", stream)
    assert read(body).title == "Kriisiks valmis kogukond"


def test_a_scanned_pdf_is_said_to_have_no_text() -> None:
    assert reason(pdf.pdf_of([[], []])) == "PDF without text (a scan)"


GOOD = office.docx_of([("", TEXT)])


@pytest.mark.parametrize(
    ("body", "content_type", "format_"),
    [
        pytest.param(pdf.pdf_of([[TEXT]]), "text/html", "pdf", id="pdf-as-html"),
        pytest.param(GOOD, "application/zip", "docx", id="docx-as-zip"),
        pytest.param(GOOD, "text/html; charset=utf-8", "docx", id="docx-as-html"),
        pytest.param(office.odt_of([(0, TEXT)]), "application/octet-stream", "odt", id="odt-as-anything"),
        pytest.param(f"<!doctype html><title>Küla</title><p>{TEXT}".encode(), "text/plain", "html", id="html-as-text"),
        pytest.param(b"WEBVTT\n\n00:01.000 --> 00:02.000\nTere", "text/plain", "vtt", id="captions-as-text"),
    ],
)
def test_what_a_file_is_counts_before_what_the_server_says(body: bytes, content_type: str, format_: str) -> None:
    assert read(body, content_type).format == format_


def test_an_address_only_speaks_where_nothing_else_does() -> None:
    assert read(TEXT.encode(), "application/octet-stream", "https://naide.ee/a.txt").format == "txt"
    assert reason(TEXT.encode(), "application/octet-stream") == "not a page: application/octet-stream"
    assert is_media("application/zip")
    assert not is_media("application/zip", "https://naide.ee/Juhend.DOCX?v=2")


BOMB = office.packed({"word/document.xml": bytes(MOST_UNPACKED + 1)})
NO_PAGE = "not a page:"
ENTITIES = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("body", "content_type", "said"),
    [
        pytest.param(BOMB, DOCX, "Word file that is larger than 30 MB unpacked", id="bomb"),
        pytest.param(GOOD[: len(GOOD) // 2], DOCX, "Word file that is damaged or cut off", id="cut"),
        pytest.param(
            office.packed({"word/document.xml": "<w:document"}), DOCX, "Word file that is damaged or cut off", id="xml"
        ),
        pytest.param(
            office.packed({"word/document.xml": ENTITIES}),
            DOCX,
            "Word file that declares entities, which no word processor does",
            id="entities",
        ),
        pytest.param(
            b"<!doctype html><p>Logi sisse", DOCX, f"{NO_PAGE} says {DOCX}, but is something else", id="login"
        ),
        pytest.param(
            office.packed({"xl/workbook.xml": "<a/>"}),
            "",
            "not a page: an archive or a table",
            id="xlsx",
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "", "not a page: an old Office file", id="doc"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            DOCX,
            "Word file that wants a password",
            id="password",
        ),
        pytest.param(b"{\\rtf1 Tere}", "text/plain", "not a page: rich text (RTF)", id="rtf"),
        pytest.param(office.docx_of([("", " ")]), DOCX, "document without text", id="empty"),
        pytest.param(b"WEBVTT\n\nNOTE tere", "text/vtt", "captions without text", id="no-captions"),
        pytest.param(b"%PDF-1.7\n%cut", "text/html", "PDF that cannot be read", id="cut-pdf"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(body: bytes, content_type: str, said: str) -> None:
    assert reason(body, content_type) == said


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([GOOD, office.odt_of([(1, TEXT)])]), st.integers(0, 2**32))
def test_no_damage_makes_a_document_crash_its_reader(body: bytes, seed: int) -> None:
    damaged, chance = bytearray(body), random.Random(seed)
    for _ in range(4):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    found = extract(Raw(url="https://naide.ee/", body=bytes(damaged[: chance.randrange(40, len(damaged))])))
    assert isinstance(found, Extract) or found.outcome == "rejected"


OTHER = "Naabrivalve algab sellest, et trepikojas teatakse üksteise nimesid ja kellel on võti varuks."
SAID = (
    "Tere tulemast meie esimesele veebiseminarile, kus räägime külade kriisiplaanidest.",
    "Kõigepealt vaatame, kuidas Võrumaal generaatorid ja kaevud kaardile said.",
    "Lõpuks küsimused: kirjutage need vestlusesse, vastame kõigile järgmisel nädalal.",
)


def test_documents_and_captions_of_a_site_become_resources(make_site: Any, make_home: Any, yaml: Any) -> None:
    """Whatever the server says of them: this one takes all for pages."""
    site = make_site("bare")
    cues = "".join(f"00:0{n}:00.000 --> 00:0{n}:09.000\n{SAID[n]}\n\n" for n in range(3))
    site.changed |= {
        "/meelespea.docx": office.docx_of([("Pealkiri1", "Alustamine"), ("", TEXT * 3)], title="Külavanema meelespea"),
        "/naabrid.odt": office.odt_of([(1, "Naabrid"), (0, f"{OTHER} {OTHER.upper()}")]),
        "/koosolek.vtt": f"WEBVTT\n\n{cues}".encode(),
        "/pomm.docx": BOMB,
    }
    paths = [path for path in site.changed if "." in path]
    site.changed["/failid.xml"] = "".join(
        ["<urlset>", *(f"<url><loc>{site.base}{path}</loc></url>" for path in paths), "</urlset>"]
    ).encode()
    home = make_home(yaml.file([yaml.source("failid", f"{site.base}/failid.xml", type="sitemap")]))
    home.harvest(source_ids=["failid"])
    found = home.resources()
    assert {path: (r.format, r.title, len(r.passages)) for path, r in found.items()} == {
        "/meelespea.docx": ("docx", "Külavanema meelespea", 1),
        "/naabrid.odt": ("odt", "Naabrid", 1),
        "/koosolek.vtt": ("vtt", "koosolek", 3),
    }
    assert [passage.label for passage in found["/koosolek.vtt"].passages] == ["0:00", "1:00", "2:00"]
    reason = "Word file that is larger than 30 MB unpacked"
    assert home.reasons("failid") == {"/pomm.docx": ("rejected", reason)}
