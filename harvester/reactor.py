"""Twisted's reactor, which a process can run once, on asyncio's event loop."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

from aardekast.errors import HarvestError, StoppedError

T = TypeVar("T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 3.0  # seconds; a stopped harvest has ended after one or two
_runs: list[str] = []


def run_in_reactor(main: Callable[[], Coroutine[Any, Any, T]], stop: Callable[[], None]) -> T:
    """What `main` returns; SIGINT and SIGTERM call `stop` meanwhile. Raises HarvestError at the second call."""
    if _runs:
        raise HarvestError("This process has harvested already; start another one for the next harvest.")
    _runs.append("started")
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    reactor: Any = import_module("twisted.internet.reactor")
    loop = asyncio.get_event_loop_policy().get_event_loop()
    task = loop.create_task(main())
    task.add_done_callback(lambda _done: reactor.stop() if reactor.running else None)

    def stop_soon() -> None:
        stop()
        # A crawler that has only begun may not notice: then it is cancelled, and at the last left behind.
        loop.call_later(_PATIENCE, task.cancel)
        loop.call_later(2 * _PATIENCE, reactor.stop)

    with _stopped_by_signals(loop, stop_soon):
        reactor.run(installSignalHandlers=False)
    for left in asyncio.all_tasks(loop):
        left.cancel()
    loop.run_until_complete(loop.shutdown_asyncgens())
    asyncio.set_event_loop(None)
    loop.close()
    if not task.done() or task.cancelled():
        raise StoppedError("The harvest was stopped; the next one carries on.")
    return task.result()


@contextmanager
def _stopped_by_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> Iterator[None]:
    """Let the first signal stop the run; a second one does what it always did."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)

    def once() -> None:
        restore()
        stop()

    for number in _SIGNALS:
        loop.add_signal_handler(number, once)
    try:
        yield
    finally:
        restore()
