"""Sites that copy other people's documents: no material is linked or read there."""

from __future__ import annotations

from aardekast.addresses import host_of

# Seen among what search engines find of Estonian guides. They change their endings (vdocuments.mx, .net, .site), so
# the name counts and not the whole host.
_MIRRORS = frozenset(
    {
        "pdfslide", "docslib", "dokumen", "9dok", "healthdocbox", "pdffox", "vdocuments", "slideserve", "scribd",
    }
)  # fmt: skip
_SECOND_LEVEL = frozenset({"co", "com", "net", "org"})  # as in name.com.br
MIRROR = "copies other people's documents"


def is_mirror(url: str) -> bool:
    """Whether the address is on such a site, whatever its ending or subdomain; it must be one that can be read."""
    labels = host_of(url).split(".")
    ending = 2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 1
    return len(labels) > ending and labels[-ending - 1] in _MIRRORS
