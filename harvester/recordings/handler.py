"""yt-dlp without a network: the only way out is to ask the harvest, which makes the request as any other."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from yt_dlp import YoutubeDL
from yt_dlp.globals import all_plugins_loaded
from yt_dlp.networking.common import Request, RequestDirector, RequestHandler, Response
from yt_dlp.networking.exceptions import HTTPError, TransportError

from harvester.recordings.values import Answer, NoAnswer, Wanted

# The harvest names itself and its languages, packs and unpacks, and keeps connections.
_NOT_OURS_TO_SAY = {
    "user-agent", "accept-language", "sec-fetch-mode", "accept-encoding", "connection", "host", "content-length"
}  # fmt: skip
_PARAMS = {
    "quiet": True,
    "no_warnings": True,
    "simulate": True,
    "skip_download": True,
    "ignore_no_formats_error": True,  # only what is said of a recording is wanted, not the recording
    "cachedir": False,
    "geo_bypass": False,  # it would send false addresses
    "default_search": "error",
    "extractor_retries": 0,
    "js_runtimes": {},
    # Of YouTube only the page of a recording: its players and their programs are for watching it.
    "extractor_args": {
        "youtube": {
            "player_skip": ["js", "configs"],
            "player_client": ["web"],
            "skip": ["hls", "dash", "translated_subs"],
        }
    },
}


class RefusedError(TransportError):
    """The harvest did not make a request."""

    def __init__(self, refusal: NoAnswer) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Ask:
    """Asks the harvest through a pipe."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self.page = ""  # the last page of HTML that came

    def __call__(self, wanted: Wanted) -> Answer:
        """The answer. Raises RefusedError."""
        self._pipe.send(wanted)
        answer: Answer | NoAnswer = self._pipe.recv()
        if isinstance(answer, NoAnswer):
            raise RefusedError(answer)
        if any(name.lower() == "content-type" and "html" in value for name, value in answer.headers):
            self.page = answer.body.decode("utf-8", "replace")
        return answer


class _Silent:
    """What yt-dlp says goes nowhere: what matters comes back as a reason."""

    def debug(self, _message: str) -> None:
        """Say nothing."""

    info = warning = error = debug


class AskingDownloader(YoutubeDL):
    """yt-dlp with one request handler, which asks; without plugins, cache, cookies of anybody or programs."""

    def __init__(self, ask: Ask) -> None:
        all_plugins_loaded.value = True  # that is: none are looked for
        self.ask = ask
        super().__init__({**_PARAMS, "logger": _Silent()}, auto_init="no_verbose_header")

    def build_request_director(self, handlers: Iterable[Any], preferences: Any = None) -> RequestDirector:  # noqa: ARG002
        """Our handler in place of all others."""
        ask = self.ask

        class AskingRH(RequestHandler):
            _SUPPORTED_URL_SCHEMES = ("http", "https")

            def _check_extensions(self, extensions: dict[str, Any]) -> None:
                super()._check_extensions(extensions)
                extensions.clear()  # time-outs, browsers to look like: ours are the same for all

            def _send(self, request: Request) -> Response:
                return _response(ask(_wanted(request, self._get_headers(request), self._get_cookiejar(request))))

        return super().build_request_director([AskingRH], None)


def _wanted(request: Request, headers: dict[str, str], cookies: Any) -> Wanted:
    """The request; of cookies only those that yt-dlp itself sets, such as YouTube's "none, please"."""
    kept = {name: value for name, value in headers.items() if name.lower() not in _NOT_OURS_TO_SAY}
    if cookie := cookies.get_cookie_header(request.url):
        kept["Cookie"] = cookie
    data = request.data
    body = data if isinstance(data, bytes) or data is None else b"".join(data)
    return Wanted(url=request.url, method=request.method, headers=tuple(kept.items()), body=body)


def _response(answer: Answer) -> Response:
    response = Response(io.BytesIO(answer.body), answer.url, dict(answer.headers), answer.status)
    if answer.status >= 400:
        raise HTTPError(response)
    return response
