"""The site's own application, taught to make links between files instead of addresses."""

from __future__ import annotations

from flask import Flask

from aardekast.errors import IndexMissingError
from aardekast.vocabulary import Vocabulary
from index import Collection, Published, Searcher
from webapp import create_app
from webapp.site import Owner
from webapp.static_copy import addresses


class WithoutIndex:
    """An engine for pages that search nothing."""

    def build(self, _collection: Collection, /) -> Published:
        """Nothing is indexed. Raises IndexMissingError."""
        raise IndexMissingError("A copy of the site has no index.")

    def update(self, collection: Collection) -> Published:
        """Nothing is indexed. Raises IndexMissingError."""
        return self.build(collection)

    def open(self) -> Searcher:
        """There is nothing to open. Raises IndexMissingError."""
        raise IndexMissingError("A copy of the site has no index.")


def application(vocabulary: Vocabulary, owner: Owner) -> Flask:
    """An application that renders pages of a copy within `test_request_context(path of the page)`."""
    app = create_app(WithoutIndex(), vocabulary, owner=owner)
    for function in (
        addresses.copy_url,
        addresses.in_language,
        addresses.landing_url,
        addresses.resource_url,
        addresses.static_url,
    ):
        app.add_template_global(function, function.__name__)
    return app
