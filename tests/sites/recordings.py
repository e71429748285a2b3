"""Pages of recordings on the fixture server: with captions, with chapters, on a list, and such as are to be refused."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

Answer: Any = None  # the server's, set by whoever loads this module
SAID = (
    (0, "Tere tulemast kogukonnatöö veebiseminarile!"),
    (95, "Kõigepealt räägime sellest, kuidas naabrid ühise laua taha kutsuda."),
    (3725, "Lõpetuseks vastame küsimustele ja lepime kokku järgmise kohtumise."),
)
VTT = "WEBVTT\n\n" + "\n\n".join(
    f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}.000 --> {s // 3600:02}:{s // 60 % 60:02}:{s % 60 + 4:02}.000\n{text}"
    for s, text in SAID
)
ENGLISH = "WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome to the webinar on community work.\n"


def answer(path: str, base: str) -> Any:
    """The answer, None where the path is of another part."""
    place = urlsplit(path).path
    if place == "/robots.txt":
        return Answer(b"User-agent: *\nDisallow: /keelatud/\n", "text/plain")
    if place in PAGES:
        # A server that says when its file was changed, which is not when the recording was published.
        changed = {"Last-Modified": "Mon, 02 Feb 2026 10:00:00 GMT"}
        return Answer(PAGES[place].replace("{base}", base).encode(), headers=changed)
    if place in FILES:
        return Answer(*FILES[place])
    return None


def _page(title: str, tracks: str = "", head: str = "", video: str = "/videod/film.mp4") -> str:
    return (
        f"<html lang='et'><head><title>{title}</title><meta property='og:title' content='{title}'>"
        f"<meta property='og:description' content='Veebiseminar naabritega koos tegutsemisest.'>{head}</head>"
        f"<body><h1>{title}</h1><video controls><source src='{video}' type='video/mp4'>{tracks}</video></body></html>"
    )


def _track(language: str, src: str) -> str:
    return f"<track kind='captions' srclang='{language}' src='{src}'>"


_DESCRIBED = json.dumps(
    {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "Kuidas juhtida arutelu",
        "description": "Kolm võtet, kuidas vestlusringi hoida.",
        "uploadDate": "2023-05-17T09:00:00+03:00",
        "duration": "PT59M10S",
        "contentUrl": "{base}/videod/film.mp4",
        "author": {"@type": "Person", "name": "Mari Tamm"},
        "hasPart": [
            {"@type": "Clip", "name": "Sissejuhatus", "startOffset": 0, "endOffset": 90},
            {"@type": "Clip", "name": "Küsimused", "startOffset": 90, "endOffset": 3550},
        ],
    }
)
_LD = f"<script type='application/ld+json'>{_DESCRIBED}</script>"
PAGES = {
    "/videod/naabrid": _page("Naabrid ühe laua taga", _track("en", "/videod/en.vtt") + _track("et", "/videod/et.vtt")),
    "/videod/arutelu": _page("Kuidas juhtida arutelu", head=_LD),
    "/videod/vaikne": _page("Vaikne film"),
    "/videod/peidus": _page("Peidus film", _track("et", "/videod/et.vtt"), "<meta name='robots' content='noindex'>"),
    "/videod/loenduseta": _page("Keelatud titrid", _track("et", "/keelatud/et.vtt")),
    "/videod/kadunud-titrid": _page("Kadunud titrid", _track("et", "/videod/kadunud.vtt")),
    "/videod/sise": _page("Sise", _track("et", "http://10.0.0.1/et.vtt")),
    "/videod/suund": _page("Suund", _track("et", "/videod/suund.vtt")),
    "/videod/kaks": _page("Kaks filmi").replace(
        "</body>", _page("x", _track("et", "/videod/et.vtt")).partition("<h1>")[2]
    ),
    "/videod/tekst": "<html><head><title>Tekst</title></head><body><p>Siin ei ole ühtegi filmi.</p></body></html>",
    "/videod/kanal.rss": (
        "<rss version='2.0'><channel><title>Kanal</title>"
        "<item><title>Filmid</title><link>{base}/videod/loend.rss</link></item></channel></rss>"
    ),
    "/videod/loend.rss": (
        "<rss version='2.0'><channel><title>Filmid</title>"
        "<item><title>Üks</title><link>{base}/videod/naabrid</link></item>"
        "<item><title>Kaks</title><link>{base}/videod/arutelu</link></item>"
        "<item><title>Kolm</title><link>{base}/videod/kadunud</link></item></channel></rss>"
    ),
}
FILES = {
    "/videod/et.vtt": (VTT.encode(), "text/vtt"),
    "/videod/suund.vtt": (b"", "text/vtt", 302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
    "/videod/en.vtt": (ENGLISH.encode(), "text/vtt"),
    "/videod/film.mp4": (b"\0\0\0\x18ftypmp42" + bytes(200_000), "video/mp4"),
}
