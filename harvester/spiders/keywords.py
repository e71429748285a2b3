"""What a site files its pages under, as keywords."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 20  # a post with more has been tagged for search engines
_LONGEST = 60  # signs; longer ones are sentences
# What WordPress calls a page that nobody filed, and names that say of what sort a page is, not what it is about.
_NOTHING = {
    "uncategorized", "määratlemata", "määramata", "kategooriata", "без рубрики", "üldine", "varia", "muu", "general",
    "uudised", "uudis", "teated", "pressiteated", "news", "новости", "artiklid", "articles", "статьи", "blog", "blogi",
}  # fmt: skip


def clean_keywords(names: Iterable[str]) -> tuple[str, ...]:
    """The names that say something, each once."""
    words = (" ".join(name.split()) for name in names)
    kept = {word.lower(): word for word in words if word and len(word) <= _LONGEST and word.lower() not in _NOTHING}
    return tuple(kept.values())[:_MOST]
