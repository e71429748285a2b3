"""The Cyrillic letters of the site's font, made small enough for a Russian page: webapp/static/fonts/kiri-cyr.woff2.

    python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0 brotli
    /tmp/fonts/bin/python tools/narrow_font.py commissioner-cyrillic.woff2 webapp/static/fonts/kiri-cyr.woff2

The source is Commissioner's variable Cyrillic file (npm @fontsource-variable/commissioner 5.3.0, OFL 1.1), or one made
from it. Weights 400 to 700, the letters of Russian and №, kerning; no localised forms of other languages: 14.9 kB
instead of 23.8 with all forms and weights to 800. Bold headings above 700 are drawn at 700.
"""

from __future__ import annotations

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LETTERS = [*range(0x410, 0x450), 0x401, 0x451, 0x2116]  # А to я, Ё, ё, №
WEIGHTS = (400, 700)


def narrowed(font: TTFont) -> TTFont:
    """The font without what Russian pages do not need."""
    axes = {axis.axisTag for axis in font["fvar"].axes}
    fixed = {"FLAR": 100, "VOLM": 100, "slnt": 0}  # what the other files of the family were made with
    limits = {name: value for name, value in fixed.items() if name in axes}
    font = instantiateVariableFont(font, {"wght": WEIGHTS, **limits})
    options = Options(layout_features=["kern", "mark", "ccmp"], hinting=False, name_IDs=[0, 1, 2, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def main() -> None:
    """Read one file, write the other."""
    source, target = sys.argv[1:]
    narrowed(TTFont(source)).save(target)


if __name__ == "__main__":
    main()
