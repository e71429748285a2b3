"""The font of the site, made small: the files kiri-*.woff2 in webapp/static/fonts, but for kiri-ext.woff2.

    python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0 brotli==1.2.1
    /tmp/fonts/bin/python tools/narrow_font.py commissioner-latin.woff2 webapp/static/fonts latin rare
    /tmp/fonts/bin/python tools/narrow_font.py commissioner-cyrillic.woff2 webapp/static/fonts cyr

The sources are Commissioner's variable files (npm @fontsource-variable/commissioner 5.3.0, OFL 1.1), or ones made from
them. Kept are outlines and kerning; not ligatures, hints, and forms of other languages.

`latin` holds what Estonian and English are written with (24.8 kB), `rare` the other letters of western Europe, which a
page fetches only when it has one. `cyr` holds Russian (12.9 kB of 23.8), its weights from 400 to 700 drawn as straight
lines between these two: at 560 points lie .001 em off on average, .009 at the worst, a sixth of a pixel in text. It was
needed: with 23.8 kB a first visit of the Russian results page took 72 kB where 60 are wanted.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.instancer import instantiateVariableFont

FIXED = {"FLAR": 100, "VOLM": 100, "slnt": 0}
FOLLOWING = ["HVAR", "MVAR", "avar"]  # tables that say of straight outlines what these say themselves


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its letters and its weights."""

    letters: str
    weights: tuple[int, int]
    is_straight: bool = False


ASCII = "".join(map(chr, range(0x20, 0x7F)))
PARTS = {
    "latin": Part(f"{ASCII}\xa0§©«°»ÄÕÖÜäõöüéè×·½²–—‘’‚“”„•…€−", (400, 800)),
    "rare": Part("¿ÀÁÅÆÇÈÉËÏÑÓØßàáåæçëïñóø", (400, 800)),
    "cyr": Part("".join(map(chr, range(0x410, 0x450))) + "Ёё№", (400, 700), is_straight=True),
}


def narrowed(source: str, part: Part) -> TTFont:
    """The font with the letters and weights of a part."""
    font = _with_letters(_of_family(source), part)
    if part.is_straight:
        light, bold = (_with_weights(_with_letters(_of_family(source), part), weight) for weight in part.weights)
        font = _with_weights(font, part.weights)
        _straighten(font, light, bold)
        for name in FOLLOWING:
            font.tables.pop(name, None)
            font.reader.tables.pop(name, None)
    elif font["fvar"].axes[0].maxValue > part.weights[1]:
        font = _with_weights(font, part.weights)
    font.flavor = "woff2"
    return font


def _of_family(source: str) -> TTFont:
    """The font with the weight as its only axis."""
    font = TTFont(source)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    fixed = {name: value for name, value in FIXED.items() if name in axes}
    return instantiateVariableFont(font, fixed) if fixed else font


def _with_letters(font: TTFont, part: Part) -> TTFont:
    subsetter = Subsetter(Options(layout_features=["kern"], hinting=False, name_IDs=[0, 1, 2, 13, 14]))
    subsetter.populate(text=part.letters)
    subsetter.subset(font)
    return font


def _with_weights(font: TTFont, weights: int | tuple[int, int]) -> TTFont:
    return instantiateVariableFont(font, {"wght": weights})


def _straighten(font: TTFont, light: TTFont, bold: TTFont) -> None:
    """Let each point go straight from its place in `light` to that in `bold`."""
    for name in font.getGlyphOrder():
        start, control = light["glyf"]._getCoordinatesAndControls(name, light["hmtx"].metrics)
        end, _ = bold["glyf"]._getCoordinatesAndControls(name, bold["hmtx"].metrics)
        moves = [(after[0] - before[0], after[1] - before[1]) for before, after in zip(start, end, strict=True)]
        variation = TupleVariation({"wght": (0, 1, 1)}, moves)
        variation.optimize(start, control.endPts)
        font["gvar"].variations[name] = [variation]


def main() -> None:
    """Read one file, write the named parts."""
    source, folder, *names = sys.argv[1:]
    for name in names:
        narrowed(source, PARTS[name]).save(Path(folder) / f"kiri-{name}.woff2")


if __name__ == "__main__":
    main()
