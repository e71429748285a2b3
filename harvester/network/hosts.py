"""Which hosts answer in this run."""

from __future__ import annotations

from dataclasses import dataclass

from aardekast.errors import HostBusyError, HostUnreachableError

# One slow page is no dead host; after three in a row the rest would only cost time-outs.
FAILURES_UNTIL_GIVEN_UP = 3
# When the first eight hosts asked are all dead and nobody has answered, it is our network. Eight of some 140 old sites
# may well be gone, but hardly just the eight that were asked first.
FIRST_HOSTS = 8


@dataclass(slots=True)
class _Host:
    has_answered: bool = False
    failures: int = 0
    reason: str | None = None  # why it is not to be tried again
    is_busy: bool = False  # it asked us to wait


class Hosts:
    """What is known of each place (host and port), in the order in which they were asked."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self.has_answered = False

    def ask(self, place: str) -> bool:
        """Note that it is about to be asked; whether it answered before.

        Raises HostUnreachableError when it was given up, HostBusyError when it is left alone.
        """
        host = self._hosts.setdefault(place, _Host())
        if host.is_busy:
            raise HostBusyError("asked us to wait")
        if host.reason is not None:
            raise HostUnreachableError(host.reason)
        return host.has_answered

    def note_answer(self, place: str) -> None:
        """It answered."""
        host = self._hosts[place]
        host.has_answered, host.failures = True, 0
        self.has_answered = True

    def leave_alone(self, place: str) -> None:
        """It asked us to wait, and is not asked again."""
        self._hosts[place].is_busy = True

    def note_failure(self, place: str, reason: str) -> None:
        """It did not answer; one that never did is given up at once."""
        host = self._hosts[place]
        host.failures += 1
        if not host.has_answered or host.failures >= FAILURES_UNTIL_GIVEN_UP:
            host.reason = reason

    @property
    def is_offline(self) -> bool:
        """Whether the first hosts are all dead and nobody has answered."""
        first = list(self._hosts.values())[:FIRST_HOSTS]
        return not self.has_answered and len(first) == FIRST_HOSTS and all(host.reason for host in first)

    @property
    def nobody_answered(self) -> bool:
        """Whether hosts were asked and none answered: at the end of a run, what is_offline is during it."""
        all_dead = bool(self._hosts) and all(host.reason for host in self._hosts.values())
        return not self.has_answered and (self.is_offline or all_dead)
