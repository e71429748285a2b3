"""What is made of yt-dlp's description of a recording: captions in the right language, chapters, links to moments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from yt_dlp.networking.exceptions import TransportError
from yt_dlp.utils import ExtractorError

from harvester.recordings.asking import look_at
from harvester.recordings.described import recording_of
from harvester.recordings.handler import RefusedError
from harvester.recordings.values import Listing, NoAnswer, NoRecording, Question, Recording

CHANNEL = "https://www.youtube.com/watch?v=a1"


class Downloader:
    """Answers with captions that say which address they came from."""

    def __init__(self, *missing: str) -> None:
        self.missing = missing
        self.asked: list[str] = []

    def urlopen(self, url: str) -> io.BytesIO:
        self.asked.append(url)
        if url in self.missing:
            raise TransportError("gone")
        said = "\n\n".join(f"00:{m:02}:00.000 --> 00:{m:02}:05.000\n{url} {m}" for m in (0, 1, 2))
        return io.BytesIO(f"WEBVTT\n\n{said}\n".encode())


def described(info: dict[str, Any], language: str | None = None, *missing: str) -> Recording:
    info = {"webpage_url": CHANNEL, "title": "Film", **info}
    return recording_of(Downloader(*missing), info, Question(url=CHANNEL, language=language, most=1))


def tracks(*names: str, ext: str = "vtt") -> dict[str, Any]:
    return {name: [{"ext": ext, "url": name}] for name in names}


@pytest.mark.parametrize(
    ("info", "language", "taken"),
    [
        pytest.param({"subtitles": tracks("ru", "en", "et")}, None, "et", id="estonian-first"),
        pytest.param({"subtitles": tracks("ru", "en", "et")}, "ru", "ru", id="source's-language"),
        pytest.param({"subtitles": tracks("ru", "en"), "language": "en"}, "ru", "en", id="recording's-own"),
        pytest.param({"subtitles": tracks("et-EE")}, None, "et-EE", id="region"),
        pytest.param({"subtitles": tracks("est")}, None, "est", id="three-letters"),
        pytest.param({"subtitles": tracks("de", "fi")}, None, None, id="other-languages"),
        pytest.param({"subtitles": tracks("et", ext="ttml")}, None, None, id="other-format"),
        pytest.param({"automatic_captions": tracks("en", "et-orig")}, None, "et-orig", id="heard"),
        pytest.param(
            {"automatic_captions": tracks("en", "et"), "language": "et"}, None, "et", id="heard-in-its-language"
        ),
        pytest.param({"automatic_captions": tracks("en", "et")}, None, None, id="translated-by-a-machine"),
        pytest.param(
            {"subtitles": tracks("en"), "automatic_captions": tracks("et-orig")}, None, "en", id="by-hand-first"
        ),
    ],
)
def test_which_captions_are_taken(info: dict[str, Any], language: str | None, taken: str | None) -> None:
    assert described(info, language).text.partition(" ")[0] == (taken or "")


def test_captions_that_are_gone_give_way_to_the_next_language() -> None:
    assert described({"subtitles": tracks("et", "en")}, None, "et").text.startswith("en 0")


def test_why_there_are_none_is_told() -> None:
    assert described({"subtitles": tracks("et")}, None, "et").without_captions == "captions: cannot be had"
    assert described({}).without_captions is None


def test_a_chapter_begins_at_the_first_words_said_in_it() -> None:
    chapters = [{"start_time": 50, "title": "Küsimused"}, {"start_time": 900, "title": "Pärast lõppu"}]
    found = described({"subtitles": tracks("et"), "chapters": chapters})
    assert [(p.start, p.heading) for p in found.passages] == [(0, None), (50, "Küsimused"), (120, None)]
    assert found.text[found.passages[1].offset :].startswith("et 1")


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("https://www.youtube.com/watch?v=a1", "&t=60"),
        ("https://youtu.be/a1", "?t=60"),
        ("https://vimeo.com/1", "#t=60s"),
        ("https://naide.ee/film", "#t=60"),
    ],
)
def test_a_passage_links_to_its_moment_as_the_site_wants_it(url: str, fragment: str) -> None:
    found = described({"webpage_url": url, "chapters": [{"start_time": 60.4, "title": "Algus"}]})
    assert [passage.fragment for passage in found.passages] == [fragment]


def test_the_day_and_the_length_are_told_where_they_are_known() -> None:
    found = described({"upload_date": "20240229", "duration": 3540.2, "channel": "Kodukant", "uploader": "Kodukant"})
    assert (found.published, found.minutes, found.authors) == ("2024-02-29", 59, ("Kodukant",))
    unknown = described({"upload_date": None, "duration": 0, "webpage_url": "javascript:alert(1)"})
    assert (unknown.published, unknown.minutes, unknown.url) == (None, None, CHANNEL)


FORBIDDEN = NoAnswer(outcome="rejected", reason="robots.txt forbids it")


def refused() -> ExtractorError:
    """How yt-dlp wraps what the harvest did not ask."""
    return ExtractorError("Unable to download API page", cause=RefusedError(FORBIDDEN))


class Site(Downloader):
    """Says what it was told to say of any address."""

    def __init__(self, info: dict[str, Any] | Exception) -> None:
        super().__init__()
        self.info = info

    def extract_info(self, url: str, **options: Any) -> dict[str, Any]:
        if isinstance(self.info, Exception):
            raise self.info
        return self.info

    def process_ie_result(self, info: dict[str, Any], download: bool) -> dict[str, Any]:
        return info


def found_on(info: dict[str, Any] | Exception) -> Any:
    return look_at(Site(info), Question(url="https://www.youtube.com/@kodukant", most=9))


def test_a_list_whose_later_pages_are_forbidden_brings_what_was_had() -> None:
    def entries() -> Iterator[dict[str, Any]]:
        yield {"_type": "url", "url": "https://www.youtube.com/watch?v=a1"}
        yield {"_type": "url", "url": "ytsearch:kodukant"}
        raise refused()

    found = found_on({"_type": "playlist", "entries": entries()})
    assert found == Listing(urls=("https://www.youtube.com/watch?v=a1",), cut_by=FORBIDDEN)


def test_what_the_harvest_did_not_ask_is_refused_with_its_own_reason() -> None:
    assert found_on(refused()) == NoRecording(outcome="rejected", reason="robots.txt forbids it")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"availability": "private"}, "is private"),
        ({"availability": "needs_auth"}, "asks for a login"),
        ({"live_status": "is_upcoming"}, "has not been recorded yet"),
        ({"live_status": "is_live"}, "is still being recorded"),
    ],
)
def test_what_not_everybody_can_see_is_no_recording_yet(said: dict[str, Any], reason: str) -> None:
    assert found_on({"title": "Film", **said}) == NoRecording(outcome="rejected", reason=reason)


def test_a_message_of_yt_dlp_is_shown_in_one_line() -> None:
    found = found_on(ExtractorError("Video unavailable; please report this issue on https://github.com/\nand so on"))
    assert found.reason == "cannot be read: Video unavailable"
