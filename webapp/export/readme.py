"""The README of an export: what it is, each file and field, how to go on. Estonian first, then English."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.contents import Contents
from webapp.export.fields import FILES

ET = """\
# Aardekasti väljavõte

*In English below.*

Siin on kõik, mida Aardekast avalikult näitas, seisuga {day}: {resources} materjali kirjed, sõnastik, allikad ja
väljaandjad. Aardekast on Kogukonnaveebi otsing kogukondade arendamise materjalidele. Väljavõtte tegi {owner}
({contact}).
{copy}
## Failid

| fail | mis seal on | kirjeid |
|---|---|---|
{files}

Andmed on JSON Linesi kujul: igal real on üks kirje, kodeering on UTF-8. `SHA256SUMS` on kõigi failide kontrollsummad;
kontrolli neid käsuga `sha256sum --check SHA256SUMS`. `aardekast-export.json` ütleb programmile, mis väljavõte see on.

{tables}
## Mis siin ei ole

Materjalide tekste siin ei ole: need kuuluvad autoritele ja on nende veebilehtedel. Samuti ei ole siin külastajate kirju
ega otsinguid, ega materjale, mille kuraatorid on välja jätnud või veel üle vaatamata.

## Litsents

Kirjeid, sealhulgas kuraatorite kirjeldusi, võid kasutada litsentsi {licence} järgi; viita Aardekastile. Materjalidel
endil on igaühel oma õigused (väli `licence`; kui seda pole, küsi autorilt). Kiri Commissioner kaustas `static` on
SIL Open Font License'i all, mis on seal kõrval.

## Kuidas edasi

* Loe andmeid mis tahes programmiga: `python3 -c "import json; print(sum(1 for _ in open('data/resources.jsonl')))"`.
* Aardekasti programm on vaba tarkvara (EUPL-1.2); see loeb materjale failist `resources.yaml`, mille väljad on enamasti
  samade nimedega.
* Mis on vananenud, saab teada ainult allikast: kirjes on selle aadress ja viimase kontrolli päev.
"""
ET_COPY = """
Ava `index.html`: see on Aardekasti koopia, mis töötab ilma serveri ja võrguta, ka otsing. Sama kausta võib panna
mis tahes veebiserverisse.
"""
EN = """\
---

# An export of Aardekast

Everything that Aardekast showed in public, as of {day}: the records of {resources} resources, the vocabulary, sources
and publishers. Aardekast is the search of Kogukonnaveeb over materials on community development in Estonia. Exported
by {owner} ({contact}).
{copy}
## Files

| file | what it holds | records |
|---|---|---|
{files}

The data are JSON Lines: a record a line, in UTF-8. `SHA256SUMS` holds the checksums of all files; check them with
`sha256sum --check SHA256SUMS`. `aardekast-export.json` tells a program which export this is.

{tables}
## What is not here

No texts of materials: they belong to their authors and stand on their sites. Neither letters nor searches of visitors,
nor materials that curators left out or have not looked at yet.

## Licence

The records, the curators' descriptions among them, may be used under {licence}; name Aardekast as their source. Each
material has rights of its own (field `licence`; where it is missing, ask the author). The font Commissioner in
`static` is under the SIL Open Font License, which lies beside it.

## How to go on

* Read the data with any program: `python3 -c "import json; print(sum(1 for _ in open('data/resources.jsonl')))"`.
* Aardekast itself is free software (EUPL-1.2); it reads materials from `resources.yaml`, whose fields mostly have the
  same names.
* What is out of date only the source can tell: a record holds its address and the day of the last check.
"""
EN_COPY = """
Open `index.html`: it is a copy of Aardekast that works without a server or network, its search too. The same folder can
be put onto any web server.
"""


def readme(contents: Contents, counts: Mapping[str, int], *, has_copy: bool) -> bytes:
    """The whole README; `counts` are the records of each file."""
    told = {
        "day": contents.day.isoformat(),
        "resources": len(contents.resources),
        "owner": contents.owner.name,
        "contact": contents.owner.email or contents.owner.url,
        "licence": contents.licence,
    }
    estonian = ET.format(
        **told,
        copy=ET_COPY if has_copy else "",
        files="\n".join(f"| `data/{file.name}` | {file.et} | {counts[file.name]} |" for file in FILES),
        tables=_tables("väli", "mis see on", 1),
    )
    english = EN.format(
        **told,
        copy=EN_COPY if has_copy else "",
        files="\n".join(f"| `data/{file.name}` | {file.en} | {counts[file.name]} |" for file in FILES),
        tables=_tables("field", "what it says", 2),
    )
    return f"{estonian}\n{english}".encode()


def _tables(name: str, says: str, column: int) -> str:
    lines = []
    for file in FILES:
        lines += [f"### {file.name}", "", f"| {name} | {says} |", "|---|---|"]
        lines += [f"| `{field.name}` | {field[column]} |" for field in file.fields]
        lines.append("")
    return "\n".join(lines)
