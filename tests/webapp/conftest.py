"""The real site over a real index of a few Estonian cards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from aardekast.resource import Passage, Resource, Status
from aardekast.vocabulary import Vocabulary
from index import Searcher
from webapp import create_app

ClientOf = Callable[..., FlaskClient]
IndexOf = Callable[..., Searcher]

CHECKED = datetime(2026, 11, 14, 12, tzinfo=UTC)
GUIDE_TEXT = (
    "Sissejuhatus. Vald kutsub kriisikomisjoni kokku kord aastas.\n"
    "Evakueerimine. Inimesed viiakse kogunemiskohta, kus on generaator ja vesi.\n"
    "Kulude hüvitamine. Riik hüvitab päästetööde kulud.\n"
)


@dataclass
class Opened:
    """An engine that was opened already."""

    searcher: Searcher

    def open(self) -> Searcher:
        return self.searcher


def card(number: int, title: str, **fields: object) -> Resource:
    known: dict[str, object] = {
        "id": f"kaart-{number}",
        "url": f"https://www.naide.ee/{number}",
        "title": title,
        "publisher": "Näidisküla selts",
        "kind": "artikkel",
        "audiences": ("kogukond",),
        "language": "et",
        "first_seen": CHECKED,
        "last_checked": CHECKED,
    }
    return Resource(**(known | fields))  # type: ignore[arg-type]


CARDS = (
    card(
        1, "Külavanema valimine", description="Kuidas küla endale vanema valib.", topics=("kulaelu",), published="2023"
    ),
    card(
        2,
        "Kriisireguleerimise juhend omavalitsusele",
        description="Mida vald enne kriisi teeb.",
        kind="juhendmaterjal",
        audiences=("kov",),
        topics=("kriisivalmidus", "kov-koostoo"),
        published="2014-05",
        publisher="Päästeamet",
        format="pdf",
        pages=62,
        url="https://rescue.ee/juhend.pdf",
        text=GUIDE_TEXT,
        passages=(
            Passage(offset=0, page=1, fragment="#page=1"),
            Passage(offset=GUIDE_TEXT.index("Evak"), page=14, fragment="#page=14"),
            Passage(offset=GUIDE_TEXT.index("Kulude"), page=47, fragment="#page=47"),
        ),
    ),
    card(
        3,
        "The Estonian Village",
        description="Külavanematest.",
        language="en",
        kind="teadusartikkel",
        text="Village leaders speak of their elders.",
    ),
    card(4, "Kriisiplaan", description="Lindi küla kriisiplaan.", status=Status.FAILING, topics=("kriisivalmidus",)),
    card(
        5, "Kolme sihtrühma lugu", audiences=("arendaja", "kogukond", "kov"), kind="kogemuslugu", published="2025-03-02"
    ),
)
FILLERS = tuple(
    card(100 + n, f"Talgupäev {n}", description="Talgud külas.", topics=("vabatahtlikud",)) for n in range(23)
)


@pytest.fixture
def app_of(index_of: IndexOf, vocabulary: Vocabulary) -> Callable[..., Flask]:
    def build(*resources: Resource) -> Flask:
        return create_app(Opened(index_of(*resources)), vocabulary, testing=True)

    return build


@pytest.fixture
def client_of(app_of: Callable[..., Flask]) -> ClientOf:
    return lambda *resources: app_of(*resources).test_client()


@pytest.fixture
def client(client_of: ClientOf) -> Iterator[FlaskClient]:
    """The site with five cards that differ and 23 that are alike."""
    with client_of(*CARDS, *FILLERS) as opened:
        yield opened


@pytest.fixture
def client_told(
    index_of: IndexOf, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., FlaskClient]:
    """The site whose index adds these fields to each page that it answers."""

    def build(**told: object) -> FlaskClient:
        searcher = index_of(*CARDS, *FILLERS)
        answer = searcher.search
        monkeypatch.setattr(searcher, "search", lambda request: replace(answer(request), **told))
        return create_app(Opened(searcher), vocabulary, testing=True).test_client()

    return build


@pytest.fixture
def coming_event() -> Resource:
    start = datetime.now(UTC).date() + timedelta(days=3)
    return card(9, "Mentorprogrammi avaring", kind="koolitus", place="Paide", starts=start.isoformat())


@pytest.fixture
def card_of() -> Callable[..., Resource]:
    return card
