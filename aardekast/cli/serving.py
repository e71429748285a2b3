"""Commands that serve: the site alone, the main job in one go, and what a timer calls."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import click

from aardekast.cli import children
from aardekast.cli.alerts import report_alerts, send_alerts
from aardekast.cli.harvesting import SOURCES_FAILED
from aardekast.cli.searching import publish_state, report_published
from aardekast.cli.state import State, synchronised
from aardekast.errors import CuratedFileError, IndexMissingError, LockedError, SettingsError
from aardekast.locks import exclusive
from aardekast.searchfiles import SearchFiles
from aardekast.settings import Settings

PUBLISH_EVERY = 30.0  # seconds; more often would make readers open generations rather than answer
_LOOK_EVERY = 0.5

_host = click.option("--host", help="Address to listen on.")
_port = click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")


@click.command()
@_host
@_port
@click.option("--workers", type=click.IntRange(1, 64), help="Processes.")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the site."""
    from webapp.serve import serve as serve_site

    settings = Settings.load(host=host, port=port, workers=workers)
    _require_port(settings)
    serve_site(settings)


@click.command()
@_host
@_port
def run(host: str | None, port: int | None) -> None:
    """The main job in one go: index the cards, then the site at once and a harvest beside it."""
    stopping = children.Stopping()
    stopping.listen()
    settings = Settings.load(host=host, port=port)
    _require_port(settings)
    with synchronised(settings) as state:
        report_published(publish_state(state))
        site = children.start("serve", "--host", settings.host, "--port", str(settings.port))
        harvest = children.start("harvest")
        try:
            _publish_while_running(state, harvest, stopping, site)
            while site.poll() is None and not stopping.wait(_LOOK_EVERY):
                pass
        finally:
            children.stop([site, harvest])
    if stopping:
        click.echo("Stopped.")
    elif site.returncode:
        click.echo(f"The site ended with code {site.returncode}.", err=True)
        sys.exit(1)


@click.command()
def refresh() -> None:
    """What a timer calls: check, harvest what is due, index, check the curated links, send alerts that are due.

    Exit 0 fine, 1 stopped, 2 faults in the curators' files, 3 some sources failed, 4 one is already under way.
    """
    stopping = children.Stopping()
    stopping.listen()
    settings = Settings.load()
    with exclusive(settings.home / "refresh.lock", "A refresh"), synchronised(settings) as state:
        SearchFiles(settings.searches_folder).forget_old()
        report_published(publish_state(state))
        harvest = children.start("harvest")
        try:
            _publish_while_running(state, harvest, stopping)
        finally:
            children.stop([harvest])
        if settings.smtp_url and not stopping:
            _send_alerts(state, stopping)
    if stopping:
        click.echo("Stopped; the next refresh carries on.", err=True)
        sys.exit(1)
    sys.exit(_exit_code(harvest.returncode, has_faults=state.has_faults))


def _send_alerts(state: State, stopping: children.Stopping) -> None:
    """Send what is due. A mail server that is away is told of and fails no refresh: the next one sends the rest."""
    try:
        done = send_alerts(state, stopping=lambda: bool(stopping))
    except (LockedError, IndexMissingError) as fault:
        click.echo(str(fault), err=True)
        return
    report_alerts(done)


def _exit_code(harvest: int, *, has_faults: bool) -> int:
    """Ours for that of the harvest within: a fault in the files weighs more than sources that failed."""
    if has_faults:
        return CuratedFileError.exit_code
    if harvest in (0, SOURCES_FAILED, LockedError.exit_code):
        return harvest
    return 1


def _publish_while_running(
    state: State,
    harvest: subprocess.Popen[bytes],
    stopping: children.Stopping,
    site: subprocess.Popen[bytes] | None = None,
) -> None:
    """Publish what the harvest brings as it comes, and all of it at its end."""
    last = time.monotonic()
    while harvest.poll() is None and (site is None or site.poll() is None):
        if stopping.wait(_LOOK_EVERY):
            return
        if time.monotonic() - last >= PUBLISH_EVERY:
            publish_state(state)
            last = time.monotonic()
    report_published(publish_state(state))


def _require_port(settings: Settings) -> None:
    """Raises SettingsError where the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            raise SettingsError(
                f"Cannot listen on {settings.host}:{settings.port}: {fault.strerror}. Choose another with --port."
            ) from fault
