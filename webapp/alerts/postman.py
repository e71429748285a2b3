"""Sends what waits, in a thread of its own: no visitor waits for a mail server, or can tell whether a mail went out."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

from flask import Flask

from webapp.alerts.desk import Desk

log = logging.getLogger(__name__)

GRACE = 3.0  # seconds for the mail under way when the process ends; what is not sent waits for the next run


class Postman:
    """Calls `deliver` once after each `wake`, never twice at the same time; a fault of one ends none after it."""

    def __init__(self, deliver: Callable[[], None]) -> None:
        self._deliver = deliver
        self._woken, self._rests = Event(), Event()
        self._rests.set()
        self._has_ended = False
        self._thread: Thread | None = None
        self._lock = Lock()

    def wake(self) -> None:
        """There is something to deliver. The thread starts now: a process that forks later keeps none."""
        with self._lock:
            self._rests.clear()
            self._woken.set()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="postman", daemon=True)
                self._thread.start()
                atexit.register(self.close)

    def wait(self, seconds: float) -> bool:
        """Wait until all is delivered; whether it is."""
        return self._rests.wait(seconds)

    def close(self) -> None:
        """Deliver what waits, and end the thread."""
        self._has_ended = True
        self._woken.set()
        if self._thread is not None:
            self._thread.join(GRACE)

    def _work(self) -> None:
        while not self._has_ended:
            self._woken.wait()
            self._woken.clear()
            try:
                self._deliver()
            except Exception:
                log.exception("A delivery broke off; what waits goes with the next.")
            with self._lock:
                if not self._woken.is_set():
                    self._rests.set()


def postman_of(app: Flask, desk: Desk) -> Postman:
    """Who sends the confirmation mails of a site."""

    def deliver() -> None:
        from webapp.alerts.sending import ask_back

        ask_back(app, desk)

    return Postman(deliver)
