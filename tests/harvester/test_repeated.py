"""A notice on every page of a site, through whole harvests."""

from __future__ import annotations

from typing import Any

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
