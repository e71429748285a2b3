"""Drawings within a page: browsers take none out of another file where pages are files themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

SPRITE = Path(__file__).parents[1] / "static" / "symbols.svg"
_SYMBOL = re.compile(r'<symbol id="([\w-]+)".*?</symbol>', re.DOTALL)
_USED = re.compile(r'<use href="#([\w-]+)"')
_BODY = "<body>\n"


def with_drawings(page: str) -> str:
    """The page with every drawing that it uses."""
    known = symbols()
    used = [known[name] for name in dict.fromkeys(_USED.findall(page)) if name in known]
    sprite = f'<svg class="vh" width="0" height="0" aria-hidden="true">{"".join(used)}</svg>\n'
    return page.replace(_BODY, _BODY + sprite, 1)


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """All drawings of the site by their names."""
    text = SPRITE.read_text("utf-8")
    return {match[1]: re.sub(r">\s+<", "><", match[0]) for match in _SYMBOL.finditer(text)}
