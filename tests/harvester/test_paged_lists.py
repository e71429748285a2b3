"""Lists that go on over several pages."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def paged(make_site: Any, make_home: Any, load_site: Any, yaml: Any) -> Any:
    """A harvest of all sorts of them; the site they are on is `paged.site`."""
    site = make_site("bare")
    site.parts.append(load_site("paged").answer)
    base, lood = site.base, {"type": "links", "links": "article h2 a", "next": "a.vanemad"}
    home = make_home(
        yaml.file(
            [
                yaml.source("wordpress", f"{base}/wp/feed/", type="feed"),
                yaml.source("blogger", f"{base}/blogi/", type="feed", max_pages=15),
                yaml.source("loetud", f"{base}/loetud.xml", type="feed"),
                yaml.source("kaart", f"{base}/kaart.xml", type="sitemap"),
                yaml.source("ring", f"{base}/ring.xml", type="feed"),
                yaml.source("json", f"{base}/voog.json", type="feed"),
                yaml.source("lood", f"{base}/lood/", **lood),
                yaml.source("lyhike", f"{base}/lood/", **lood | {"links": "article h2"}, include=["re:/l[12]$"]),
                yaml.source("vale", f"{base}/lood/", **lood | {"links": "article h5 a"}),
                yaml.source("valitud", f"{base}/lood/", **lood, include=["/juhend/"]),
            ]
        )
    )
    home.harvest()
    home.site = site
    return home


@pytest.mark.parametrize("source", ["wordpress", "loetud", "json", "lood"])
def test_every_page_of_a_list_is_read(paged: Any, source: str) -> None:
    run = paged.run_of(source)
    assert (run["counts"]["read"], run["fault"], run["reasons"]) == (25, None, [])


def test_a_feed_ends_at_max_pages_and_says_what_it_left_out(paged: Any) -> None:
    counts = paged.run_of("blogger")["counts"]
    assert (counts["read"], counts["left_out"]) == (15, 5)
    asked = [path for path in paged.site.paths() if path.startswith("/feeds/")]
    assert asked == ["/feeds/posts/default", "/feeds/posts/default?start-index=11&max-results=10"]


def test_a_feed_whose_pages_repeat_ends(paged: Any) -> None:
    assert paged.run_of("ring")["counts"]["read"] == 1
    assert [path for path in paged.site.paths() if path.startswith("/ring.xml")] == ["/ring.xml", "/ring.xml?lk=2"]


def test_a_page_that_names_a_feed_will_do_for_its_address(paged: Any) -> None:
    assert paged.run_of("blogger")["fault"] is None


def test_the_categories_of_an_entry_become_keywords_of_its_page(paged: Any) -> None:
    assert paged.resources()["/postitus/w1"].keywords == ("Talgud",)
    assert paged.resources()["/postitus/b1"].keywords == ()


def test_the_date_of_a_json_feed_is_the_day(paged: Any) -> None:
    assert paged.resources()["/postitus/j25"].published == "2021-04-05"


def test_when_a_sitemap_says_a_page_was_changed_is_not_when_it_was_published(paged: Any) -> None:
    found = paged.resources()
    assert (found["/postitus/s1"].published, found["/postitus/s2"].published) == (None, None)


def test_only_what_the_selector_finds_is_taken_from_a_list(paged: Any) -> None:
    assert not {"/jaga", "/kontakt", "/lood/"} & set(paged.resources())
    assert "/jaga" not in paged.site.paths()


def test_a_selector_may_name_what_a_link_stands_in_and_include_still_counts(paged: Any) -> None:
    assert paged.run_of("lyhike")["counts"]["read"] == 2


def test_a_selector_that_finds_nothing_is_the_fault_of_the_source(paged: Any) -> None:
    assert paged.run_of("vale")["fault"].endswith("'links: article h5 a' finds no link on the page")
    assert paged.run_of("valitud")["fault"].endswith("lists no page that include and exclude let through")
