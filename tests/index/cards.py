"""Resources to index in a line, and what was found of them."""

from aardekast.resource import Resource
from index import SearchPage


def card(id_: str, title: str, description: str = "", **values: object) -> Resource:
    return Resource(
        **{"id": id_, "url": f"https://naide.ee/{id_}", "title": title, "description": description, "language": "et"}  # type: ignore[arg-type]
        | values
    )


def ids(page: SearchPage) -> list[str]:
    return [hit.resource.id for hit in page.hits]
