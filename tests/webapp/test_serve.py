"""The site under gunicorn, as `aardekast serve` starts it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

PROGRAM = """
from aardekast.settings import Settings
from webapp.serve import serve
serve(Settings.load(home={home!r}, port=0, workers=1))
"""


@pytest.fixture
def served(tmp_path: Path, repository: Path) -> Iterator[subprocess.Popen[str]]:
    program = PROGRAM.format(home=str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=repository, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_says_where_it_listens_and_ends_cleanly(served: subprocess.Popen[str], stop: signal.Signals) -> None:
    assert served.stdout is not None
    address = served.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}tervis", timeout=20)
    with refused.value as answer:
        assert answer.code == 503, "there is no index yet, and the site says so instead of not starting"
    served.send_signal(stop)
    assert served.wait(timeout=20) == 0


def test_an_address_that_is_too_long_gets_an_answer_of_ours(served: subprocess.Popen[str]) -> None:
    assert served.stdout is not None
    address = served.stdout.readline().strip()
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}api/v1/search?q={'a' * 8050}", timeout=20)
    with refused.value as answer:
        assert (answer.code, answer.headers["Content-Type"]) == (414, "application/problem+json")


def test_a_worker_loads_no_more_than_searching_takes() -> None:
    heavy = ("sqlalchemy", "smtplib", "email.headerregistry", "icalendar", "webapp.api.models", "webapp.alerts.mails")
    code = f"import webapp, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
