"""What the API is asked, parameter by parameter, for its description. `webapp.params` reads them.

Descriptions are msgids. Values are forgiven as on the results page, so that each of its addresses works here: a value
that cannot be used is left out, and the facets of the answer say what is chosen.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from webapp.language import N_

ResourceId = Annotated[str, Field(description=N_("Materjali püsiv tunnus, nagu see otsingu vastuses on."))]
Form = Annotated[
    Literal["bib", "ris", "csl.json", "txt"],
    Field(description=N_("BibTeX (bib), RIS (ris), CSL-JSON (csl.json) või loetav viide (txt)."), examples=["bib"]),
]
Text = Annotated[
    str | None,
    Field(
        description=N_(
            "Mida otsida. Arvesse lähevad esimesed 256 tähemärki ja 32 sõna; märgid on lehel Kuidas otsida."
        ),
        examples=["kriisiplaan"],
    ),
]


class Filters(BaseModel):
    """A text and the filters of the site; several values by repeating the parameter."""

    q: Text = None
    sihtruhm: list[str] = Field([], description=N_("Kellele; väärtused on sõnastikus (audience)."))
    teema: list[str] = Field([], description=N_("Teema; väärtused on sõnastikus (topic)."))
    liik: list[str] = Field([], description=N_("Liik; väärtused on sõnastikus (kind)."))
    keel: list[str] = Field([], description=N_("Materjali keel: et, en, ru ja teised."))
    aasta: list[str] = Field([], description=N_("Ilmumisaasta: 2023, 2020..2024, 2020.., ..2024 või teadmata."))
    maakond: list[str] = Field([], description=N_("Maakond; väärtused on sõnastikus (county)."))
    vorming: list[str] = Field([], description=N_("Vorming: html, pdf, docx, video ja teised."))
    valjaandja: list[str] = Field([], description=N_("Väljaandja nimi, nagu see vastustes on."))


class SearchParameters(Filters):
    """Those of the results page."""

    jarjesta: str | None = Field(
        None,
        description=N_("Järjestus: uuemad, pealkiri või lisatud; muidu sobivamad enne."),
        examples=["uuemad"],
    )
    leht: int = Field(1, ge=1, description=N_("Mitmes lehekülg; viimasest suurem annab viimase."))


class SuggestParameters(Filters):
    """What was typed so far, and the filters under which a completion must have hits."""

    q: Annotated[str | None, Field(description=N_("Mis on seni kirjutatud."), examples=["kriisi"])] = None


class ResourcePath(BaseModel):
    """The material that the address names."""

    resource_id: ResourceId


class CitationPath(BaseModel):
    """A material, and how its citation is written."""

    resource_id: ResourceId
    form: Form


class SelectionParameters(BaseModel):
    """Materials that are cited, in this order."""

    form: Form
    id: list[Annotated[str, Field(min_length=1)]] = Field(
        min_length=1,
        max_length=100,
        description=N_("Materjali tunnus; mitme jaoks korda parameetrit, kuni 100 korda."),
    )


class ListParameters(Filters):
    """A search whose materials are cited."""

    form: Form
    leht: int = Field(1, ge=1, description=N_("Mitmes 200 viitest koosnev osa."))
