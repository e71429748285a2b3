"""Versions: what an index asks before it writes. They must change exactly when what visitors see does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from aardekast.catalogue import Catalogue
from aardekast.curated import Curated, load_curated
from aardekast.resource import Harvested, Passage, Source
from aardekast.settings import Settings
from index.schema import version_of

SOURCE = Source(id="kysk", url="https://kysk.ee/", publisher="KÜSK", kind="artikkel", audiences=("kov",), trusted=True)
TEXT = " ".join(f"sõna{number} külast ja vallast" for number in range(60))
A, B, CARD = "https://kysk.ee/a", "https://kysk.ee/b", "https://kysk.ee/kaart"


def page(url: str, **values: object) -> Harvested:
    return Harvested(
        **{"source": "kysk", "requested": url, "url": url, "title": "Leht", "text": "Sisu.", **values}  # type: ignore[arg-type]
    )


def curated(folder: Path, title: str = "") -> Curated:
    path = folder / "resources.yaml"
    card = f"{{url: '{CARD}', title: {title}, kind: artikkel, audience: [kov], description: Kirjeldus, language: et}}"
    path.write_text(f"sources: []\nresources: [{card if title else ''}]\nwithdrawn: []\n", "utf-8")
    vocabulary = Path(__file__).parents[2] / "vocabulary.yaml"
    return load_curated(Settings.load({}, resources=path, vocabulary=vocabulary))


STEPS: dict[str, Callable[[Catalogue, Path], object]] = {
    "a card": lambda c, f: c.synchronise(curated(f, "Kaart")),
    "its title": lambda c, f: c.synchronise(curated(f, "Uus kaart")),
    "a page": lambda c, _: c.keep(page(A), SOURCE),
    "the same page again": lambda c, _: c.keep(page(A), SOURCE),
    "its text": lambda c, _: c.keep(page(A, text=TEXT), SOURCE),
    "its passages": lambda c, _: c.keep(page(A, text=TEXT, passages=(Passage(offset=0, heading="Algus"),)), SOURCE),
    "its description": lambda c, _: c.keep(page(A, text=TEXT, description="Uus."), SOURCE),
    "a suggestion": lambda c, _: c.keep(page(A, text=TEXT, suggested={"topics": ("noored",)}), SOURCE),
    "a near copy": lambda c, _: c.keep(page(B, text=f"{TEXT} Lõpp.", title="Teine"), SOURCE),
    "the title of the copy": lambda c, _: c.keep(page(B, text=f"{TEXT} Lõpp.", title="Kolmas"), SOURCE),
    "the end of the copy": lambda c, _: c.keep(page(B, text="Hoopis muu."), SOURCE),
    "a page that waits": lambda c, _: c.keep(page("https://kysk.ee/c"), replace(SOURCE, trusted=False)),
    "the card dropped": lambda c, f: c.synchronise(curated(f)),
}


def test_they_change_exactly_with_what_is_shown(catalogue: Catalogue, tmp_path: Path) -> None:
    before: dict[str, tuple[str, str]] = {}
    for name, step in STEPS.items():
        step(catalogue, tmp_path)
        shown = {resource.id: version_of(resource) for resource in catalogue.visible_resources()}
        versions = catalogue.versions()
        assert versions.keys() == shown.keys(), name
        now = {id_: (versions[id_], shown[id_]) for id_ in shown}
        for id_ in now.keys() & before.keys():
            assert (now[id_][0] == before[id_][0]) == (now[id_][1] == before[id_][1]), (name, id_)
        before = now
    assert len(before) == 2


def test_some_are_had_without_the_others(catalogue: Catalogue) -> None:
    catalogue.keep(page(A, text=TEXT), SOURCE)
    catalogue.keep(page(B, text=f"{TEXT} Lõpp."), SOURCE)
    catalogue.keep(page("https://kysk.ee/c"), SOURCE)
    (copied,) = [resource for resource in catalogue.visible_resources() if resource.copies]
    assert list(catalogue.visible_resources([copied.id])) == [copied]
    assert list(catalogue.visible_resources([])) == []
