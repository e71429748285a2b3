"""The site served by gunicorn: `aardekast serve`."""

from __future__ import annotations

import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from aardekast.settings import Settings
from webapp import app_from_settings

THREADS = 4  # of a worker; a search takes milliseconds, slow phones take the rest
LONGEST_LINE = 8190  # bytes, gunicorn's most: an address that is too long (webapp/programs.py) gets an answer of ours
GRACE = 10  # seconds for the answers under way when it ends


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. Prints the address once it listens; port 0 takes a free one."""
    _Server(settings).run()


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{_bracketed(self._settings.host)}:{self._settings.port}",
            "workers": self._settings.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": False,  # Vabamorf must be made in each worker
            "graceful_timeout": GRACE,
            "limit_request_line": LONGEST_LINE,
            "loglevel": "warning",
            "accesslog": None,
            "control_socket_disable": True,
            "when_ready": _say_address,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return app_from_settings(self._settings)


def _say_address(server: Any) -> None:
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    sys.stdout.write(f"http://{_bracketed(host)}:{port}/\n")
    sys.stdout.flush()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
