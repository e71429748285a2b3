"""What pages say of each other, and addresses that move between two runs."""

from __future__ import annotations

from typing import Any

import pytest

from harvester.extraction.values import Extract, Raw
from harvester.extraction.worker import extract

URL = "https://kysk.ee/et/plaan"
TEXT = "<p>Külavanem kutsub naabrid kokku, peab plaani ja jagab tööd nii, et igaüks teab, mida ta teeb.</p>" * 3


def extracted(head: str = "", body: str = "") -> Extract:
    html = f"<html lang='et'><head><title>Plaan</title>{head}</head><body><main>{TEXT}{body}</main></body></html>"
    found = extract(Raw(url=URL, body=html.encode(), content_type="text/html; charset=utf-8"))
    assert isinstance(found, Extract)
    return found


def test_the_languages_that_a_page_names_are_read() -> None:
    found = extracted(
        "<link rel='alternate' hreflang='et' href='/et/plaan'><link rel='alternate' hreflang='en-GB' href='/en/plan'>"
        "<link rel='alternate' hreflang='x-default' href='/'><link rel='alternate' hreflang='lv' href='http://[oops/'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed'>",
        "<a hreflang='ru' href='https://ru.kysk.ee/plan'>По-русски</a>",
    )
    assert found.alternates == (("en", "https://kysk.ee/en/plan"), ("ru", "https://ru.kysk.ee/plan"))


@pytest.mark.parametrize(
    ("head", "body", "origins"),
    [
        pytest.param("<link rel='canonical' href='https://a.ee/lugu'>", "", "https://a.ee/lugu", id="canonical"),
        pytest.param("", "<p>Allikas: <a href='https://a.ee/49/'>RiTo</a></p>", "https://a.ee/49/", id="link"),
        pytest.param("", "<p><em>Artikkel ilmus algselt ajakirjas Käsi.</em></p>", "ajakirjas Käsi", id="words"),
        pytest.param("", "<p><strong>Algallikas:</strong> Kodukant</p>", "Kodukant", id="mark-up-within"),
        pytest.param("", "<p>Originally published at <a href='//a.ee/x'>eGA</a>.</p>", "https://a.ee/x", id="english"),
    ],
)
def test_where_a_text_comes_from_is_read(head: str, body: str, origins: str) -> None:
    assert extracted(head, body).origins == (origins,)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("<link rel='canonical' href='https://kysk.ee/plaan'>", "", id="canonical-of-the-same-site"),
        pytest.param("", "<p>Allikad: <a href='https://stat.ee/'>Statistikaamet</a></p>", id="list-of-sources"),
        pytest.param("", "<figure><figcaption>Allikas: Maa-amet</figcaption></figure>", id="picture"),
        pytest.param("", f"<p>Allikas on koht, kust vesi tuleb. {'Vesi voolab. ' * 30}</p>", id="paragraph"),
    ],
)
def test_what_names_no_origin_is_not_taken_for_one(head: str, body: str) -> None:
    assert extracted(head, body).origins == ()


def test_between_two_runs_what_moved_for_good_moves_and_what_leads_on_for_the_moment_stays(
    make_site: Any, make_home: Any, yaml: Any, site_server: Any
) -> None:
    site, other = make_site(), make_site("bare")
    paths = ("/kolib", "/puhkab", "/kaob")
    site.changed["/sitemap.xml"] = site_server.Answer(site_server._urlset(*paths)(site.base), site_server.XML)
    for path in paths:
        site.changed[path] = site_server.page(path.strip("/"), f"{site_server.BALTIC} {path}")
    home = make_home(yaml.file([yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap")]))
    home.harvest(source_ids=["kaart"])
    before = {path: found.id for path, found in home.resources().items()}
    assert set(before) == set(paths)
    other.changed["/uus-kodu"] = site_server.page("kolib", f"{site_server.BALTIC} /kolib")
    other.changed["/hooldus"] = site_server.page("Hooldus", f"Leht on hoolduses. {site_server.BALTIC}")
    site.changed["/kolib"] = site_server._redirect(f"{other.base}/vahepeal", 308)
    other.changed["/vahepeal"] = site_server._redirect("/uus-kodu", 301)
    for path, status in (("/puhkab", 302), ("/kaob", 307)):
        site.changed[path] = site_server._redirect(f"{other.base}/hooldus", status)
    home.harvest(source_ids=["kaart"])
    after = {path: found.id for path, found in home.resources().items()}
    assert after == {"/uus-kodu": before["/kolib"], "/puhkab": before["/puhkab"], "/kaob": before["/kaob"]}
    assert home.reasons("kaart") == {
        "/puhkab": ("failed", "leads to another page for the moment"),
        "/kaob": ("failed", "leads to another page for the moment"),
    }
    assert not any("hooldus" in found.title.lower() for found in home.resources().values())


def test_a_short_link_of_a_card_leads_to_it_and_so_does_where_it_goes(
    make_site: Any, make_home: Any, yaml: Any, site_server: Any
) -> None:
    site, short = make_site(), make_site("bare")
    site.changed["/juhendid/kulavanem/?utm_source=bitly"] = site.answer("/juhendid/kulavanem/")
    short.changed["/3xYz"] = site_server._redirect(f"{site.base}/juhendid/kulavanem/?utm_source=bitly")
    home = make_home(
        yaml.file(
            [yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap", include=["/juhendid/kulavanem"])],
            [yaml.card("lyhike", f"{short.base}/3xYz")],
        )
    )
    home.harvest()
    (card,) = home.resources().values()
    assert (card.id, card.url, card.source) == ("lyhike", f"{short.base}/3xYz", "kaart")
    assert "külavanem" in card.text.lower()


def test_languages_of_one_material_are_linked(make_site: Any, make_home: Any, yaml: Any, site_server: Any) -> None:
    site = make_site()
    english = "The village elder calls the neighbours together, makes a plan and shares the work with all. " * 3
    heads = {
        "/et/plaan": "<link rel='alternate' hreflang='en' href='/en/plan'>",
        "/en/plan": "<link rel='alternate' hreflang='et' href='/et/plaan/'>",
    }
    site.changed["/sitemap.xml"] = site_server.Answer(site_server._urlset(*heads)(site.base), site_server.XML)
    site.changed["/et/plaan"] = site_server.page("Plaan", head=heads["/et/plaan"])
    site.changed["/en/plan"] = site_server.page("Plan", english, head=heads["/en/plan"])
    home = make_home(yaml.file([yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap")]))
    home.harvest(source_ids=["kaart"])
    found = home.resources()
    assert [(other.title, other.language) for other in found["/et/plaan"].translations] == [("Plan", "en")]
    assert [(other.title, other.language) for other in found["/en/plan"].translations] == [("Plaan", "et")]
