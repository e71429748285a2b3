"""The addresses that programs may ask: what each is for, what it takes, what it answers and which faults it knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from webapp.api import models, parameters
from webapp.language import N_

FAULTS = (406, 413, 414, 500, 503)  # that every address knows
SEARCH, FACETS, SUGGEST, RESOURCE, VOCABULARY = "search", "facets", "suggest", "resource", "vocabulary"
CITATION, SELECTION, CITED_SEARCH = "citation", "citations-of-selection", "citations-of-search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address; `title` and `says` are msgids, `model` is what it answers as JSON; without one it is citations.

    `is_paged`: its answers have a Link header.
    """

    name: str
    path: str
    title: str
    says: str
    asks: type[BaseModel] | None = None
    model: type[BaseModel] | None = None
    faults: tuple[int, ...] = field(default=FAULTS)
    is_paged: bool = False


OPERATIONS = (
    Operation(
        name=SEARCH,
        path="/api/v1/search",
        title=N_("Otsing"),
        says=N_(
            "Sama vastus mis tulemuste lehel, kümme materjali korraga. Parameetrid on samuti samad: iga tulemuste lehe "
            "aadress käib ka siin. Väärtus, millest aru ei saa, jäetakse kõrvale; mille järgi filtreeriti, ütleb "
            "chosen. Naaberlehed on päises Link."
        ),
        asks=parameters.SearchParameters,
        model=models.SearchAnswer,
        is_paged=True,
    ),
    Operation(
        name=FACETS,
        path="/api/v1/facets",
        title=N_("Arvud"),
        says=N_("Kui palju materjale otsingule vastab, rühmiti, ilma materjalide endita. Odavam kui otsing."),
        asks=parameters.Filters,
        model=models.FacetsAnswer,
    ),
    Operation(
        name=SUGGEST,
        path="/api/v1/suggest",
        title=N_("Pakkumised"),
        says=N_("Kuni kaheksa lõpetust sellele, mis on seni kirjutatud. Igaühel on filtrite all vähemalt üks vaste."),
        asks=parameters.SuggestParameters,
        model=models.SuggestAnswer,
    ),
    Operation(
        name=RESOURCE,
        path="/api/v1/resources/{resource_id}",
        title=N_("Üks materjal"),
        says=N_("Kõik, mida materjali kohta teada on, ilma selle tekstita."),
        asks=parameters.ResourcePath,
        model=models.ResourceRecord,
        faults=(404, *FAULTS),
    ),
    Operation(
        name=VOCABULARY,
        path="/api/v1/vocabulary",
        title=N_("Sõnastik"),
        says=N_("Sihtrühmade, liikide, teemade ja maakondade väärtused ning nimetused kolmes keeles."),
        model=models.VocabularyAnswer,
    ),
    Operation(
        name=CITATION,
        path="/materjal/{resource_id}.{form}",
        title=N_("Viide materjalile"),
        says=N_(
            "Viide failina. BibTeX on UTF-8 ja biblatexi väljadega; märgid, millel on LaTeXis oma tähendus, on "
            "kirjutatud paojadana. Kuupäev on nii täpne, kui teada on, ja mida ei teata, seda viites ei ole."
        ),
        asks=parameters.CitationPath,
        faults=(404, *FAULTS),
    ),
    Operation(
        name=SELECTION,
        path="/viited.{form}",
        title=N_("Viited valikule"),
        says=N_("Viited materjalidele, mille tunnused nimetad, samas järjekorras. Eemaldatud materjalid jäävad välja."),
        asks=parameters.SelectionParameters,
        faults=(400, 404, *FAULTS),
    ),
    Operation(
        name=CITED_SEARCH,
        path="/otsing.{form}",
        title=N_("Viited otsingule"),
        says=N_(
            "Viited kõigele, mis otsingule täielikult vastab, 200 korraga; järgmised on päises Link. Nii saab valiku, "
            "mille filtrid piiritlevad."
        ),
        asks=parameters.ListParameters,
        faults=(404, *FAULTS),
        is_paged=True,
    ),
)
