"""A notice on every page of a site, through whole harvests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aardekast.catalogue import Catalogue
from aardekast.language.repeated import digest
from aardekast.resource import Harvested
from harvester.repeating import FIRST_PAGES, Repeating

NOTICE = "Külaliikumist toetab kohaliku omaalgatuse programm ja meie vald"


def _page(number: int) -> bytes:
    own = " ".join(f"Lugu{number} räägib külast{number * 7 + sentence} ja tema talgutest." for sentence in range(12))
    body = f"<h1>Lugu {number}</h1><p>{own}</p><p>{NOTICE}.</p>"
    return f"<html lang='et'><head><title>Lugu {number}</title></head><body><main>{body}</main></body></html>".encode()


def test_a_notice_of_all_pages_is_text_of_none_and_the_next_harvest_changes_nothing(
    make_site: Any, make_home: Any, yaml: Any
) -> None:
    site = make_site("bare")
    site.changed |= {f"/lugu/{number}": _page(number) for number in range(6)}
    locs = "".join(f"<url><loc>{site.base}/lugu/{number}</loc></url>" for number in range(6))
    site.changed["/lood.xml"] = f"<urlset>{locs}</urlset>".encode()
    home = make_home(yaml.file([yaml.source("lood", f"{site.base}/lood.xml", type="sitemap")]))
    assert home.harvest(source_ids=["lood"])["sources"][0]["counts"]["added"] == 6
    texts = {path: resource.text for path, resource in home.resources().items()}
    assert len(texts) == 6
    assert not [path for path, text in texts.items() if NOTICE in text or "talgutest" not in text]
    again = home.harvest(source_ids=["lood"])["sources"][0]["counts"]
    assert (again["changed"], again["unchanged"]) == (0, 6)
    assert {path: resource.text for path, resource in home.resources().items()} == texts


HOST = "lood.ee"
NOT_YET = "Sellel sügisel räägime kõikides lugudes ainult taludest"


def _keep_first_pages(catalogue: Catalogue) -> frozenset[str]:
    """What is known of the host when its first pages are in the catalogue: all have the notice, a quarter a line."""

    async def directly(work: Callable[[], Any]) -> Any:
        return work()

    async def keep() -> frozenset[str]:
        repeating = Repeating(catalogue, directly)
        for number in range(FIRST_PAGES):
            assert not await repeating.lines(HOST)
            own = "\n".join(f"Lugu {number} räägib {number * 7 + line}. külast ja tema talgutest" for line in range(9))
            text = "\n".join([own, NOTICE, *([NOT_YET] if number % 4 == 0 else [])])
            page = f"https://{HOST}/lugu/{number}"
            catalogue.keep(Harvested(source="lood", requested=page, url=page, title=f"Lugu {number}", text=text), None)
            await repeating.note_kept(HOST)
        return await repeating.lines(HOST)

    return asyncio.run(keep())


def test_what_most_of_the_first_pages_of_a_host_say_is_known_before_the_others_are_read(tmp_path: Path) -> None:
    catalogue = Catalogue.open(f"sqlite:///{tmp_path}/catalogue.sqlite")
    assert _keep_first_pages(catalogue) == {digest(NOTICE)}  # what only some say may be rare among all pages
    assert catalogue.settle_repeated(HOST) == FIRST_PAGES  # and the first ones are cleaned at the end
    catalogue.close()
