"""Presentations (PPTX): what is shown, in its order, with what the speaker noted; and files that are no such thing."""

from __future__ import annotations

import random
from typing import Any

import books
import pytest
import slides
from hypothesis import given, settings
from hypothesis import strategies as st

from aardekast.resource import Source
from harvester.extraction.kinds import is_media
from harvester.extraction.packed import MOST_UNPACKED, MOST_UNPACKED_IN_ALL
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract
from harvester.spiders.scope import Scope

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "Külavanem kutsub naabrid kokku ja lepib kokku tööd."


Slide = slides.Slide


def read(body: bytes, content_type: str = PPTX, url: str = "https://naide.ee/esitlus") -> Extract:
    found = extract(Raw(url=url, body=body, content_type=content_type))
    assert isinstance(found, Extract), found
    return found


def reason(body: bytes, content_type: str = PPTX, url: str = "https://naide.ee/esitlus") -> str:
    found = extract(Raw(url=url, body=body, content_type=content_type))
    assert isinstance(found, NoExtract), found
    return found.reason


def test_slides_come_in_the_order_of_the_presentation_each_a_passage() -> None:
    body = slides.pptx_of(
        [Slide(title="Rahastus", lines=("Omaalgatuse programm",)), Slide(title="Algus", lines=(TEXT,)), Slide()],
        order=[1, 0, 2],
    )
    found = read(body)
    assert found.text.splitlines() == ["Algus", TEXT, "Rahastus", "Omaalgatuse programm"]
    assert [(p.label, p.fragment) for p in found.passages] == [
        ("slaid 1: Algus", "#slide=1"),
        ("slaid 2: Rahastus", "#slide=2"),
    ]
    assert found.text[found.passages[1].offset :].startswith("Rahastus")
    assert (found.format, found.pages, found.title) == ("pptx", 3, "Algus")


def test_a_slide_without_a_title_is_a_passage_too() -> None:
    found = read(slides.pptx_of([Slide(title="Algus"), Slide(lines=(TEXT,))]))
    assert [passage.label for passage in found.passages] == ["slaid 1: Algus", "slaid 2"]


def test_a_hidden_slide_is_left_out_and_the_others_keep_their_numbers() -> None:
    found = read(slides.pptx_of([Slide(title="Peidus", is_hidden=True), Slide(title="Nähtav", lines=(TEXT,))]))
    assert "Peidus" not in found.text
    assert ([passage.label for passage in found.passages], found.pages) == (["slaid 2: Nähtav"], 1)


def test_what_the_speaker_noted_stands_after_its_slide() -> None:
    found = read(slides.pptx_of([Slide(title="Algus", notes=TEXT), Slide(title="Lõpp")]))
    assert found.text.splitlines() == ["Algus", TEXT, "Lõpp"]


def test_what_every_slide_repeats_is_no_text() -> None:
    repeated = slides.shape("ftr", "Kodukant 2024") + slides.shape("sldNum", "3") + slides.shape("dt", "1.5.2024")
    number = '<p:sp><p:txBody><a:p><a:fld type="slidenum"><a:t>3</a:t></a:fld></a:p></p:txBody></p:sp>'
    assert (
        read(slides.pptx_of([Slide(title="Algus", lines=(TEXT,), inside=repeated + number)])).text == f"Algus\n{TEXT}"
    )


FRAME = "<p:graphicFrame><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></p:graphicFrame>"


def test_tables_groups_and_drawings_are_read() -> None:
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>" for c in ("2023", "400"))
    table = FRAME.format(f"<a:tbl><a:tr>{cells}</a:tr></a:tbl>")
    group = f"<p:grpSp>{slides.shape('body', 'Rühmas')}</p:grpSp>"
    d = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    drawing = FRAME.format(f'<d:relIds xmlns:d="{d}" r:dm="d"/>')
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    words = "<d:t><a:p><a:r><a:t>Ring</a:t></a:r></a:p></d:t>"
    point = f'<d:m xmlns:d="{d}" xmlns:a="{a}"><d:ptLst><d:pt>{words}</d:pt></d:ptLst></d:m>'
    slide = Slide(inside=table + group + drawing, related=(("d", "diagramData", "../diagrams/1.xml"),))
    found = read(slides.pptx_of([slide], parts={"ppt/diagrams/1.xml": point}))
    assert found.text.splitlines() == ["2023 · 400", "Rühmas", "Ring"]


@pytest.mark.parametrize(
    ("created", "modified", "published"),
    [
        pytest.param("2024-03-01T10:00:00Z", "2024-05-01T10:00:00Z", "2024", id="one-year"),
        pytest.param("2013-03-01T10:00:00Z", "2024-05-01T10:00:00Z", None, id="an-old-one-used-again"),
        pytest.param("", "2024-05-01T10:00:00Z", None, id="only-changed"),
    ],
)
def test_the_properties_say_who_and_in_which_year(created: str, modified: str, published: str | None) -> None:
    core = ("Külade rahastus", "Mari Tamm", created, modified)
    found = read(slides.pptx_of([Slide(title="Algus", lines=(TEXT,))], core=core))
    assert (found.title, found.authors, found.published) == ("Külade rahastus", ("Mari Tamm",), published)


def test_a_title_that_powerpoint_wrote_is_not_the_title() -> None:
    core = ("PowerPointi esitlus", "kasutaja", "", "")
    found = read(slides.pptx_of([Slide(title="Külade rahastus", lines=(TEXT,))], core=core))
    assert (found.title, found.authors) == ("Külade rahastus", ())


GOOD = slides.pptx_of([Slide(title="Algus", lines=(TEXT,), notes=TEXT)])
BOMB = slides.pptx_of([Slide(inside=" " * MOST_UNPACKED)])
# Each slide is small enough, all together are not.
MANY = slides.pptx_of(
    [Slide(inside=" " * (MOST_UNPACKED // 4))], order=[0] * (MOST_UNPACKED_IN_ALL * 4 // MOST_UNPACKED + 1)
)
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
ENTITIES = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(BOMB, "presentation that is larger than 30 MB unpacked", id="bomb"),
        pytest.param(MANY, "presentation that is larger than 100 MB unpacked", id="many-slides"),
        pytest.param(GOOD[: len(GOOD) // 2], "presentation that is damaged or cut off", id="cut"),
        pytest.param(
            slides.zipped({"ppt/presentation.xml": ENTITIES}),
            "presentation that declares entities, which no word processor does",
            id="entities",
        ),
        pytest.param(slides.pptx_of([Slide()]), "presentation without text", id="only-pictures"),
        pytest.param(LOCKED, "presentation that wants a password", id="password"),
        pytest.param(b"<!doctype html>Logi sisse", f"not a page: says {PPTX}, but is something else", id="login"),
    ],
)
def test_a_presentation_that_cannot_be_read_says_why(body: bytes, said: str) -> None:
    assert reason(body) == said


@pytest.mark.parametrize("content_type", ["application/zip", "text/html", "application/octet-stream", "", "image/x"])
def test_what_the_server_says_of_a_presentation_does_not_matter(content_type: str) -> None:
    assert read(GOOD, content_type).format == "pptx"


@pytest.mark.parametrize("name", ["a.pptx", "b.PPSX"])
def test_presentations_are_asked_for_and_read_to_the_end(name: str) -> None:
    url = f"https://naide.ee/{name}"
    assert Scope(Source(id="a", url="https://naide.ee/")).has(url)
    assert not is_media("application/zip", url)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_no_damage_makes_a_presentation_crash_its_reader(seed: int) -> None:
    damaged, chance = bytearray(GOOD), random.Random(seed)
    for _ in range(4):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    found = extract(Raw(url="https://naide.ee/", body=bytes(damaged[: chance.randrange(40, len(damaged))])))
    assert isinstance(found, Extract) or found.outcome == "rejected"


def test_presentations_and_books_of_a_site_become_resources(make_site: Any, make_home: Any, yaml: Any) -> None:
    site = make_site("bare")
    site.changed |= {
        "/esitlus.pptx": slides.pptx_of([Slide(title="Rahastus", lines=(TEXT * 3,))]),
        "/raamat.epub": books.epub_of(
            {"1": f"<h1>Naabrid</h1><p>{'Naabrivalve algab trepikojast, kus teatakse nimesid. ' * 4}</p>"},
            metadata="<dc:title>Naabri raamat</dc:title><dc:subject>naabrivalve</dc:subject>",
        ),
        "/pomm.pptx": BOMB,
    }
    listed = "".join(f"<url><loc>{site.base}{path}</loc></url>" for path in site.changed if "." in path)
    site.changed["/failid.xml"] = f"<urlset>{listed}</urlset>".encode()
    home = make_home(yaml.file([yaml.source("failid", f"{site.base}/failid.xml", type="sitemap")]))
    home.harvest(source_ids=["failid"])
    found = home.resources()
    assert {path: (r.format, r.title, r.keywords) for path, r in found.items()} == {
        "/esitlus.pptx": ("pptx", "Rahastus", ()),
        "/raamat.epub": ("epub", "Naabri raamat", ("naabrivalve",)),
    }
    said = "presentation that is larger than 30 MB unpacked"
    assert home.reasons("failid") == {"/pomm.pptx": ("rejected", said)}
