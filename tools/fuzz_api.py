"""Requests made up by schemathesis from the description of the API: `make fuzz`. The index is AARDEKAST_HOME's.

    python tools/fuzz_api.py [--minutes 10] [--seed 1]

The real site answers on loopback; nothing is asked of the network. Exits with 1 where an answer is not as described.
Not checked is whether what the description does not allow is refused: values are forgiven as on the results page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from aardekast.settings import Settings
from webapp import app_from_settings

DOCUMENTS = ("/api/openapi.json", "/en/api/openapi.json")


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the site while it is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fuzz(document: str, *limits: str) -> subprocess.CompletedProcess[str]:
    """What schemathesis says of the answers; `limits` are options of its own."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", document, *limits]
    command += ["--exclude-checks", "negative_data_rejection"]
    with tempfile.TemporaryDirectory() as folder:  # where it leaves what it found
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def main() -> None:
    """Half of the time in Estonian, half in English, whose labels are made by other code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seconds = max(1, round(asked.minutes * 60 / len(DOCUMENTS)))
    faults = 0
    with served(app_from_settings(Settings.load())) as site:
        for document in DOCUMENTS:
            done = fuzz(site + document, "--max-time", str(seconds), "--seed", str(asked.seed))
            sys.stdout.write(done.stdout + done.stderr)
            faults += done.returncode != 0
    sys.exit(min(faults, 1))


if __name__ == "__main__":
    main()
