"""What the API answers, field by field. Its description is made from these models; tests hold answers to them.

The names and values are those of the views: nothing is converted here. Descriptions are msgids: they are shown in
the language of the reader. A field that may be unknown is null; none is left out.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from aardekast.resource import Status
from index import SuggestionKind
from webapp.language import N_

Id = Annotated[str, Field(description=N_("Materjali püsiv tunnus."))]
Address = Annotated[str, Field(description=N_("Materjali enda aadress."))]
Title = Annotated[str, Field(description=N_("Pealkiri."))]
Audience = Annotated[list[str], Field(description=N_("Kellele: sõnastiku audience väärtused."))]
Topics = Annotated[list[str], Field(description=N_("Teemad: sõnastiku topic väärtused."))]
Kind = Annotated[str, Field(description=N_("Liik: sõnastiku kind väärtus, või tühi."))]
Language = Annotated[str, Field(description=N_("Materjali keel (ISO 639-1), või tühi."))]
Publisher = Annotated[str, Field(description=N_("Väljaandja, või tühi."))]
Published = Annotated[
    str | None,
    Field(
        description=N_("Millal ilmus, nii täpselt kui teada: aasta, kuu või päev."),
        examples=["2019", "2019-05", "2019-05-17"],
    ),
]
State = Annotated[
    Status,
    Field(description=N_("Kas allikas avaneb: live avaneb, failing ei vasta praegu.")),
]
Query = Annotated[str, Field(description=N_("Mida otsiti, nii nagu otsing sellest aru sai."))]
Total = Annotated[int, Field(ge=0, description=N_("Mitu materjali leiti."))]


class Answer(BaseModel):
    """Every field is always there, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PassageLink(Answer):
    """Where in the material the snippet stands."""

    label: str = Field(description=N_("Lehekülg, ajahetk või vahepealkiri."))
    url: str = Field(description=N_("Aadress, mis avab just selle koha."))


class Translation(Answer):
    """The same material in another language."""

    id: Id
    url: Address
    title: Title
    language: Language


class Hit(Answer):
    """A material that answers the query."""

    id: Id
    url: Address
    title: Title
    snippet: str = Field(
        description=N_("Väljavõte, kuni 300 märki: HTML, milles leitud sõnad on märgendis mark; muud märgendit ei ole.")
    )
    passage: PassageLink | None = Field(description=N_("Koht materjalis, kust väljavõte on."))
    kind: Kind
    audience: Audience
    topics: Topics
    language: Language
    publisher: Publisher
    published: Published
    status: State
    score: float = Field(description=N_("Kui hästi vastab; võrreldav ainult sama otsingu sees."))
    translations: list[Translation] = Field(description=N_("Sama materjal teistes keeltes."))


class FacetValue(Answer):
    """A value of a facet."""

    value: str | int | None = Field(description=N_("Väärtus, nagu see parameetris on; null, kui aasta ei ole teada."))
    label: str = Field(description=N_("Kuidas väärtust aadressi keeles nimetatakse."))
    count: int = Field(ge=0, description=N_("Mitu materjali leitutest selle väärtusega on."))
    chosen: bool = Field(description=N_("Kas selle järgi on filtreeritud."))


class Facets(Answer):
    """The values among what was found, the most frequent first; those of a facet ignore its own filter."""

    audience: list[FacetValue] = Field(description=N_("Kellele (parameeter sihtruhm)."))
    topic: list[FacetValue] = Field(description=N_("Teema (parameeter teema)."))
    kind: list[FacetValue] = Field(description=N_("Liik (parameeter liik)."))
    language: list[FacetValue] = Field(description=N_("Keel (parameeter keel)."))
    year: list[FacetValue] = Field(description=N_("Ilmumisaasta (parameeter aasta)."))
    county: list[FacetValue] = Field(description=N_("Maakond (parameeter maakond)."))
    format: list[FacetValue] = Field(description=N_("Vorming (parameeter vorming)."))
    publisher: list[FacetValue] = Field(description=N_("Väljaandja (parameeter valjaandja)."))


FACETS_SAY = N_("Leitud materjalid rühmiti. Ühe rühma arvud ei arvesta selle rühma enda filtrit.")


class SearchAnswer(Answer):
    """One page of hits."""

    query: Query
    total: Total
    page: int = Field(ge=1, description=N_("Mitmes lehekülg see on."))
    pages: int = Field(ge=1, description=N_("Mitu lehekülge on."))
    took_ms: float = Field(ge=0, description=N_("Kui kaua otsiti, millisekundites."))
    relaxed: bool = Field(description=N_("Kas leitute seas on neid, millest mõni otsitud sõna puudub."))
    left_out: list[str] = Field(description=N_("Sõnad, mis neist parimast puuduvad."))
    did_you_mean: str | None = Field(description=N_("Teine kirjapilt, millega leiduks rohkem."))
    hits: list[Hit] = Field(max_length=10, description=N_("Leitud materjalid, sobivamad enne."))
    facets: Facets = Field(description=FACETS_SAY)


class FacetsAnswer(Answer):
    """What a query finds, counted."""

    query: Query
    total: Total
    facets: Facets = Field(description=FACETS_SAY)


class Suggestion(Answer):
    """A completion."""

    text: str = Field(description=N_("Pakutud pealkiri, teema või sõnad."))
    kind: SuggestionKind = Field(
        description=N_("Mis see on: title on materjali pealkiri, topic teema, phrase otsitavad sõnad.")
    )
    url: str = Field(
        description=N_("Selle lehe tee, mille pakkumine avab."), json_schema_extra={"format": "uri-reference"}
    )


class SuggestAnswer(Answer):
    """Completions of what was typed so far."""

    query: Query
    suggestions: list[Suggestion] = Field(max_length=8, description=N_("Pakkumised, paremad enne."))


class Copy(Answer):
    """Where else nearly the same text stands."""

    url: Address
    title: Title
    publisher: Publisher


class ResourceRecord(Answer):
    """All that is shown of a material."""

    id: Id
    url: Address
    page: str = Field(description=N_("Materjali leht Aardekastis."), json_schema_extra={"format": "uri"})
    title: Title
    description: str = Field(description=N_("Kuraatori kirjeldus või materjali enda tutvustus, või tühi."))
    publisher: Publisher
    authors: list[str] = Field(description=N_("Autorid, nii nagu materjal neid nimetab."))
    kind: Kind
    audience: Audience
    topics: Topics
    keywords: list[str] = Field(description=N_("Märksõnad."))
    language: Language
    counties: list[str] = Field(description=N_("Maakonnad: sõnastiku county väärtused."))
    published: Published
    starts: str | None = Field(description=N_("Millal sündmus algab."))
    ends: str | None = Field(description=N_("Millal sündmus lõpeb."))
    place: str | None = Field(description=N_("Kus sündmus toimub."))
    licence: str | None = Field(description=N_("Litsentsi nimi või aadress."))
    format: str = Field(description=N_("Vorming: html, pdf, docx, video ja teised."))
    pages: int | None = Field(description=N_("Mitu lehekülge."))
    minutes: int | None = Field(description=N_("Mitu minutit."))
    words: int | None = Field(description=N_("Mitu sõna."))
    first_seen: str | None = Field(
        description=N_("Millal materjal Aardekasti jõudis."), json_schema_extra={"format": "date-time"}
    )
    last_checked: str | None = Field(
        description=N_("Millal allikat viimati vaadati."), json_schema_extra={"format": "date-time"}
    )
    status: State
    copies: list[Copy] = Field(description=N_("Kus peaaegu sama tekst veel on."))


class Term(Answer):
    """A value of the vocabulary."""

    value: str = Field(description=N_("Väärtus, nagu see parameetris ja vastustes on."))
    labels: dict[str, str] = Field(description=N_("Kuidas väärtust nimetatakse: et, en ja ru."))
    about: dict[str, str] = Field(description=N_("Lause väärtuse kohta samades keeltes, kui see on kirjutatud."))


class VocabularyAnswer(Answer):
    """The closed values, in the order of the curators."""

    audience: list[Term] = Field(description=N_("Kellele."))
    kind: list[Term] = Field(description=N_("Liigid."))
    topic: list[Term] = Field(description=N_("Teemad."))
    county: list[Term] = Field(description=N_("Maakonnad."))


class Problem(Answer):
    """A fault (RFC 9457)."""

    type: str = Field(
        description=N_("Vea liik; aadress viib selle seletuseni."), json_schema_extra={"format": "uri-reference"}
    )
    title: str = Field(description=N_("Vea liik sõnadega, aadressi keeles."))
    status: int = Field(ge=400, le=599, description=N_("HTTP olekukood."))
    detail: str = Field(description=N_("Mida teha, aadressi keeles."))
    instance: str = Field(description=N_("Mida küsiti."), json_schema_extra={"format": "uri-reference"})
