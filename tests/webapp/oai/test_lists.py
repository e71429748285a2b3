"""Long lists: tokens lead through all of them, whatever changes meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.oai import views

Many = Callable[[int], Any]
VERBS = ["ListRecords", "ListIdentifiers"]


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 10)


def rest(provider: Any, answer: Any, between: Callable[[], object] = lambda: None) -> list[Any]:
    """The answers that its tokens lead to; `between` is done before each of them."""
    verb = answer.all("request")[0].get("verb")
    found = []
    while answer.token is not None and answer.token.text:
        between()
        answer = provider.ask(verb=verb, resumptionToken=answer.token.text)
        found.append(answer)
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_tokens_lead_through_all_records_once(verb: str, many: Many) -> None:
    provider = many(35)
    first = provider.ask(verb=verb, metadataPrefix="oai_dc")
    answers = [first, *rest(provider, first)]
    ids = [id_ for answer in answers for id_ in answer.ids]
    assert ids == [resource.id for resource in sorted_by_stamp(provider)]
    assert [answer.token.get("cursor") for answer in answers] == ["0", "10", "20", "30"]
    assert {answer.token.get("completeListSize") for answer in answers} == {"35"}
    assert [bool(answer.token.text) for answer in answers] == [True, True, True, False]
    assert [answer.token.get("expirationDate") is not None for answer in answers] == [True, True, True, False]


def sorted_by_stamp(provider: Any) -> list[Any]:
    with provider.catalogue.records() as reader:
        records = reader.batch(views.Selection(), 1000)
    return sorted(records, key=lambda record: record.place)


@pytest.mark.parametrize("count", [9, 10])
def test_a_list_of_one_answer_has_no_token(count: int, many: Many) -> None:
    assert many(count).ask(verb="ListRecords", metadataPrefix="amb").token is None


@pytest.mark.parametrize("verb", VERBS)
def test_the_arguments_of_the_first_question_hold_to_the_end(verb: str, many: Many) -> None:
    provider = many(60)
    provider.keep(*(f"uudis-{number}" for number in range(15)), suggested={"topics": ("abcd",)})
    provider.publish()
    arguments = {"set": "teema:abcd", "from_": "2026-11-20T10:00:00Z", "until": "2026-11-20T23:00:00Z"}
    first = provider.ask(verb=verb, metadataPrefix="amb", **arguments)
    (second,) = rest(provider, first)
    assert len({*first.ids, *second.ids}) == 15
    if verb == "ListRecords":
        assert len(second.all("amb:record")) == 5
    assert rest(provider, provider.ask(verb=verb, metadataPrefix="amb", until="2026-11-20T11:00:00Z")) == []


def test_a_token_gives_the_same_again(many: Many) -> None:
    provider = many(25)
    token = provider.ask(verb="ListRecords", metadataPrefix="oai_dc").token.text
    answers = [provider.ask(verb="ListRecords", resumptionToken=token).body for _ in range(2)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_that_stays_is_missed_while_records_change_come_and_go(verb: str, many: Many) -> None:
    provider = many(45)
    changes = iter(
        [
            # The first and the last of what was given, what is next, and what stands at the end.
            lambda: provider.keep("leht-000", "leht-027", "leht-030", "leht-044", description="Uus."),
            lambda: provider.keep("uus-1", "uus-2"),
            lambda: (provider.drop("leht-001"), provider.drop("leht-033"), provider.drop("leht-043")),
            lambda: provider.keep("leht-000", description="Veel uuem."),
        ]
    )

    def between() -> None:
        if change := next(changes, None):
            change()
            provider.publish()

    first = provider.ask(verb=verb, metadataPrefix="oai_dc")
    answers = [first, *rest(provider, first, between)]
    last_seen: dict[str, tuple[str, bool]] = {}
    for answer in answers:
        stamps = dict(zip(answer.ids, answer.texts("datestamp"), strict=True))
        last_seen |= {id_: (stamp, id_ in answer.deleted) for id_, stamp in stamps.items()}
    now = {record.id: (f"{record.datestamp:%FT%TZ}", record.resource is None) for record in sorted_by_stamp(provider)}
    assert last_seen == now, "who goes through to the end knows each record as it is now"
    assert int(answers[-1].token.get("completeListSize")) == sum(len(answer.ids) for answer in answers)


def test_a_list_with_an_end_leaves_out_what_changed_after_it(many: Many) -> None:
    provider = many(25)
    first = provider.ask(verb="ListIdentifiers", metadataPrefix="oai_dc", until="2026-11-20T13:30:00Z")
    provider.keep(*(f"leht-{number:03}" for number in range(25)), description="Uus.")
    provider.publish()
    answer = provider.ask(verb="ListIdentifiers", resumptionToken=first.token.text)
    assert answer.fault == "noRecordsMatch"
    assert len(provider.ask(verb="ListIdentifiers", metadataPrefix="oai_dc", from_="2026-11-20T13:30:00Z").ids) == 10


def test_a_token_lives_two_days_and_for_its_own_verb(many: Many) -> None:
    provider = many(25)
    answer = provider.ask(verb="ListRecords", metadataPrefix="oai_dc")
    token = answer.token.text
    assert answer.token.get("expirationDate") == "2026-11-22T13:00:02Z"
    assert provider.ask(verb="ListIdentifiers", resumptionToken=token).fault == "badResumptionToken"
    provider.now += timedelta(days=2)
    assert provider.ask(verb="ListRecords", resumptionToken=token).fault is None
    provider.now += timedelta(minutes=1)
    assert provider.ask(verb="ListRecords", resumptionToken=token).fault == "badResumptionToken"


def test_whatever_is_no_token_of_ours_is_named_so(many: Many) -> None:
    provider = many(25)
    token = provider.ask(verb="ListRecords", metadataPrefix="oai_dc").token.text
    for number in range(len(token)):
        for wrong in (token[:number], token[:number] + token[number + 1 :], f"{token[:number]}7{token[number + 1 :]}"):
            if wrong != token:
                assert provider.ask(verb="ListRecords", resumptionToken=wrong).fault == "badResumptionToken", wrong
    for wrong in (token + " ", token + "\n", token.upper(), token * 2):
        assert provider.ask(verb="ListRecords", resumptionToken=wrong).fault == "badResumptionToken"


NAMES = ["verb", "metadataPrefix", "from", "until", "set", "identifier", "resumptionToken", "x"]
VALUES = st.text(max_size=20) | st.sampled_from(["ListRecords", "oai_dc", "2026-11-20", "teema"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(values=st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, min_size=1, max_size=2)))
def test_whatever_is_asked_the_answer_is_valid(values: dict[str, list[str]], provider: Any) -> None:
    provider.ask(**values)
