from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def peek(make_site: Any, make_home: Any, yaml: Any) -> Any:
    site = make_site()
    home = make_home(yaml.file([]).replace("sources:", "sources: []"))

    def preview(path: str) -> dict[str, Any]:
        return home.finish(home.start("preview", url=site.base + path))

    preview.site = site  # type: ignore[attr-defined]
    return preview


def test_it_shows_what_would_be_kept_of_a_page_and_why(peek: Any) -> None:
    found = peek("/juhendid/kriisiplaan/")
    assert (found["title"], found["language"], found["published"]) == ("Kogukonna kriisiplaan", "et", "2023-03-14")
    assert (found["format"], found["words"] > 90, len(found["start"])) == ("html", True, 300)
    assert found["topics"] == ["kriisivalmidus"]
    assert found["evidence"] == [["kriisivalmidus", ["kriisiplaan"]]]
    assert found["reason"] is None


def test_it_shows_what_the_source_would_be_and_why_the_page_is_not_taken(peek: Any) -> None:
    found = peek("/")
    assert (found["source_type"], found["source_url"]) == ("sitemap", f"{peek.site.base}/sitemap.xml")
    assert found["pages_listed"] == 10
    assert found["reason"] == "little text (1 words)"
