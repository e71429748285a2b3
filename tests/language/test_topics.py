from aardekast.language.topics import suggest_topics
from aardekast.vocabulary import Vocabulary


def test_a_topic_is_suggested_with_the_words_that_speak_of_it(vocabulary: Vocabulary) -> None:
    found = suggest_topics("Kogukonna kriisiplaanide koostamine", "Päästeametiga koos kriisiõppusel.", vocabulary)
    assert found[0].topic == "kriisivalmidus"
    assert "kriisiplaan" in found[0].words
    assert "kriisiõppus" in found[0].words


def test_a_text_about_nothing_of_the_field_gets_no_topic(vocabulary: Vocabulary) -> None:
    assert suggest_topics("Õunakook", "Sega jahu, suhkur ja munad. Küpseta pool tundi.", vocabulary) == []


def test_a_phrase_counts_in_any_form(vocabulary: Vocabulary) -> None:
    found = suggest_topics("Kaasavate eelarvete hääletused", "", vocabulary)
    assert [suggestion.topic for suggestion in found] == ["kaasav-eelarve"]


def test_one_mention_in_a_long_text_is_no_topic(vocabulary: Vocabulary) -> None:
    assert suggest_topics("Aasta ülevaade", "Kell on palju. " * 700 + "kriisiplaan", vocabulary) == []
