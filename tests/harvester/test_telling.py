"""What a worker tells of a page beside its extract, and how it ends when nobody listens any more."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from multiprocessing.connection import Pipe
from pathlib import Path

from aardekast.language.likeness import bands
from harvester.extraction.telling import told
from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract

WORDS = "Külavanem kutsub naabrid kokku, peab plaani ja jagab tööd nii, et igaüks teab oma osa. "
RAW = Raw(
    url="https://a.ee/lugu",
    body=f"<html><head><title>Lugu</title></head><body><h1>Lugu</h1><p>{WORDS * 9}</p></body></html>".encode(),
    content_type="text/html; charset=utf-8",
)


def test_a_worker_tells_language_and_bands_of_the_text() -> None:
    found = told(RAW, extract(RAW))
    assert isinstance(found, Extract)
    assert found.detected == "et"
    assert found.bands == bands(found.text) != ()


def test_in_doubt_the_language_of_the_page_wins_and_then_that_of_the_source() -> None:
    short = Extract(title="Lugu", text="Tartu, Narva, Valga, Otepää, Kunda, Elva")
    assert told(replace(RAW, language="et"), short).detected == "et"  # type: ignore[union-attr]


def test_what_has_no_text_is_left_as_it_is() -> None:
    scan = NoExtract(reason="PDF without text (a scan)")
    assert told(RAW, scan) is scan
    assert told(RAW, Extract(title="Pealkiri")) == Extract(title="Pealkiri")


def test_a_worker_whose_harvest_was_killed_ends_without_a_word() -> None:
    ours, theirs = Pipe()
    path, number = sys.path, theirs.fileno()
    code = f"import sys; sys.path[:] = {path!r}; from harvester.extraction.worker import serve; serve({number})"
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        cwd=Path(__file__).parents[2],
        pass_fds=[theirs.fileno()],
        stderr=subprocess.PIPE,
    )
    theirs.close()
    ours.send(RAW)
    ours.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")
