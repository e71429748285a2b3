"""Bytes into an extract, without a network."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.extraction import pool
from harvester.extraction.charset import decode
from harvester.extraction.dates import partial_date
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract

TEXT = "Kogukonna kriisiplaan aitab külal valmistuda elektrikatkestuseks ja leppida kokku, kes kellele helistab. " * 4


def of(html: str, url: str = "https://naide.ee/lugu/kriis/", publisher: str = "") -> Extract:
    found = extract(Raw(url=url, body=html.encode(), content_type="text/html", publisher=publisher))
    assert isinstance(found, Extract)
    return found


def page(head: str = "", body: str = f"<h1>Kriis</h1><p>{TEXT}</p>") -> str:
    return f"<html><head>{head}</head><body><main>{body}</main></body></html>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        pytest.param("<title>Valge maja · Kunda Selts</title>", "<h1>Valge maja</h1>", "Valge maja", id="heading"),
        pytest.param(
            "<title>Kogu | Osalus - miks?</title><meta property='og:site_name' content='Kogu'>",
            "",
            "Osalus - miks?",
            id="site-name-first",
        ),
        pytest.param("<title>Osalus – Praxis</title>", "", "Osalus", id="publisher"),
        pytest.param("<title>Osalus – naide.ee</title>", "", "Osalus", id="host"),
        pytest.param("<title>Talgud: kuidas alustada</title>", "<h1>Muu</h1>", "Talgud: kuidas alustada", id="kept"),
        pytest.param("<title>Selts</title>", "<a href='/'>Selts</a><h1>Põhikiri</h1>", "Põhikiri", id="site-only"),
        pytest.param("<title>Untitled Document</title>", "<h1>Põhikiri</h1>", "Põhikiri", id="useless"),
        pytest.param("", "<h1>Põhikiri</h1>", "Põhikiri", id="none"),
        pytest.param("<title>Küla  \n elu</title>", "", "Küla elu", id="spaces"),
    ],
)
def test_the_title_is_the_pages_own(head: str, body: str, title: str) -> None:
    assert of(page(head, f"{body}<p>{TEXT}</p>"), publisher="Praxis").title == title


@pytest.mark.parametrize(
    ("head", "body", "url", "published"),
    [
        pytest.param("", "<footer>© 2019, muudetud 3.04.2021</footer>", "/a", None, id="footer"),
        pytest.param("<meta property='article:modified_time' content='2022-05-06'>", "", "/a", None, id="modified"),
        pytest.param("<meta name='DC.date.issued' content='2018'>", "", "/a", "2018", id="year"),
        pytest.param("<meta name='date' content='2018-01-01'>", "", "/a", None, id="any-date"),
        pytest.param("", "<time datetime='2030-08-09'>9. aug</time>", "/a", None, id="event"),
        pytest.param(
            "", "<time class='entry-date published' datetime='2018-03-04'>4.</time>", "/a", "2018-03-04", id="blog"
        ),
        pytest.param("", "", "/2014/03/02/a/", "2014-03-02", id="address"),
        pytest.param("", "", "/2014/03/a/", "2014-03", id="address-month"),
        pytest.param("<meta property='article:published_time' content='2999-01-01'>", "", "/a", None, id="future"),
    ],
)
def test_the_date_is_when_it_was_published_or_unknown(head: str, body: str, url: str, published: str | None) -> None:
    assert of(page(head, f"<p>{TEXT}</p>{body}"), url=f"https://naide.ee{url}").published == published


@pytest.mark.parametrize(
    ("href", "url", "canonical"),
    [
        ("https://www.naide.ee/lugu/", "https://naide.ee/lugu/?p=1", "https://www.naide.ee/lugu/"),
        ("https://muu.ee/lugu/", "https://naide.ee/lugu/", None),
        ("https://naide.ee/", "https://naide.ee/lugu/", None),
        ("/lugu/", "https://naide.ee/lugu/trykk", "https://naide.ee/lugu/"),
        ("http://[katki", "https://naide.ee/lugu/", None),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_host_only(href: str, url: str, canonical: str | None) -> None:
    assert of(page(f"<link rel='canonical' href='{href}'>"), url=url).canonical == canonical


def test_headings_that_trafilatura_drops_are_put_back() -> None:
    blocks = "".join(f"<div><h2 id='osa-{n}'>Osa {n}</h2><div><p>{n}. {TEXT}</p></div></div>" for n in range(1, 5))
    found = of(f"<html><head><title>Abi</title></head><body><div id='ala'>{blocks}</div></body></html>")
    assert [passage.heading for passage in found.passages] == ["Osa 1", "Osa 2", "Osa 3", "Osa 4"]


def test_a_table_reads_as_its_cells() -> None:
    rows = "".join(f"<tr><td>Küla number {n}</td><td>{n * 40} elanikku</td></tr>" for n in range(1, 8))
    before = f"<h1>Elanikud</h1><p>{'Valla külade elanike arv. ' * 5}</p>"
    body = f"{before}<table><tr><th>Küla</th><th>Arv</th></tr>{rows}</table>"
    text = of(page(body=body)).text
    assert "Küla number 3 · 120 elanikku" in text
    assert "|" not in text


def test_what_no_reader_sees_does_not_part_words() -> None:
    body = f"<p>Kogu\u00adkonna kriisi&shy;plaan ja ku\u0308la. {'Plaan aitab rahval toime tulla. ' * 8}</p>"
    assert "Kogukonna kriisiplaan ja küla." in of(page(body=body)).text


def test_a_text_that_is_a_list_is_not_missed() -> None:
    rows = "".join(f"<tr><td>Küla {n}</td><td>Külavanem {n} ja tema asendaja</td></tr>" for n in range(40))
    found = of(f"<html><body><div class='box'><h1>Külavanemad</h1><table>{rows}</table></div></body></html>")
    assert "Külavanem 39" in found.text


def test_bytes_that_are_utf8_are_read_so_whatever_is_declared() -> None:
    assert decode("õpikoda ž".encode(), "text/html; charset=windows-1257") == "õpikoda ž"


def test_russian_without_a_declaration_is_read() -> None:
    assert "община" in decode("Наша община готовится к кризису вместе".encode("cp1251"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    for content_type in ("text/html", "application/pdf", ""):
        assert isinstance(extract(Raw(url="https://naide.ee/", body=b"<p>" + body, content_type=content_type)), object)


@given(st.text(max_size=30))
def test_no_text_makes_a_date_raise(text: str) -> None:
    partial_date(text)


BAD_WORKER = """
import os, time
from multiprocessing.connection import Connection
from harvester.extraction.values import Extract

def serve(pipe):
    connection = Connection(pipe)
    while True:
        try:
            raw = connection.recv()
        except EOFError:
            return
        if raw.body == b"hang":
            time.sleep(60)
        if raw.body == b"crash":
            os._exit(3)
        connection.send(Extract(title="hea"))
"""


GREEDY_WORKER = """
from harvester.extraction import worker
from harvester.extraction.values import Extract

def greedy(raw):
    taken = bytearray(3 << 29) if b"greedy" in raw.body else b""
    return Extract(title="hea", text=str(len(taken)))

worker._EXTRACTORS["pdf"] = greedy
serve = worker.serve
"""


def test_a_page_that_takes_too_much_memory_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "greedy_worker.py").write_text(GREEDY_WORKER)
    monkeypatch.syspath_prepend(tmp_path)

    async def run() -> list[Extract | NoExtract]:
        async with pool.Extractors(1, module="greedy_worker") as extractors:
            bodies = (b"%PDF-1.4 good", b"%PDF-1.4 greedy", b"%PDF-1.4 good")
            return [await extractors.extract(Raw(url="https://naide.ee/", body=body)) for body in bodies]

    good = Extract(title="hea", text="0", bands=())
    greedy = NoExtract(reason="takes too much memory to read", outcome="failed")
    assert asyncio.run(run()) == [good, greedy, good]


def test_a_bad_base_does_not_cost_the_page() -> None:
    found = of(page("<base href='http://[katki/'><title>Kriis</title><link rel='canonical' href='/lugu/kriis'>"))
    assert (found.title, found.canonical) == ("Kriis", "https://naide.ee/lugu/kriis")


def test_a_parser_that_hangs_or_crashes_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad_worker.py").write_text(BAD_WORKER)
    monkeypatch.syspath_prepend(tmp_path)

    async def run() -> list[Extract | NoExtract]:
        async with pool.Extractors(1, time_limit=0.5, module="bad_worker") as extractors:
            bodies = (b"good", b"hang", b"good", b"crash", b"good")
            return [await extractors.extract(Raw(url="https://naide.ee/", body=body)) for body in bodies]

    found = asyncio.run(run())
    assert [getattr(one, "title", None) or getattr(one, "reason", None) for one in found] == [
        "hea",
        "took longer than 0.5 s to read",
        "hea",
        "made its reader crash",
        "hea",
    ]
