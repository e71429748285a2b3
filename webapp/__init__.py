"""The public site: HTTP in, pages and JSON out. It searches through `index` and never harvests."""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from aardekast.curated.last_good import vocabulary_in_force
from aardekast.inbox import CatalogueInbox
from aardekast.language import vabamorf
from aardekast.memory import give_back_memory
from aardekast.records import CatalogueRecords
from aardekast.searchfiles import SearchFiles
from aardekast.secret import site_key
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import Engine, engine_at
from webapp import (
    about,
    embed,
    errors,
    events,
    feeds,
    frames,
    headers,
    landings,
    language,
    letters,
    linked,
    multilingual,
    oai,
    pages,
    params,
    programs,
    service,
    sitemap,
    styles,
    wording,
)
from webapp import alerts as saved_searches
from webapp.api import docs as api_docs
from webapp.api import views as api_views
from webapp.citations import views as citation_views
from webapp.compression import compress
from webapp.letterbox import Letterbox
from webapp.messages import Messages
from webapp.oai.repository import EXTENSION as REPOSITORY
from webapp.searchlog import SearchLog
from webapp.site import Owner, Site, version_of

__all__ = ["app_from_settings", "create_app"]

BLUEPRINTS = tuple(
    part.blueprint
    for part in (
        *(pages, landings, events, about, embed, frames, feeds, sitemap),
        *(api_views, api_docs, citation_views, service),
    )
)


def create_app(
    engine: Engine,
    vocabulary: Vocabulary,
    *,
    owner: Owner | None = None,
    letterbox: Letterbox | None = None,
    alerts: saved_searches.Desk | None = None,
    search_log: SearchLog | None = None,
    repository: oai.Repository | None = None,
    embed_hosts: tuple[str, ...] = (),
    testing: bool = False,
) -> Flask:
    """The site over an engine, kept by `owner`, else by whom the settings name that nobody changed.

    Without a letterbox it has no forms, without a desk for alerts (which wants a letterbox, too) it sends no mails,
    without a search log it notes no search, without a repository it cannot be harvested. The origins of `embed_hosts`
    may show the pages of /embed/ in frames. `testing` lets faults through instead of making a page of them.
    """
    version = version_of(Path(__file__).parent, vocabulary)
    app = Flask(__name__, static_url_path=f"/static/{version}")
    app.testing = testing
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["params"] = params
    app.extensions["aardekast"] = Site(
        engine, vocabulary, version, owner or Owner.of(Settings.load({})), search_log, embed_hosts
    )
    babel = Babel(
        app,
        default_locale=multilingual.ESTONIAN,
        default_timezone="Europe/Tallinn",
        locale_selector=multilingual.requested_language,
    )
    babel.domain_instance = Messages()
    multilingual.speak_all(app)
    language.install(app)
    wording.register(app)
    linked.register(app)
    styles.register(app)
    headers.secure(app)
    programs.share(app)
    compress(app)
    errors.handle_errors(app)
    app.jinja_env.globals["has_letterbox"] = letterbox is not None
    if letterbox is not None:
        app.extensions["aardekast.letterbox"] = letterbox
        app.register_blueprint(letters.blueprint)
    if repository is not None:
        app.extensions[REPOSITORY] = repository
        app.register_blueprint(oai.blueprint)
    app.jinja_env.globals["alert_url"] = saved_searches.alert_url
    app.jinja_env.globals["has_alerts"] = letterbox is not None and alerts is not None
    if letterbox is not None and alerts is not None:
        app.extensions["aardekast.alerts"] = alerts
        app.extensions["aardekast.postman"] = saved_searches.postman_of(app, alerts)
        app.register_blueprint(saved_searches.blueprint)
    for blueprint in BLUEPRINTS:
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
    letterbox = _letterbox(settings)
    return create_app(
        engine_at(settings.index_folder, vocabulary),
        vocabulary,
        owner=Owner.of(settings),
        letterbox=letterbox,
        alerts=saved_searches.desk_of(settings, letterbox.key) if letterbox else None,
        search_log=SearchLog(SearchFiles(settings.searches_folder)) if settings.search_log else None,
        repository=oai.Repository(CatalogueRecords(settings.database_url), settings.oai_domain),
        embed_hosts=settings.embed_hosts,
    )


def _letterbox(settings: Settings) -> Letterbox | None:
    """The letterbox; none where the state folder cannot be written: a site that only reads has no forms."""
    try:
        return Letterbox(CatalogueInbox(settings.database_url), site_key(settings), settings.address_header)
    except OSError as fault:
        logging.getLogger(__name__).warning("No forms, because there is no key to sign them: %s", fault)
        return None
