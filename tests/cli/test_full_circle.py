"""One Aardekast harvests another by OAI-PMH, each as it is run, and has the same catalogue then."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from aardekast.catalogue import Catalogue
from aardekast.resource import Harvested, Resource, Source

OWN_CARDS = Path(__file__).parents[2] / "resources.yaml"
PAGES = Source(id="lehed", url="https://lehed.ee/", publisher="Lehed", audiences=("arendaja",), trusted=True)
PAGES_ENTRY = {"id": "lehed", "url": PAGES.url, "publisher": "Lehed", "audience": ["arendaja"], "trusted": True}
# All that is public of a material, but for its id, which is its curators', and its copies.
FIELDS = (
    "url", "title", "description", "publisher", "authors", "kind", "audiences", "topics", "keywords", "language",
    "counties", "published", "starts", "ends", "place", "licence", "format", "pages", "minutes",
)  # fmt: skip
# What the cards of the project do not have.
CARDS: list[dict[str, Any]] = [
    {
        "url": "https://kysk.ee/opituba",
        "title": "Kogukonna õpituba „Kriis & küla“ <algajatele>",
        "description": "Kaks päeva.\nKaasa võta hea tuju; maksab 5 €.",
        "kind": "koolitus",
        "audience": ["kogukond", "kov"],
        "topics": ["kriisivalmidus", "kulaelu"],
        "keywords": ["talgud", "ühistöö, koos"],
        "counties": ["jarva", "harju"],
        "authors": ["Mari Maasikas", "Tamm, Jaan"],
        "published": "2025-03",
        "starts": "2099-05-08",
        "ends": "2099-05-09",
        "place": "Paide, Keskväljak 1",
        "licence": "CC BY 4.0",
        "language": "et",
        "publisher": "KÜSK",
    },
    {
        "url": "https://kysk.ee/talgud?aasta=2099&keel=et",
        "title": "Talgud",
        "kind": "koolitus",
        "audience": ["kogukond"],
        "starts": "2099-05",
        "counties": ["voru"],
        "language": "et",
        "publisher": "KÜSK",
    },
    {
        "url": "https://kysk.ee/kursus",
        "title": "Курс для общин",
        "kind": "koolitus",
        "audience": ["kov"],
        "place": "Narva",
        "counties": ["ida-viru"],
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "published": "2021-02-03",
        "language": "ru",
        "publisher": "KÜSK",
    },
    {
        "url": "https://kysk.ee/toovihik",
        "title": "Workbook for communities",
        "description": "Kriisivalmidus, noored, kaasav eelarve: words of topics which the card does not name.",
        "kind": "toovihik",
        "audience": ["arendaja"],
        "starts": "2020-01-05",
        "ends": "2020-01-06",
        "authors": ["Ann Other"],
        "published": "2019",
        "language": "en",
        "publisher": "Riigikantselei",
    },
    {
        "url": "https://kysk.ee/noustajad",
        "title": "Kriisivalmiduse nõustajad Tartumaal",
        "description": "Külade kriisivalmiduse ja elanikkonnakaitse nõustajad Tartus, Tartumaal.",
        "kind": "noustajad",
        "audience": ["kov"],
        "language": "et",
        "publisher": "KÜSK",
    },
]
FOUND: list[dict[str, Any]] = [
    {"title": "Arengukava koostamise juhend", "kind": "juhendmaterjal", "format": "pdf", "pages": 62, "language": "et"},
    {"title": "Veebiseminar", "kind": "veebiettekanne", "format": "video", "minutes": 95, "language": "et"},
    {"title": "Podcast on villages", "kind": "kogemuslugu", "format": "audio", "minutes": 7, "language": "en"},
    {"title": "Esitlus", "kind": "artikkel", "format": "pptx", "pages": 20, "language": "et"},
    {
        "title": "Suvekooli kava",
        "kind": "koolitus",
        "starts": "2099-07-01",
        "place": "Kuressaare",
        "format": "pdf",
        "pages": 2,
        "language": "et",
    },
]

Run = Callable[..., subprocess.CompletedProcess[str]]


@dataclass
class Home:
    """An Aardekast in a folder of its own."""

    folder: Path
    run: Run

    def write(self, curated: dict[str, Any]) -> None:
        """Its resources.yaml."""
        text = yaml.safe_dump({"sources": [], "resources": [], "withdrawn": []} | curated, allow_unicode=True)
        (self.folder / "resources.yaml").write_text(text, "utf-8")

    def cards(self) -> list[dict[str, Any]]:
        """The cards of that file."""
        cards: list[dict[str, Any]] = yaml.safe_load((self.folder / "resources.yaml").read_text("utf-8"))["resources"]
        return cards

    def catalogue(self) -> Catalogue:
        return Catalogue.open(f"sqlite:///{self.folder / 'var' / 'catalogue.sqlite'}")

    def shown(self) -> dict[str, Resource]:
        """What visitors see, by its address."""
        catalogue = self.catalogue()
        found = {one.url: one for one in catalogue.visible_resources()}
        catalogue.close()
        return found


@pytest.fixture
def make_home(tmp_path: Path) -> Callable[[str], Home]:
    def make(name: str) -> Home:
        folder = tmp_path / name
        folder.mkdir()

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-W", "error", "-m", "aardekast", *arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            return done

        return Home(folder, run)

    return make


@pytest.fixture
def published(make_home: Callable[[str], Home]) -> Home:
    """The cards of the project and some more, and what a source of theirs brought."""
    home = make_home("a")
    own = yaml.safe_load(OWN_CARDS.read_text("utf-8"))["resources"]
    home.write({"sources": [PAGES_ENTRY], "resources": own + CARDS})
    home.run("index")
    catalogue = home.catalogue()
    for number, fields in enumerate(FOUND):
        url = f"https://lehed.ee/{number}"
        suggested = {"topics": ("noored",), "counties": ("tartu",), "keywords": ("kava",)}
        catalogue.keep(
            Harvested(source=PAGES.id, requested=url, url=url, text="Tekst. ", suggested=suggested, **fields), PAGES
        )
    catalogue.close()
    home.run("index")
    return home


@pytest.fixture
def served(published: Home) -> Iterator[str]:
    """The address of its provider."""
    command = [sys.executable, "-m", "aardekast", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, cwd=published.folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"{process.stdout.readline().strip()}oai"
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def taker(served: str, make_home: Callable[[str], Home], monkeypatch: pytest.MonkeyPatch) -> Home:
    """An Aardekast whose one source is the provider."""
    monkeypatch.setenv("AARDEKAST_ALLOW_PRIVATE", "1")
    monkeypatch.setenv("AARDEKAST_DELAY", "0")
    home = make_home("b")
    source = {"id": "teine", "url": served, "type": "oai-pmh", "publisher": "Teine aardekast", "trusted": True}
    home.write({"sources": [source | {"max_pages": 1000}]})
    return home


def told(shown: dict[str, Resource]) -> dict[str, dict[str, Any]]:
    """What is public of each, by its address."""
    return {url: {name: getattr(one, name) for name in FIELDS} for url, one in shown.items()}


def test_what_one_aardekast_shows_another_harvests_shows_the_same_and_follows_it(published: Home, taker: Home) -> None:
    first = published.shown()
    assert len(first) == 255 + len(CARDS) + len(FOUND)
    for name in FIELDS:
        assert len({getattr(one, name) for one in first.values()}) > 1, "every field differs somewhere"
    assert "265 added" in taker.run("harvest", "teine").stdout
    taken = taker.shown()
    assert told(taken) == told(first)

    assert "265 pages read, 0 added, 0 changed, 265 unchanged" in taker.run("harvest", "teine").stdout
    assert told(taker.shown()) == told(taken)

    guide, dropped, *rest = published.cards()
    guide |= {"title": "Uus pealkiri", "audience": ["arendaja"], "topics": ["noored"], "counties": ["saare"]}
    published.write({"sources": [PAGES_ENTRY], "resources": [guide, *rest]})
    published.run("index")
    assert "0 added, 1 changed" in taker.run("harvest", "teine").stdout
    followed = taker.shown()
    assert told(followed) == told(published.shown())
    assert followed.keys() == taken.keys() - {dropped["url"]}
    assert followed[guide["url"]].topics == ("noored",)


def test_a_preview_tags_the_materials_of_another_aardekast_as_it_does(
    published: Home, served: str, taker: Home
) -> None:
    shown = published.shown()
    samples = json.loads(taker.run("preview", served, "--json").stdout)["source"]["samples"]
    assert len(samples) == 5
    for sample in samples:
        one = shown[sample["url"]]
        tags = {(tag["field"], tag["value"]) for tag in sample["tags"]}
        said = {"topic": one.topics, "audience": one.audiences, "county": one.counties, "kind": (one.kind,)}
        assert tags == {(field, value) for field, values in said.items() for value in values}
