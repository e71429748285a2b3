"""What is suggested for a harvested page, and why."""

from pathlib import Path

import pytest

from aardekast.cli.harvesting import Suggester
from aardekast.curated import load_curated
from aardekast.resource import Harvested, Passage
from aardekast.settings import Settings

URL = "https://kysk.ee/lugu"


@pytest.fixture(scope="module")
def suggester(repository: Path) -> Suggester:
    settings = Settings.load({}, resources=repository / "resources.yaml", vocabulary=repository / "vocabulary.yaml")
    curated = load_curated(settings)
    return Suggester(curated.vocabulary, curated.resources)


def page(title: str, text: str, language: str = "et", headings: tuple[str, ...] = ()) -> Harvested:
    passages = tuple(Passage(offset=0, heading=heading) for heading in headings)
    return Harvested(
        source="kysk", requested=URL, url=URL, title=title, text=text, language=language, passages=passages
    )


def test_a_page_gets_topics_and_counties_with_their_words(suggester: Suggester) -> None:
    found = page("Kriisiplaan Antslas", "Külarahvas koostas päästeametiga kriisiplaani. Võrumaal on see esimene.")
    assert suggester.suggest(found) == {"topics": ("kriisivalmidus",), "counties": ("voru",)}
    explained = suggester.explain(found)
    assert explained["topics"][0][1][:2] == ("kriisiplaan", "Päästeamet")
    assert explained["counties"] == (("voru", ("Antsla", "Võrumaa")),)


def test_headings_speak_too(suggester: Suggester) -> None:
    text = "Leppisime kokku, kes mida teeb. " * 30
    assert suggester.suggest(page("Ülevaade", text)) == {"topics": (), "counties": ()}
    headings = ("Kriisiplaan", "Kriisiõppus", "Kriisivihik Hiiumaal", "Varumine Kärdlas")
    assert suggester.suggest(page("Ülevaade", text, headings=headings))["counties"] == ("hiiu",)
    assert suggester.suggest(page("Ülevaade", text, headings=headings))["topics"] == ("kriisivalmidus",)


def test_a_page_in_another_language_gets_nothing(suggester: Suggester) -> None:
    assert suggester.suggest(page("Crisis plan of Võru", "Tartu", language="en")) == {}
