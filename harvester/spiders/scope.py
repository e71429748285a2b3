"""Which addresses belong to a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from aardekast.addresses import canonical_key, host_of
from aardekast.resource import Source

# What no text ends with that could be read; PDF, DOCX, PPTX, ODT, EPUB, plain text and captions are wanted.
_FILES = re.compile(
    r"\.(7z|avi|bmp|bz2|css|csv|doc|eot|exe|flac|gif|gz|ico|ics|jpe?g|js|json|m4[av]|mov|mp[34g]|odp|ods|ogg|png"
    r"|pps|ppt|rar|rss|rtf|svg|tar|tiff?|ttf|wav|webm|webp|wm[av]|woff2?|xlsx?|xml|zip)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Scope:
    """The hosts, the path and the patterns of a source.

    The path is that of the source's address; of a sitemap that serves a whole host it is the address's fragment
    (https://host/sitemap.xml#/path/), which discovery writes there.
    """

    source: Source
    path: str = "/"
    hosts: set[str] = field(default_factory=set)  # none: any host

    def has(self, url: str) -> bool:
        """Whether the address belongs to the source."""
        return self.below(url) and self.matches(url)

    def below(self, url: str) -> bool:
        """Whether the address is a page of the hosts below the path; one that cannot be read is of none."""
        try:
            parts, host = urlsplit(url), host_of(url)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or (self.hosts and host not in self.hosts):
            return False
        path = unquote(parts.path) or "/"
        return (path + "/").startswith(unquote(self.path)) and not _FILES.search(path)

    def matches(self, url: str) -> bool:
        """Whether include and exclude let the address through."""
        include, exclude = self.source.include, self.source.exclude
        return (not include or _any_in(include, url)) and not _any_in(exclude, url)


def folder_of(url: str) -> str:
    """The path up to its last slash; what has no ending such as .html is a folder itself."""
    path = urlsplit(url).path or "/"
    folder, _, last = path.rpartition("/")
    return path.rstrip("/") + "/" if last and "." not in last else folder + "/"


def _any_in(patterns: Iterable[str], url: str) -> bool:
    """Whether a pattern (a part of the path and query, or re:PATTERN) stands in the address."""
    parts = urlsplit(url)
    place = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
    return any(re.search(pattern[3:], place) if pattern.startswith("re:") else pattern in place for pattern in patterns)


class Seen:
    """Addresses that a crawler asked for already, by their keys."""

    def __init__(self) -> None:
        self._keys: set[str] = set()

    def is_new(self, url: str) -> bool:
        """Whether it was not seen before; it is from now on."""
        key = canonical_key(url)
        is_new = key not in self._keys
        self._keys.add(key)
        return is_new
