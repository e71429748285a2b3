"""Sites of WordPress, read by their REST API or by what stands in for it."""

from __future__ import annotations

from typing import Any

import pytest

LIMITS = {"type": "wordpress", "max_pages": 12}


@pytest.fixture(scope="module")
def sites(make_site: Any, load_site: Any) -> dict[str, Any]:
    wordpress = load_site("wordpress")
    kinds = {
        "terve": wordpress.WordPress(),
        "kaustas": wordpress.WordPress("/keskus/"),
        "lihtne": wordpress.WordPress(plain=True),
        "suletud": wordpress.WordPress(closed=wordpress.unauthorized),
        "katki": wordpress.WordPress(closed=wordpress.broken),
        "html": wordpress.WordPress(closed=wordpress.page_of_html),
        "voog": wordpress.WordPress(closed=wordpress.unauthorized, has_feed_only=True),
        "keelatud": wordpress.WordPress(robots=" /wp-json/"),
    }
    made = {}
    for name, kind in kinds.items():
        made[name] = make_site("bare")
        made[name].parts.append(kind.answer)
    return made


@pytest.fixture(scope="module")
def harvested(sites: dict[str, Any], make_home: Any, yaml: Any) -> Any:
    base = {name: site.base for name, site in sites.items()}
    home = make_home(
        yaml.file(
            [
                yaml.source("terve", f"{base['terve']}/", type="wordpress", max_pages=206),
                yaml.source("valitud", f"{base['terve']}/", type="wordpress", include=["/juhend-"], exclude=["2/"]),
                yaml.source("kaustas", f"{base['kaustas']}/keskus/", **LIMITS),
                yaml.source("lihtne", f"{base['lihtne']}/", **LIMITS),
                yaml.source("suletud", f"{base['suletud']}/", **LIMITS),
                yaml.source("katki", f"{base['katki']}/", **LIMITS),
                yaml.source("html", f"{base['html']}/", **LIMITS),
                yaml.source("voog", f"{base['voog']}/", **LIMITS),
                yaml.source("keelatud", f"{base['keelatud']}/", **LIMITS),
                yaml.source("leitud", f"{base['lihtne']}/", max_pages=1),
                yaml.source("leitud-suletud", f"{base['suletud']}/", max_pages=1),
            ]
        )
    )
    home.harvest()
    return home


def test_posts_pages_and_sorts_of_its_own_are_read_to_the_last_page_of_the_list(harvested: Any) -> None:
    run = harvested.run_of("terve")
    assert (run["counts"]["read"], run["fault"]) == (206, None)  # 203 posts less two, 3 pages, 2 guides
    found = harvested.resources()
    assert {"/uudis-203/", "/meist-3/", "/juhend-2/"} <= found.keys()


def test_what_is_private_or_asks_for_a_password_is_not_asked_for(harvested: Any, sites: dict[str, Any]) -> None:
    assert harvested.reasons("terve") == {
        "/uudis-2/": ("rejected", "asks for a password"),
        "/uudis-3/": ("rejected", "is not public"),
    }
    assert not {"/uudis-2/", "/uudis-3/"} & set(sites["terve"].paths())


def test_it_was_published_on_the_day_that_the_site_s_own_records_say(harvested: Any, sites: dict[str, Any]) -> None:
    assert harvested.resources(sites["terve"].base)["/uudis-1/"].published == "2021-03-01"


def test_categories_and_tags_become_keywords(harvested: Any, sites: dict[str, Any]) -> None:
    found = harvested.resources(sites["terve"].base)
    assert found["/uudis-1/"].keywords == ("Vabatahtlik tegevus", "talgud & töö")
    assert found["/meist-1/"].keywords == ()


def test_the_text_is_that_of_the_page(harvested: Any) -> None:
    found = harvested.resources()["/meist-1/"]
    assert found.title == "Lugu meist-1"
    assert "seltsimaja remonditi" in found.text


def test_include_and_exclude_count(harvested: Any) -> None:
    assert harvested.run_of("valitud")["counts"]["read"] == 1


def test_a_limit_takes_of_every_sort_and_says_what_it_left_out(harvested: Any) -> None:
    counts = harvested.run_of("kaustas")["counts"]
    assert (counts["read"], counts["left_out"]) == (12, 194)


@pytest.mark.parametrize("name", ["kaustas", "lihtne"])
def test_the_api_is_found_where_the_site_names_it(harvested: Any, sites: dict[str, Any], name: str) -> None:
    run = harvested.run_of(name)
    assert (run["counts"]["read"], run["fault"]) == (12, None)
    assert "/wp-sitemap.xml" not in "".join(sites[name].paths())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("suletud", ("failed", "401 unauthorized: the sitemap is read instead"), id="closed"),
        pytest.param("katki", ("failed", "is not the API of a WordPress site: the sitemap is read instead"), id="json"),
        pytest.param("html", ("failed", "is not the API of a WordPress site: the sitemap is read instead"), id="html"),
        pytest.param("keelatud", ("rejected", "robots.txt forbids it: the sitemap is read instead"), id="robots.txt"),
    ],
)
def test_where_the_api_cannot_be_had_the_sitemap_is_read_and_the_report_says_so(
    harvested: Any, name: str, reason: tuple[str, str]
) -> None:
    run = harvested.run_of(name)
    assert (run["counts"]["read"], run["fault"]) == (2, None)
    assert list(harvested.reasons(name).values()) == [reason]


def test_where_there_is_no_sitemap_either_the_feed_is_read(harvested: Any) -> None:
    assert list(harvested.reasons("voog").values()) == [("failed", "401 unauthorized: the feed is read instead")]
    assert "/uudis-9/" in harvested.resources()


def test_what_robots_txt_forbids_is_not_asked_for(harvested: Any, sites: dict[str, Any]) -> None:
    assert not [path for path in sites["keelatud"].paths() if path.startswith("/wp-json/")]


@pytest.mark.parametrize(("name", "type_"), [("leitud", "wordpress"), ("leitud-suletud", "sitemap")])
def test_it_is_found_out_that_a_site_runs_on_wordpress_with_an_open_api(harvested: Any, name: str, type_: str) -> None:
    catalogue = harvested.catalogue()
    assert catalogue.sources([name])[0].type == type_
    catalogue.close()
    assert harvested.run_of(name)["counts"]["read"] == 1


def test_a_site_that_closes_its_api_is_looked_at_anew(
    make_site: Any, load_site: Any, make_home: Any, yaml: Any
) -> None:
    module = load_site("wordpress")
    wordpress, site = module.WordPress(), make_site("bare")
    site.parts.append(wordpress.answer)
    home = make_home(yaml.file([yaml.source("muutlik", f"{site.base}/", max_pages=1)]))
    types = []
    for closed in (None, module.unauthorized, module.unauthorized):
        wordpress.closed = closed
        home.harvest()
        catalogue = home.catalogue()
        types.append(catalogue.sources(["muutlik"])[0].type)
        catalogue.close()
        assert home.run_of("muutlik")["counts"]["read"] == 1
    assert types == ["wordpress", None, "sitemap"]
