"""How pages get into the catalogue: together while many come, at once while few do, each alone where one is bad."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aardekast.catalogue import Catalogue
from aardekast.resource import Harvested, Outcome, Source
from harvester.keeping import MOST_PAGES, Keeper

SOURCE = Source(id="naide", url="https://naide.ee/", trusted=True)
BAD = "https://naide.ee/halb"


class Counted(Catalogue):
    """A catalogue that says how many pages each transaction had, and keeps none that is BAD."""

    transactions: list[int]

    def keep_all(self, pages: Iterable[tuple[Harvested, Source | None]]) -> list[Outcome]:
        pages = list(pages)
        self.transactions.append(len(pages))
        if any(found.url == BAD for found, _ in pages):
            raise RuntimeError("refused")
        return super().keep_all(pages)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Counted]:
    opened = Counted.open(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    assert isinstance(opened, Counted)
    opened.transactions = []
    yield opened
    opened.close()


def page(url: str) -> Harvested:
    return Harvested(source="naide", requested=url, url=url, title=url, text=f"Tekst aadressil {url}")


def keep_at_once(catalogue: Catalogue, urls: Iterable[str], *, is_busy: bool) -> list[Any]:
    async def aside(work: Callable[[], Any]) -> Any:
        return await asyncio.to_thread(work)

    async def run() -> list[Any]:
        keeper = Keeper(aside, lambda: is_busy, catalogue)
        return await asyncio.gather(*(keeper.keep(page(url), SOURCE) for url in urls), return_exceptions=True)

    return asyncio.run(run())


def test_pages_that_come_while_others_are_read_are_kept_together(catalogue: Counted) -> None:
    urls = [f"https://naide.ee/{number}" for number in range(MOST_PAGES + 5)]
    assert keep_at_once(catalogue, urls, is_busy=True) == [Outcome.ADDED] * len(urls)
    assert catalogue.transactions == [MOST_PAGES, 5]
    assert sorted(resource.url for resource in catalogue.visible_resources()) == sorted(urls)


def test_a_page_that_comes_alone_waits_for_no_other(catalogue: Counted) -> None:
    keep_at_once(catalogue, ["https://naide.ee/1", "https://naide.ee/2"], is_busy=False)
    assert catalogue.transactions == [1, 1]


def test_a_page_that_cannot_be_kept_costs_no_other(catalogue: Counted) -> None:
    first, bad, last = keep_at_once(catalogue, ["https://naide.ee/1", BAD, "https://naide.ee/2"], is_busy=True)
    assert (first, str(bad), last) == (Outcome.ADDED, "refused", Outcome.ADDED)
    assert len(list(catalogue.visible_resources())) == 2


def test_pages_kept_together_are_what_they_are_one_by_one(catalogue: Counted) -> None:
    urls = ["https://naide.ee/lugu", "https://www.naide.ee/lugu/", "https://naide.ee/teine"]
    outcomes = keep_at_once(catalogue, urls, is_busy=True)
    assert outcomes == [Outcome.ADDED, Outcome.CHANGED, Outcome.ADDED]
    assert len(list(catalogue.visible_resources())) == 2
