from __future__ import annotations

import pytest

from aardekast.resource import Source
from harvester.spiders.scope import Scope, folder_of


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("https://a.ee", "/"),
        ("https://a.ee/selts/", "/selts/"),
        ("https://a.ee/selts", "/selts/"),
        ("https://a.ee/selts/index.html", "/selts/"),
    ],
)
def test_the_folder_of_an_address(url: str, folder: str) -> None:
    assert folder_of(url) == folder


@pytest.mark.parametrize(
    ("url", "is_in"),
    [
        ("https://www.a.ee/uudis/1", True),
        ("http://a.ee/uudis/%C3%B5ppus", True),
        ("https://b.ee/uudis/1", False),
        ("https://a.ee/muu/1", False),
        ("https://a.ee/uudis/tag/kula", False),
        ("https://a.ee/uudis/pilt.JPG", False),
        ("https://a.ee/uudis/juhend.pdf", True),
        ("https://a.ee/uudis/2?lk=3", False),
        ("mailto:a@a.ee", False),
    ],
)
def test_include_and_exclude_choose_addresses(url: str, is_in: bool) -> None:
    source = Source(id="a", url="https://a.ee/", include=("/uudis/",), exclude=("/tag/", r"re:lk=\d"))
    assert Scope(source, hosts={"a.ee"}).has(url) is is_in
