"""What the site gives to others can be taken back: a search's feed is a source like any other."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from aardekast.resource import Resource
from aardekast.vocabulary import Vocabulary
from index import ResourceList, Searcher, SearchRequest, engine_at
from webapp import create_app


@dataclass
class Served:
    """The site over resources, at an address of loopback."""

    base: str
    searcher: Searcher


@pytest.fixture
def serve(tmp_path: Path, vocabulary: Vocabulary) -> Any:
    running: list[Any] = []

    def start(resources: list[Resource]) -> Served:
        engine = engine_at(tmp_path / "index", vocabulary)
        engine.update(ResourceList(resources))
        server = make_server("127.0.0.1", 0, create_app(engine, vocabulary), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return Served(f"http://127.0.0.1:{server.port}", engine.open())

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("address", ["/otsing.atom?q=kogukonnaaed", "/valjaandja/naidiskula-selts.atom"])
def test_the_feed_of_a_search_can_be_harvested_back(
    address: str,
    make_site: Callable[..., Any],
    make_home: Callable[[str], Any],
    yaml: Any,
    serve: Callable[[list[Resource]], Served],
) -> None:
    site = make_site()
    first = make_home(yaml.file([yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap")]))
    first.harvest()
    harvested = first.resources()
    served = serve(list(harvested.values()))

    second = make_home(yaml.file([yaml.source("oma", f"{served.base}{address}", type="feed")]))
    second.harvest()
    again = second.resources()
    expected = {hit.resource.url for hit in served.searcher.search(_wanted(address)).hits}
    assert expected
    assert {resource.url for resource in again.values()} == expected
    for path, resource in again.items():
        assert (resource.title, resource.text) == (harvested[path].title, harvested[path].text)
        assert resource.published == harvested[path].published


def _wanted(address: str) -> SearchRequest:
    text = address.partition("?q=")[2]
    return SearchRequest(text=text, publishers=() if text else ("Näidisküla Selts",), page_size=30)
