"""The command that serves the site."""

from __future__ import annotations

import socket

import click

from aardekast.errors import SettingsError
from aardekast.settings import Settings

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
