"""Commands that serve: the site alone, the main job in one go, and what a timer calls."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import click

from aardekast.cli import children
from aardekast.cli.harvesting import SOURCES_FAILED
from aardekast.cli.searching import publish_state, report_published
from aardekast.cli.state import State, synchronised
from aardekast.errors import CuratedFileError, LockedError, SettingsError
from aardekast.locks import exclusive
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
    settings = Settings.load(host=host, port=port)
    _require_port(settings)
    with children.stoppable(), synchronised(settings) as state:
        started: list[subprocess.Popen[bytes]] = []
        try:
            report_published(publish_state(state))
            site = children.start("serve", "--host", settings.host, "--port", str(settings.port))
            started.append(site)
            started.append(children.start("harvest"))
            _publish_while_running(state, started[1], site)
            _wait_for(site)
        except children.Stopped:
            click.echo("Stopping.")
        finally:
            children.stop(started)


@click.command()
def refresh() -> None:
    """What a timer calls: check, harvest what is due, index, check links. Exit 0, 2, 3, or 4 when one is under way."""
    settings = Settings.load()
    with (
        children.stoppable(),
        exclusive(settings.home / "refresh.lock", "A refresh"),
        synchronised(settings) as state,
    ):
        started: list[subprocess.Popen[bytes]] = []
        try:
            report_published(publish_state(state))
            started.append(children.start("harvest"))
            _publish_while_running(state, started[0])
        except children.Stopped:
            click.echo("Stopped; the next refresh carries on.", err=True)
            sys.exit(1)
        finally:
            children.stop(started)
        code = started[0].returncode
    sys.exit(_exit_code(code, has_faults=state.has_faults))


def _exit_code(harvest: int, *, has_faults: bool) -> int:
    """Ours for that of the harvest within: a fault in the files weighs more than sources that failed."""
    if has_faults:
        return CuratedFileError.exit_code
    if harvest in (0, SOURCES_FAILED, LockedError.exit_code):
        return harvest
    return 1


def _publish_while_running(
    state: State, harvest: subprocess.Popen[bytes], site: subprocess.Popen[bytes] | None = None
) -> None:
    """Publish what the harvest brings as it comes, and all of it at its end."""
    last = time.monotonic()
    while harvest.poll() is None and (site is None or site.poll() is None):
        time.sleep(_LOOK_EVERY)
        if time.monotonic() - last >= PUBLISH_EVERY:
            publish_state(state)
            last = time.monotonic()
    report_published(publish_state(state))


def _wait_for(site: subprocess.Popen[bytes]) -> None:
    code = site.wait()
    if code:
        click.echo(f"The site ended with code {code}.", err=True)
        sys.exit(1)


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
