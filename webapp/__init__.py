"""The public site: HTTP in, pages and JSON out. It searches through `index` and never harvests."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_babel import Babel

from aardekast.curated.last_good import vocabulary_in_force
from aardekast.language import vabamorf
from aardekast.memory import give_back_memory
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import Engine, engine_at
from webapp import api, errors, headers, pages, params, service, wording
from webapp.compression import compress
from webapp.site import Site, version_of

__all__ = ["app_from_settings", "create_app"]


def create_app(engine: Engine, vocabulary: Vocabulary, *, testing: bool = False) -> Flask:
    """The site over an engine. `testing` lets faults through instead of making a page of them."""
    version = version_of(Path(__file__).parent, vocabulary)
    app = Flask(__name__, static_url_path=f"/static/{version}")
    app.testing = testing
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["params"] = params
    app.extensions["aardekast"] = Site(engine, vocabulary, version)
    Babel(app, default_locale="et", default_timezone="Europe/Tallinn")
    wording.register(app)
    headers.secure(app)
    compress(app)
    errors.handle_errors(app)
    for blueprint in (pages.blueprint, api.blueprint, service.blueprint):
        app.register_blueprint(blueprint)
    return app


def app_from_settings(settings: Settings | None = None) -> Flask:
    """The site as it is served: `gunicorn 'webapp:app_from_settings()'`; each worker makes its own.

    There need not be an index yet: until there is one, the pages say so with 503.
    """
    give_back_memory()
    settings = settings or Settings.load()
    vabamorf.prepare()
    vocabulary = vocabulary_in_force(settings)
    return create_app(engine_at(settings.index_folder, vocabulary), vocabulary)
