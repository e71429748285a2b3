"""One site at three addresses: `/otsing` in Estonian, `/en/otsing` in English, `/ru/otsing` in Russian.

The address alone says which language a page is in; nobody is led elsewhere by Accept-Language. A link shows everyone
the same page, caches and robots see all of them, and who reads Estonian on a computer that speaks English is not sent
away from it at each visit, which only a cookie could stop.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, request
from flask.blueprints import BlueprintSetupState

from aardekast.vocabulary import INTERFACE_LANGUAGES

ESTONIAN, *OTHERS = INTERFACE_LANGUAGES
PREFIX = f"/<any({', '.join(OTHERS)}):language>"
OWN_NAMES = {"et": "Eesti", "en": "English", "ru": "Русский"}
SAFE = "/:@!$&'()*+,;=~"  # signs that stand as they are in a path (RFC 3986)


class MultilingualBlueprint(Blueprint):
    """A blueprint whose every address stands in all languages; its views know nothing of it."""

    def make_setup_state(self, app: Any, options: dict[str, Any], first_registration: bool = False) -> _SetupState:
        """What Flask asks for when the blueprint is registered."""
        return _SetupState(self, app, options, first_registration)


class _SetupState(BlueprintSetupState):
    def add_url_rule(self, rule: str, *args: Any, **options: Any) -> None:
        own = self.url_prefix
        for prefix in ("", PREFIX):
            self.url_prefix = prefix + (own or "")
            super().add_url_rule(rule, *args, **options)
        self.url_prefix = own


def speak_all(app: Flask) -> None:
    """Let `url_for` keep the language of the request, unless another is asked for by `language`."""

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        (values or {}).pop("language", None)  # the path says it, where no address matched too

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "language"):
            language = values.pop("language", None) or requested_language()
            if language != ESTONIAN:
                values["language"] = language

    app.add_template_global(in_language)
    app.jinja_env.globals["own_names"] = OWN_NAMES


def requested_language() -> str:
    """The language that the address of this request asks for; Estonian where it names none, or there is no request."""
    return _parted(request.path)[0] if request else ESTONIAN


def path_below_language() -> str:
    """The path of this request without its language: `/otsing`."""
    return _parted(request.path)[1]


def in_language(language: str, query: str | None = None, *, external: bool = False) -> str:
    """The address of this page in a language, with the query string of the request or another.

    A page that is not there has one as well: the same path, which is not there in the other language either.
    """
    prefix = "" if language == ESTONIAN else f"/{language}"
    path = quote(request.root_path + prefix + path_below_language(), safe=SAFE)
    query = quote(request.query_string, safe=f"{SAFE}?%") if query is None else query
    return (request.host_url.rstrip("/") if external else "") + path + (f"?{query}" if query else "")


def _parted(path: str) -> tuple[str, str]:
    """Language and the rest of a path, which begins with one slash: two would lead to another site."""
    first, _, rest = path.lstrip("/").partition("/")
    return (first, f"/{rest.lstrip('/')}") if first in OTHERS else (ESTONIAN, f"/{path.lstrip('/')}")
