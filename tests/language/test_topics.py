"""Topics: suggested by the vocabulary's words and by those learnt from the cards, with both as evidence."""

import sys
from pathlib import Path

import pytest

from aardekast.curated import ResourceEntry, load_curated
from aardekast.language.topic_words import TopicWords
from aardekast.language.topics import suggest_topics
from aardekast.settings import Settings
from aardekast.vocabulary import Term, Vocabulary

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from topics import TEXTS, evaluate, in_parts

# Measured in ten parts .817 and .598 on title and description, .871 and .765 with keywords (leave-one-out .819 and
# .606, .878 and .763); the floors leave room for a change of a few cards, which is noise, and none for a loss.
FLOORS = {"title and description": (0.79, 0.57), "with keywords and publisher": (0.845, 0.73)}


@pytest.fixture(scope="module")
def cards(repository: Path) -> tuple[ResourceEntry, ...]:
    settings = Settings.load({}, resources=repository / "resources.yaml", vocabulary=repository / "vocabulary.yaml")
    return load_curated(settings).resources


@pytest.fixture(scope="module")
def learnt(vocabulary: Vocabulary, cards: tuple[ResourceEntry, ...]) -> TopicWords:
    return TopicWords(vocabulary, cards)


def test_a_topic_is_suggested_with_the_words_that_speak_of_it(learnt: TopicWords) -> None:
    found = suggest_topics("Kogukonna kriisiplaanide koostamine", [], "Päästeametiga koos kriisiõppusel.", learnt)
    assert found[0].value == "kriisivalmidus"
    assert {"kriisiplaan", "kriisiõppus"} <= set(found[0].words)


def test_words_of_the_cards_speak_where_the_vocabulary_is_silent(learnt: TopicWords, vocabulary: Vocabulary) -> None:
    title, text = "Energia oma katuselt", "Päikesepark, mille tulu ühistu liikmed jagavad."
    assert suggest_topics(title, [], text, TopicWords(vocabulary)) == []
    found = suggest_topics(title, [], text, learnt)[0]
    assert (found.value, found.words[0]) == ("kestlikkus", "energia")


def test_a_text_about_nothing_of_the_field_gets_no_topic(learnt: TopicWords) -> None:
    assert suggest_topics("Õunakook", [], "Sega jahu, suhkur ja munad. Küpseta pool tundi.", learnt) == []
    assert suggest_topics("", [], "", learnt) == []


def test_a_phrase_counts_in_any_form(learnt: TopicWords) -> None:
    found = suggest_topics("Kaasavate eelarvete hääletused", [], "", learnt)
    assert [suggestion.value for suggestion in found] == ["kaasav-eelarve"]


def test_a_heading_says_more_than_the_text_and_less_than_the_title(learnt: TopicWords) -> None:
    text = "Kell on palju ja ilm on ilus, ütles rong jaama poole sõites. " * 3

    def weight(title: str, headings: list[str], body: str) -> float:
        terms = learnt.read(title, headings, body).terms
        return float(learnt.scores(terms)[learnt.topics.index("kriisivalmidus")])

    in_text = weight("Aasta", ["Sissejuhatus"], text + "Kriisiplaan.")
    in_heading = weight("Aasta", ["Kriisiplaan", "Sissejuhatus"], text)
    in_title = weight("Kriisiplaan", ["Sissejuhatus"], text + "Aasta")
    assert in_text < in_heading < in_title


def test_one_mention_in_a_long_text_is_no_topic(learnt: TopicWords) -> None:
    assert suggest_topics("Aasta ülevaade", [], "Kell on palju. " * 700 + "kriisiplaan", learnt) == []


def test_topics_are_suggested_before_there_is_any_card(vocabulary: Vocabulary) -> None:
    found = suggest_topics("Kriisiplaan", [], "Kriisiõppus koos Päästeametiga.", TopicWords(vocabulary))
    assert [suggestion.value for suggestion in found] == ["kriisivalmidus"]


def test_a_topic_without_cards_is_found_by_its_words(cards: tuple[ResourceEntry, ...], vocabulary: Vocabulary) -> None:
    topics = {**vocabulary.topics, "mesindus": Term("mesindus", {"et": "Mesindus"}, ("mesilane", "mesitaru"))}
    found = suggest_topics("Mesilased ja mesitarud", [], "", TopicWords(Vocabulary(topics=topics), cards))
    assert [suggestion.value for suggestion in found] == ["mesindus"]


def test_the_same_cards_teach_the_same_words(
    learnt: TopicWords, cards: tuple[ResourceEntry, ...], vocabulary: Vocabulary
) -> None:
    again = TopicWords(vocabulary, cards)
    for card in cards[::20]:
        assert suggest_topics(card.title, [], card.description, again) == suggest_topics(
            card.title, [], card.description, learnt
        )


def test_unseen_cards_get_their_topics(cards: tuple[ResourceEntry, ...], vocabulary: Vocabulary) -> None:
    folds = list(in_parts(cards, vocabulary, 10))
    assert len(folds) == len(cards) == 255
    for name, (precision, recall) in FLOORS.items():
        figures = evaluate(folds, TEXTS[name]).all
        assert figures.precision >= precision, f"{name}: {figures}"
        assert figures.recall >= recall, f"{name}: {figures}"
