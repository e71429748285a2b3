"""Presentations and books on the site: what they are called, how long they are, and where in them something stands."""

import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from aardekast.resource import Passage, Resource

TEXT = "Külade rahastus\nKust raha tuleb ja kellelt küsida\nAruanne\nGeneraator ja kaev said külamajja"


@pytest.fixture
def client(client_of: Callable[..., FlaskClient], card_of: Callable[..., Resource]) -> FlaskClient:
    slides = (
        Passage(offset=0, heading="slaid 1: Külade rahastus", fragment="#slide=1"),
        Passage(offset=TEXT.index("Aruanne"), heading="slaid 3: Aruanne", fragment="#slide=3"),
    )
    return client_of(
        card_of(1, "Küla rahastus", format="pptx", pages=12, text=TEXT, words=14, passages=slides),
        card_of(2, "Küla raamat", format="epub", words=1000),
    )


@pytest.mark.parametrize(
    ("prefix", "slides", "book", "place"),
    [
        ("", "Esitlus, 12 slaidi", "E-raamat, umbes 5 min lugemist", "slaid 3: Aruanne"),
        ("/en", "Presentation, 12 slides", "E-book, about 5 min of reading", "slide 3: Aruanne"),
        ("/ru", "Презентация, 12 слайдов", "Электронная книга, около 5 мин чтения", "слайд 3: Aruanne"),
    ],
)
def test_formats_lengths_and_places_are_in_the_language_of_the_page(
    prefix: str, slides: str, book: str, place: str, client: FlaskClient
) -> None:
    page = client.get(f"{prefix}/otsing?q=küla").text
    assert slides in page
    assert book in page
    assert place in client.get(f"{prefix}/materjal/kaart-1?q=generaator").text


@pytest.mark.parametrize(
    ("number", "type_"),
    [
        (1, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        (2, "application/epub+zip"),
    ],
)
def test_programs_are_told_the_media_type(number: int, type_: str, client: FlaskClient) -> None:
    page = client.get(f"/materjal/kaart-{number}").text
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert json.loads(found[1])["encodingFormat"] == type_
