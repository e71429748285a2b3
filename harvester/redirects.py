"""Scrapy's redirects, where the address that a page leads on to may be none."""

from __future__ import annotations

from http import HTTPStatus

from scrapy import Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from harvester.addresses import UNREADABLE

# 303 answers a form. A page's own refresh is how sites without access to their server move for good.
_TEMPORARY = (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)


def temporary_redirects(response: Response) -> tuple[str, ...]:
    """Of the addresses that led to this answer those that did so only for the moment."""
    led, why = response.meta.get("redirect_urls", ()), response.meta.get("redirect_reasons", ())
    return tuple(url for url, reason in zip(led, why, strict=False) if reason in _TEMPORARY)


class PlainRedirectMiddleware(RedirectMiddleware):
    """Raises IgnoreRequest, in plain words, for a Location that is no address."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy passes none any more
    ) -> Request | Response:
        """As Scrapy does it."""
        try:
            return super().process_response(request, response)
        except ValueError:
            raise IgnoreRequest(f"leads on to what {UNREADABLE}") from None


class PlainMetaRefreshMiddleware(MetaRefreshMiddleware):
    """Takes a page whose refresh or base is no address for the page itself."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy passes none any more
    ) -> Request | Response:
        """As Scrapy does it."""
        try:
            return super().process_response(request, response)
        except ValueError:
            return response
