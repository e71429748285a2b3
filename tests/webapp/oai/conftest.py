"""The provider over a real catalogue, whose clock the test moves; every answer is checked by the protocol's rules."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml import etree

from aardekast import catalogue as catalogue_module
from aardekast.catalogue import Catalogue
from aardekast.records import CatalogueRecords
from aardekast.resource import Harvested, Review, Source
from aardekast.vocabulary import Vocabulary
from index import engine_at
from webapp import create_app
from webapp.oai import Repository

RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("oai.rng")))
NAMESPACES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "id": "http://www.openarchives.org/OAI/2.0/oai-identifier",
    "dc": "http://purl.org/dc/elements/1.1/",
    "amb": "tag:kogukonnaveeb.ee,2026:aardekast/oai/amb",
}
SOURCE = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", kind="artikkel", audiences=("kov",), trusted=True)
START = datetime(2026, 11, 20, 10, tzinfo=UTC)


class Answer:
    """An answer that is valid, and what stands in it."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.tree = etree.fromstring(body)
        RULES.assertValid(self.tree)

    def texts(self, name: str) -> list[str]:
        return [element.text or "" for element in self.all(name)]

    def text(self, name: str) -> str:
        [text] = self.texts(name)
        return text

    def all(self, name: str) -> list[Any]:
        prefix, _, local = name.rpartition(":")
        return list(self.tree.iter(f"{{{NAMESPACES[prefix or 'oai']}}}{local}"))

    @property
    def fault(self) -> str | None:
        return next((error.get("code") for error in self.all("error")), None)

    @property
    def moment(self) -> str:
        return self.text("responseDate")

    @property
    def token(self) -> Any:
        return next(iter(self.all("resumptionToken")), None)

    @property
    def ids(self) -> list[str]:
        return [identifier.rpartition(":")[2] for identifier in self.texts("identifier")]

    @property
    def deleted(self) -> list[str]:
        headers = [header for header in self.all("header") if header.get("status") == "deleted"]
        return [header[0].text.rpartition(":")[2] for header in headers]


class Provider:
    """The site, its catalogue and the clock of that."""

    def __init__(self, url: str, vocabulary: Vocabulary, app: Flask) -> None:
        self.catalogue = Catalogue.open(url)
        self.vocabulary = vocabulary
        self.app = app
        self.client = app.test_client()
        self.now = START

    def keep(self, *names: str, **values: Any) -> None:
        """Keep pages of these names, which are their titles too, with these fields."""
        self.catalogue.keep_all((_page(name, values), SOURCE) for name in names)

    def publish(self, later: timedelta = timedelta(hours=1)) -> None:
        """Let some time pass, and publish."""
        self.now += later
        self.catalogue.keep_records(self.vocabulary)

    def id_of(self, name: str) -> str:
        return next(one.id for one in self.catalogue.visible_resources() if one.title == name)

    def drop(self, name: str) -> str:
        """Take a material away; its id."""
        id_ = self.id_of(name)
        self.catalogue.review(Review.REJECTED, [id_])
        return id_

    def ask(self, **arguments: str | list[str]) -> Answer:
        """Ask by GET; `from_` stands for `from`. Must be answered."""
        query = {name.rstrip("_"): value for name, value in arguments.items()}
        response = self.client.get("/oai", query_string=query)
        assert (response.status_code, response.content_type) == (200, "text/xml; charset=utf-8")
        return self.read(response.data)

    @staticmethod
    def read(body: bytes) -> Answer:
        """An answer that must be valid."""
        return Answer(body)


def _page(name: str, values: dict[str, Any]) -> Harvested:
    url = f"https://kysk.ee/{name}"
    return Harvested(**{"source": "kysk", "requested": url, "url": url, "title": name, "text": f"{name}.", **values})


@pytest.fixture
def provider(tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider without records. It has no index: it needs none."""
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    repository = Repository(CatalogueRecords(url), "aardekast.ee")
    app = create_app(engine_at(tmp_path / "index", vocabulary), vocabulary, repository=repository, testing=True)
    made = Provider(url, vocabulary, app)
    monkeypatch.setattr(catalogue_module, "_now", lambda: made.now)
    yield made
    made.catalogue.close()


@pytest.fixture
def many(provider: Provider) -> Callable[..., Provider]:
    """The provider with so many records, `leht-000` and on, of three moments."""

    def fill(count: int) -> Provider:
        names = [f"leht-{number:03}" for number in range(count)]
        for part in range(3):
            provider.keep(*names[part::3])
            provider.publish()
        return provider

    return fill
