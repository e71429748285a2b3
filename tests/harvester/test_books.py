"""Books (EPUB): chapters in the order of the spine, what the package says, and files that cannot be read."""

from __future__ import annotations

import random
from pathlib import Path

import books
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.extraction.kinds import is_media
from harvester.extraction.packed import MOST_UNPACKED
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract

EPUB = "application/epub+zip"
TEXT = "Külavanem kutsub naabrid kokku ja lepib kokku tööd."


def read(body: bytes, content_type: str = EPUB) -> Extract:
    found = extract(Raw(url="https://naide.ee/raamat", body=body, content_type=content_type))
    assert isinstance(found, Extract), found
    return found


def reason(body: bytes, content_type: str = EPUB) -> str:
    found = extract(Raw(url="https://naide.ee/raamat", body=body, content_type=content_type))
    assert isinstance(found, NoExtract), found
    return found.reason


def test_chapters_come_in_the_order_of_the_spine_each_heading_a_passage() -> None:
    chapters = {"b": f"<h1>Talgud</h1><p>{TEXT}</p>", "a": "<h1>Algus</h1><h2>Kes aitab</h2><p>Naaber&nbsp;aitab.</p>"}
    found = read(books.epub_of(chapters, spine=["a", "b"]))
    assert found.text.splitlines() == ["Algus", "Kes aitab", "Naaber aitab.", "Talgud", TEXT]
    assert [passage.heading for passage in found.passages] == ["Algus", "Kes aitab", "Talgud"]
    assert found.text[found.passages[2].offset :].startswith("Talgud")
    assert (found.format, found.title) == ("epub", "Algus")


def test_the_package_says_title_authors_language_date_rights_publisher_and_keywords() -> None:
    metadata = (
        "<dc:title>Külavanema käsiraamat</dc:title><dc:creator opf:role='aut'>Tamm, Mari</dc:creator>"
        "<dc:creator id='t'>Jaan Kask</dc:creator><meta refines='#t' property='role'>trl</meta>"
        "<dc:creator>Eesti Külaliikumine Kodukant</dc:creator><dc:language>et-EE</dc:language>"
        "<dc:date opf:event='modification'>2024-02-02</dc:date><dc:date>2021-05-01T00:00:00Z</dc:date>"
        "<dc:rights>CC BY 4.0</dc:rights><dc:publisher>Kodukant</dc:publisher>"
        "<dc:subject>külavanem</dc:subject><dc:subject>talgud</dc:subject>"
        "<dc:description>&lt;p&gt;Kuidas &lt;b&gt;alustada&lt;/b&gt;.&lt;/p&gt;</dc:description>"
    )
    found = read(books.epub_of({"a": f"<p>{TEXT}</p>"}, metadata=metadata))
    assert found.title == "Külavanema käsiraamat"
    assert found.authors == ("Mari Tamm", "Eesti Külaliikumine Kodukant")
    assert (found.language, found.published, found.licence) == ("et", "2021-05-01", "CC BY 4.0")
    assert (found.publisher, found.keywords) == ("Kodukant", ("külavanem", "talgud"))
    assert found.description == "Kuidas alustada."


NAV = (
    '<item id="i-n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
    {"OEBPS/nav.xhtml": books.chapter("<nav epub:type='toc'><ol><li><a href='a.xhtml#x'>Algus</a></li></ol></nav>")},
)
NCX = (
    '<item id="i-n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    {
        "OEBPS/toc.ncx": '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx.dtd">'
        "<ncx><navMap><navPoint><navLabel><text>Algus</text></navLabel><content src='a.xhtml'/></navPoint></navMap>"
        "</ncx>"
    },
)


@pytest.mark.parametrize(("items", "parts"), [pytest.param(*NAV, id="epub-3"), pytest.param(*NCX, id="epub-2")])
def test_a_chapter_whose_heading_is_a_picture_is_called_as_the_contents_call_it(
    items: str, parts: dict[str, str]
) -> None:
    body = books.epub_of({"a": f"<p><img src='x.png'/></p><p>{TEXT}</p>"}, items=items, parts=parts, toc="i-n")
    found = read(body)
    assert (found.text, [passage.heading for passage in found.passages]) == (f"Algus\n{TEXT}", ["Algus"])


def test_what_stands_beside_the_chapters_is_no_text() -> None:
    items, parts = NAV
    menu = "<section epub:type='toc'><p>Sisukord</p></section><nav><a href='a.xhtml'>Edasi</a></nav>"
    body = books.epub_of({"a": f"{menu}<h1>Algus</h1><p>{TEXT}</p>"}, spine=["n", "a"], items=items, parts=parts)
    assert read(body).text == f"Algus\n{TEXT}"


def encryption(method: str) -> dict[str, str]:
    names = 'xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"'
    data = f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{method}"/></enc:EncryptedData>'
    return {"META-INF/encryption.xml": f"<encryption {names}>{data}</encryption>"}


def test_a_book_under_drm_is_a_counted_reason_and_scrambled_fonts_are_none() -> None:
    chapters = {"a": f"<p>{TEXT}</p>"}
    assert (
        reason(books.epub_of(chapters, parts=encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc")))
        == "book that is encrypted (DRM)"
    )
    assert read(books.epub_of(chapters, parts=encryption("http://www.idpf.org/2008/embedding"))).text == TEXT


GOOD = books.epub_of({"a": f"<h1>Algus</h1><p>{TEXT}</p>"}, metadata="<dc:title>Algus</dc:title>")
ENTITIES = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(books.epub_of({"a": " " * MOST_UNPACKED}), "book that is larger than 30 MB unpacked", id="bomb"),
        pytest.param(
            books.epub_of({"a": " " * (MOST_UNPACKED // 4)}, spine=["a"] * 20),
            "book that is larger than 100 MB unpacked",
            id="many-chapters",
        ),
        pytest.param(GOOD[: len(GOOD) // 2], "book that is damaged or cut off", id="cut"),
        pytest.param(books.zipped({"mimetype": EPUB}), "book that is damaged or cut off", id="no-container"),
        pytest.param(
            books.epub_of({}, parts={"META-INF/container.xml": "<container/>"}),
            "book that names no package, or is damaged",
            id="no-package",
        ),
        pytest.param(
            books.epub_of({}, parts={"META-INF/container.xml": ENTITIES}),
            "book that declares entities, which no word processor does",
            id="entities",
        ),
        pytest.param(books.epub_of({"a": "<p><img src='x'/></p>"}), "book without text", id="only-pictures"),
        pytest.param(b"<!doctype html>Logi sisse", f"not a page: says {EPUB}, but is something else", id="login"),
    ],
)
def test_a_book_that_cannot_be_read_says_why(body: bytes, said: str) -> None:
    assert reason(body) == said


def test_an_entity_in_a_chapter_brings_nothing_in() -> None:
    parts = {"OEBPS/a.xhtml": '<!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/hostname">]><p>Enne &b; pärast</p>'}
    assert "pärast" in read(books.epub_of({"a": ""}, parts=parts)).text
    assert Path("/etc/hostname").read_text().strip() not in read(books.epub_of({"a": ""}, parts=parts)).text


@pytest.mark.parametrize("content_type", ["application/zip", "text/html", "application/octet-stream", ""])
def test_what_the_server_says_of_a_book_does_not_matter(content_type: str) -> None:
    assert read(GOOD, content_type).format == "epub"
    assert not is_media("application/zip", "https://naide.ee/raamat.epub")


def test_a_book_whose_type_does_not_come_first_is_a_book() -> None:
    parts = {"META-INF/container.xml": books.CONTAINER, "OEBPS/raamat.opf": "<package/>"}
    assert reason(books.zipped({**parts, "mimetype": EPUB}), "") == "book without text"


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_no_damage_makes_a_book_crash_its_reader(seed: int) -> None:
    damaged, chance = bytearray(GOOD), random.Random(seed)
    for _ in range(4):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    found = extract(Raw(url="https://naide.ee/", body=bytes(damaged[: chance.randrange(40, len(damaged))])))
    assert isinstance(found, Extract) or found.outcome == "rejected"
