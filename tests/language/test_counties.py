"""Counties: suggested by place names in any case, and not by words that only look like them."""

import pytest

from aardekast.language.counties import CountyNames, suggest_counties
from aardekast.vocabulary import Vocabulary

MUNICIPALITIES = 79


@pytest.fixture(scope="module")
def names(vocabulary: Vocabulary) -> CountyNames:
    return CountyNames(vocabulary)


@pytest.mark.parametrize(
    ("text", "counties"),
    [
        pytest.param("Võrumaal peeti külade päeva.", ["voru"], id="county"),
        pytest.param("Võru maakonna külad said tunnustuse.", ["voru"], id="county-in-two-words"),
        pytest.param("Koolitus on Võrus.", ["voru"], id="town"),
        pytest.param("Võru valla kaheksa kerksuskeskust.", ["voru"], id="municipality"),
        pytest.param("Kogukond kutsub Antslasse ja Rõugesse.", ["voru"], id="into"),
        pytest.param("Lääne-Virumaa külad kohtusid.", ["laane-viru"], id="laane-viru-is-not-laane"),
        pytest.param("Lääne-Viru maakonnas kohtuti.", ["laane-viru"], id="laane-viru-county"),
        pytest.param("Lääne maakonna külad.", ["laane"], id="laane-county"),
        pytest.param("Läänemaal ja Haapsalus.", ["laane"], id="laanemaa"),
        pytest.param("Elu Lääneranna vallas.", ["parnu"], id="laaneranna"),
        pytest.param("Lääne-Nigulas valiti külavanem.", ["laane"], id="laane-nigula"),
        pytest.param("Elu Lääne-Harju vallas.", ["harju"], id="laane-harju"),
        pytest.param("Ida-Virumaal on teisiti.", ["ida-viru"], id="ida-viru"),
        pytest.param("Põhja-Sakala volikogu otsustas.", ["viljandi"], id="pohja-sakala"),
        pytest.param("Põhja-Pärnumaal on uus külamaja.", ["parnu"], id="pohja-parnumaa"),
        pytest.param("Talgud toimusid Kosel ja Sakus.", ["harju"], id="ordinary-words-with-capitals"),
        pytest.param("Kose vallas valiti külavanem.", ["harju"], id="ordinary-word-before-a-place-word"),
        pytest.param("Nõo vald otsib vabatahtlikke.", ["tartu"], id="noo"),
        pytest.param("Tapa vallavalitsus küsib nõu.", ["laane-viru"], id="tapa"),
        pytest.param("Kiili vallas ja Rae vallas.", ["harju"], id="names-that-are-genitives"),
        pytest.param("Rahvamaja avati Toris.", ["parnu"], id="tori"),
        pytest.param("Peipsiääre inimesed.", ["tartu"], id="peipsiaare"),
        pytest.param("TARTU LINN OTSIB IDEID", ["tartu"], id="capitals"),
        pytest.param("Näited on Hiiumaalt ja Saaremaalt.", ["hiiu", "saare"], id="two-counties"),
    ],
)
def test_a_place_in_any_case_is_a_place_of_its_county(text: str, counties: list[str], names: CountyNames) -> None:
    assert sorted(suggestion.value for suggestion in suggest_counties("", [], text, names)) == counties


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Põllul saue hoidis vett ja kose kohin kostis kaugele.", id="ordinary-words"),
        pytest.param("Tapa aega targalt.", id="ordinary-word-first-in-its-sentence"),
        pytest.param("Kevad tuli. Kose kohin kostis.", id="ordinary-word-after-a-sentence"),
        pytest.param("SUUR KOSE KOHIN", id="ordinary-word-in-capitals"),
        pytest.param("Juhendi koostas Mari Kose.", id="surname"),
        pytest.param("Eesti külad ja Viru keskus.", id="estonia-and-viru"),
        pytest.param("Tartu Ülikoolist Tallinna Ülikooli ja Tallinna Tehnikaülikooli.", id="universities"),
        pytest.param("Ilmus Tartu kirjastuses, kirjutas Pärnu Postimees.", id="publisher-and-newspaper"),
        pytest.param("Aadress: Narva mnt 25 ja Tartu maantee 2.", id="streets"),
        pytest.param("Lääne riikides ja Lääne kultuuris.", id="the-west"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_only_looks_like_a_place_is_none(text: str, names: CountyNames) -> None:
    assert suggest_counties("", [], text, names) == []


def test_a_name_that_is_certain_once_counts_everywhere(names: CountyNames) -> None:
    (found,) = suggest_counties("Jõhvi ootab ideid", [], "Jõhvi vald kutsub elanikke.", names)
    assert (found.value, found.words, found.weight) == ("ida-viru", ("Jõhvi",), 6)


def test_the_names_that_were_found_are_the_evidence(names: CountyNames) -> None:
    (found,) = suggest_counties("Setomaa külad", ["Võrumaa kaart"], "Rõuges ja Antslas. Antsla vallas.", names)
    assert (found.words, found.weight) == (("Setomaa", "Võrumaa", "Antsla", "Rõuge"), 11)


def test_a_passing_mention_in_a_long_text_says_nothing(names: CountyNames) -> None:
    text = "Kogukond arutas asja ja leppis kokku. " * 120
    assert suggest_counties("Ülevaade", [], f"{text} Paides kohtuti.", names) == []
    (found,) = suggest_counties("Ülevaade Paidest", [], text, names)
    assert found.value == "jarva"


def test_what_speaks_of_all_of_estonia_speaks_of_no_county(names: CountyNames) -> None:
    counties = "Harjumaa, Tartumaa, Võrumaa, Valgamaa, Põlvamaa, Raplamaa"
    assert suggest_counties(f"Külad: {counties}", [], "", names) == []


def test_every_county_and_municipality_has_its_names(vocabulary: Vocabulary, names: CountyNames) -> None:
    listed = [name for term in vocabulary.counties.values() for name in term.words]
    assert len(listed) == len(set(listed)) > MUNICIPALITIES
    for term in vocabulary.counties.values():
        for name in term.words:
            phrase = name if name.split()[-1] in ("vald", "maakond", "alevik") else f"{name} vald"
            assert [s.value for s in suggest_counties("", [], phrase, names)] == [term.slug], name
