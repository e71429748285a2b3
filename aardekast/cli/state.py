"""What most commands start with: the settings, the catalogue brought up to the curators' files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import click

from aardekast.catalogue import Catalogue
from aardekast.curated.last_good import load_and_keep, vocabulary_in_force
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary


class State(NamedTuple):
    """The open catalogue; `has_faults` when the curators' files have and the last good state is in force."""

    settings: Settings
    catalogue: Catalogue
    vocabulary: Vocabulary
    has_faults: bool


@contextmanager
def synchronised(settings: Settings) -> Iterator[State]:
    """The catalogue, brought up to resources.yaml.

    Faulty files change nothing: they are reported, and the last good state stays in force. Raises
    CuratedFileError where there is none yet.
    """
    try:
        curated = load_and_keep(settings)
    except CuratedFileError as fault:
        vocabulary = vocabulary_in_force(settings)
        with opened(settings) as catalogue:
            if not catalogue.revision:
                raise
            click.echo(f"{fault}\nThese faults must be mended; until then the last good state stays.", err=True)
            yield State(settings, catalogue, vocabulary, has_faults=True)
        return
    with opened(settings) as catalogue:
        catalogue.synchronise(curated)
        yield State(settings, catalogue, curated.vocabulary, has_faults=False)


@contextmanager
def opened(settings: Settings) -> Iterator[Catalogue]:
    """The catalogue as it is."""
    catalogue = Catalogue.open(settings.database_url)
    try:
        yield catalogue
    finally:
        catalogue.close()
