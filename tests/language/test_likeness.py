"""Near copies: the same article elsewhere is one, another announcement or page of the same template is none."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.language.likeness import FEWEST_WORDS, bands, is_near_copy

PARAGRAPHS = (
    "Kolgaküla rahvamajas kogunes kolmapäeva õhtul paarkümmend inimest, et arutada, mida küla saab ise ära teha, kui "
    "elekter kaob nädalaks. Kohale olid kutsutud päästeameti ennetaja, valla kriisijuht ja naaberküla vanem.",
    "Esimene küsimus oli vesi. Külas on neli salvkaevu, millest kaks töötavad ilma elektrita, ja üks neist on "
    "puhastamata. Lepiti kokku, et kaev puhastatakse enne jaanipäeva ja võti jääb rahvamaja perenaise kätte.",
    "Teine mure oli side. Kui mobiilimastid vaikivad, aitab ainult see, et igal majapidamisel on teada, kelle uksele "
    "koputada. Selleks jagati küla kolmeks ringiks ja igale ringile valiti inimene, kes teab, kes elab üksi ja kellel "
    "on generaator, traktor või gaasipliit.",
    "Kolmandaks räägiti soojast ruumist. Rahvamajas on ahi, mida pole kümme aastat köetud. Korstnapühkija vaatab selle "
    "üle ning puud toob küla ühise talgupäevaga. Õhtu lõpus kirjutati kõik kokku kahele lehele, mis jääb rahvamajja.",
    "Järgmine kord saadakse kokku sügisel, et plaan läbi mängida: tunniks lülitatakse vool välja ja vaadatakse, mis "
    "tegelikult juhtub. Naaberküla vanem lubas tulla vaatama ja sama oma külas järele teha.",
)
ARTICLE = "\n".join(PARAGRAPHS)
ANNOUNCEMENT = (
    "Kogukonna arendamise inspiratsioonipäev toob kokku külavanemad, seltside eestvedajad ja omavalitsuste ametnikud. "
    "Päeva esimeses pooles räägitakse kaasamisest ja usaldusest, teises pooles töötatakse rühmades oma küla looga. "
    "Osalemine on tasuta, lõuna ja kohv on hinnas. Registreeru hiljemalt nädal enne üritust, sest kohti on vähe. "
    "Kohtume {day}. aprillil kell 10 {town} kultuurikeskuses, lõpetame kell 16. Küsimustele vastab ürituse korraldaja "
    "maakondliku arenduskeskuse vabaühenduste konsultant, kelle leiad arenduskeskuse kodulehelt. Kaasa võta hea tuju, "
    "märkmik ja üks lugu sellest, mis su kogukonnas viimase aasta jooksul õnnestus. Parimad lood avaldame kodulehel "
    "ja sotsiaalmeedias, kui autor selleks loa annab. Üritust toetab kodanikuühiskonna sihtkapital riigieelarvest."
)


def is_found(one: str, other: str) -> bool:
    """In the way of the catalogue: by a shared band, then by comparison."""
    return bool(set(bands(one)) & set(bands(other))) and is_near_copy(one, other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(ARTICLE, id="the-same"),
        pytest.param(f"Avaleht Uudised\nÕhtu Kolgakülas\n{ARTICLE}\n© 2025 Sõnumitooja", id="another-frame"),
        pytest.param("\n".join(PARAGRAPHS[:-1]), id="a-paragraph-less"),
        pytest.param(ARTICLE.upper(), id="in-capitals"),
        pytest.param(ARTICLE.replace("paarkümmend", "ligi kakskümmend").replace("jaanipäeva", "suve"), id="edited"),
        pytest.param(ARTICLE.replace(" ja ", " ja\u00ad "), id="with-soft-hyphens"),
    ],
)
def test_the_same_article_elsewhere_is_a_copy(other: str) -> None:
    assert is_found(ARTICLE, other)
    assert is_found(other, ARTICLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"day": 12, "town": "Pärnu"}, {"day": 14, "town": "Pärnu"}, id="another-day"),
        pytest.param({"day": 12, "town": "Pärnu"}, {"day": 12, "town": "Valga"}, id="another-town"),
    ],
)
def test_two_announcements_of_one_template_are_no_copies(one: dict[str, object], other: dict[str, object]) -> None:
    assert not is_near_copy(ANNOUNCEMENT.format(**one), ANNOUNCEMENT.format(**other))
    assert is_found(ANNOUNCEMENT.format(**one), "Tule ka!\n" + ANNOUNCEMENT.format(**one))


@pytest.mark.parametrize("month", ["mail", "juunil", "May", "марта"])
def test_the_same_day_of_another_month_is_no_copy(month: str) -> None:
    one = ANNOUNCEMENT.format(day=12, town="Pärnu")
    assert not is_near_copy(one, one.replace("aprillil", month))


def test_two_pages_of_one_template_are_no_copies() -> None:
    def page(what: str) -> str:
        return (
            f"Siin saad määrata loendi kirjete vormingu. Iga {what} saab oma taseme, iga tase oma stiili. Vali "
            f"loendist {what} ja klõpsa nupul Määra. Kui soovid, et {what} jääks loendist välja, tühjenda märkeruut. "
            f"Uus {what} lisatakse alati viimaseks, järjekorda saab hiljem hiirega lohistades muuta. Kõik salvestub "
            "kohe ja kehtivad kogu dokumendis. Eelmise oleku saad tagasi nupuga Võta tagasi. Kui dokument on teistele "
            "avatud, näevad nemad muudatust järgmisel avamisel. Loendi saab ka eksportida tabelisse ning sealt välja "
            "printida. Tabelis on igal real number, nimi ja stiil. Kõik muu jääb dokumenti alles ja ei muutu. Abi "
            "saab juurde vajutades klahvi või avades menüü, kus on kirjas kõik nupud ja nende tähendused."
        )

    assert not is_near_copy(page("illustratsioon"), page("objekt"))


def test_a_short_text_is_never_a_copy() -> None:
    short = " ".join(ARTICLE.split()[: FEWEST_WORDS - 1])
    assert bands(short) == ()
    assert not is_near_copy(short, short)


def test_different_articles_are_no_copies() -> None:
    assert not is_near_copy(ARTICLE, ANNOUNCEMENT)


def test_bands_are_the_same_in_every_process() -> None:
    script = "import sys; from aardekast.language.likeness import bands; print(*bands(sys.stdin.read()))"
    run = subprocess.run([sys.executable, "-c", script], input=ARTICLE, capture_output=True, text=True, check=True)
    assert tuple(map(int, run.stdout.split())) == bands(ARTICLE)
    assert all(0 <= band < 2**63 for band in bands(ARTICLE))


@given(st.lists(st.text(min_size=1), min_size=60, max_size=90), st.lists(st.text(min_size=1), min_size=60, max_size=90))
def test_no_text_breaks_the_comparison(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    bands(first)
    assert is_near_copy(first, second) == is_near_copy(second, first)
