from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def peek(make_site: Any, make_home: Any, yaml: Any) -> Any:
    site = make_site()
    home = make_home(yaml.file([]).replace("sources:", "sources: []"))

    def preview(path: str, **options: Any) -> dict[str, Any]:
        return home.finish(home.start("preview", url=site.base + path, **options))

    preview.site = site  # type: ignore[attr-defined]
    preview.home = home  # type: ignore[attr-defined]
    return preview


def peek_at(peek: Any, site: Any, path: str) -> dict[str, Any]:
    return peek.home.finish(peek.home.start("preview", url=site.base + path))


def test_it_shows_what_would_be_kept_of_a_page_and_why(peek: Any) -> None:
    found = peek("/juhendid/kriisiplaan/")["page"]
    assert (found["title"], found["language"], found["published"]) == ("Kogukonna kriisiplaan", "et", "2023-03-14")
    assert (found["format"], found["words"] > 90, len(found["start"])) == ("html", True, 300)
    assert {"field": "topic", "value": "kriisivalmidus", "because": ["kriisiplaan"]} in found["tags"]
    assert found["reason"] is None


def test_it_shows_what_the_source_would_be_what_comes_in_first_and_why_the_page_is_not_taken(peek: Any) -> None:
    found = peek("/")
    source = found["source"]
    assert (source["type"], source["url"]) == ("sitemap", f"{peek.site.base}/sitemap.xml")
    assert source["why"] == "The site lists its pages for search engines."
    assert (source["listed"], source["is_whole"]) == (9, True)  # of ten addresses two are one page
    titles = [page["title"] for page in source["samples"] if not page["reason"]]
    assert titles[0] == "Kogukonna kriisiplaan"
    assert len(source["samples"]) >= 5
    assert found["page"]["reason"] == "little text (1 words)"


def test_what_the_entry_of_a_source_says_holds_for_its_preview(peek: Any) -> None:
    url = f"{peek.site.base}/uudised/rss.xml"
    entry = {"id": "uudised", "url": url, "type": "feed", "kind": "uudis", "audiences": ["kov"], "include": ["/talgud"]}
    found = peek("/uudised/rss.xml", sources=[entry])
    source = found["source"]
    assert (source["type"], source["entry"], source["listed"]) == ("feed", "uudised", 1)
    assert source["why"] == "The entry 'uudised' of resources.yaml says so."
    assert [page["title"] for page in source["samples"]] == ["Talgud, mis tõid küla kokku"]
    because = ["the entry 'uudised' says so"]
    assert source["samples"][0]["tags"][:2] == [
        {"field": "kind", "value": "uudis", "because": because},
        {"field": "audience", "value": "kov", "because": because},
    ]
    assert found["page"] is None  # a feed is a list, no material


def test_a_site_of_wordpress_is_told_and_its_dates_come_from_its_records(
    peek: Any, make_site: Any, load_site: Any
) -> None:
    site = make_site("bare")
    site.parts.append(load_site("wordpress").WordPress().answer)
    source = peek_at(peek, site, "/")["source"]
    assert (source["type"], source["listed"]) == ("wordpress", 206)
    assert source["samples"][0]["published"] == "2021-03-01"
    assert source["samples"][0]["keywords"] == ["Vabatahtlik tegevus", "talgud & töö"]


def test_a_recording_is_shown_with_its_chapters(peek: Any, make_site: Any, load_site: Any) -> None:
    site = make_site("bare")
    site.parts.append(load_site("recordings").answer)
    found = peek_at(peek, site, "/videod/arutelu")
    assert (found["source"]["type"], found["source"]["listed"]) == ("video", 1)
    page = found["page"]
    assert (page["title"], page["kind"], page["minutes"]) == ("Kuidas juhtida arutelu", "veebiettekanne", 59)
    assert page["passages"] == ["0:00 Sissejuhatus", "1:30 Küsimused"]
    assert {"field": "kind", "value": "veebiettekanne", "because": ["it is a recording"]} in page["tags"]


def test_an_address_that_does_not_answer_says_so_twice(peek: Any) -> None:
    found = peek("/loksud/404")
    assert found["source"]["fault"].endswith("404 not found")
    assert found["page"]["reason"] == "404 not found"


def test_of_a_list_without_end_a_preview_reads_only_the_beginning(peek: Any, make_site: Any, site_server: Any) -> None:
    def part(path: str, base: str) -> Any:
        if path == "/sitemap.xml":
            children = "".join(f"<sitemap><loc>{base}/{n}.xml</loc></sitemap>" for n in range(150))
            return site_server.Answer(f"<sitemapindex>{children}</sitemapindex>".encode(), "application/xml")
        if path.endswith(".xml"):
            urls = "".join(f"<url><loc>{base}{path}/{n}</loc></url>" for n in range(10))
            return site_server.Answer(f"<urlset>{urls}</urlset>".encode(), "application/xml")
        return None

    site = make_site("bare")
    site.parts.append(part)
    source = peek_at(peek, site, "/sitemap.xml")["source"]
    assert (source["listed"], source["is_whole"]) == (190, False)
    assert len([path for path in site.paths() if path.endswith(".xml")]) <= 25
