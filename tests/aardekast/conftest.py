"""A catalogue of its own for each test, and the curators' file as each test writes it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aardekast.catalogue import Catalogue
from aardekast.curated import Curated, load_curated
from aardekast.settings import Settings


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def curated_from(tmp_path: Path, repository: Path) -> Callable[[str], Curated]:
    def write(resources: str) -> Curated:
        path = tmp_path / "resources.yaml"
        path.write_text(resources, "utf-8")
        return load_curated(Settings.load({}, resources=path, vocabulary=repository / "vocabulary.yaml"))

    return write
