"""A real SMTP server on loopback (aiosmtpd), which can be told to refuse, to break off and to be slow."""

import asyncio
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

PATIENCE = 20.0  # seconds for what comes from another thread; a fault, where it is not there by then


@dataclass
class MailHost:
    """The mailboxes behind a server. `refusals`: replies to RCPT, `answers`: to the whole mail, by address."""

    refusals: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    hold: Event = field(default_factory=Event)  # set, mails are answered; else the server keeps silent
    taken: Event = field(default_factory=Event)  # a mail has come in
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str, bool]] = field(default_factory=list)  # from, to, was it encrypted
    connections: int = 0
    tries: list[str] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self.hold.set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """What came to an address."""
        return [mail for mail, (_, to, _) in zip(self.mails, self.envelopes, strict=True) if to == address]

    def wait_for(self, count: int) -> None:
        """Wait until so many mails have come."""
        for _ in range(count):
            if len(self.mails) >= count:
                return
            assert self.taken.wait(PATIENCE), f"{len(self.mails)} of {count} mails came"
            self.taken.clear()

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += session.ssl is None
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tries.append(address)
        reply = self.refusals.get(address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        while not self.hold.is_set():
            await asyncio.sleep(0.01)
        (address,) = envelope.rcpt_tos
        reply = self.answers.get(address, "250 OK")
        if reply.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
            self.envelopes.append((envelope.mail_from or "", address, session.ssl is not None))
            self.taken.set()
        return reply


@contextmanager
def mail_host(host: MailHost | None = None, *, tls: ssl.SSLContext | None = None, **options: Any) -> Iterator[MailHost]:
    """The server while it runs, in a thread of its own, encrypted from the start with `tls`.

    `options` are those of aiosmtpd's SMTP.
    """
    host = host or MailHost()
    listening, ended = Event(), asyncio.Event()
    loop = asyncio.new_event_loop()  # made here, run there: a browser's loop may run in this thread

    async def serve() -> None:
        served_by = partial(SMTP, host, loop=loop, hostname="post.test", **options)
        async with await loop.create_server(served_by, "127.0.0.1", 0, ssl=tls) as server:
            host.port = server.sockets[0].getsockname()[1]
            listening.set()
            await ended.wait()
        served = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in served:
            task.cancel()
        await asyncio.gather(*served, return_exceptions=True)
        await asyncio.sleep(0)  # what their ends set going

    thread = Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    assert listening.wait(PATIENCE)
    try:
        yield host
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate that nobody but its owner vouches for, and the server's side of it."""
    key, signed = folder / "key.pem", folder / "certificate.pem"
    wanted = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", *wanted, *names, "-keyout", str(key), "-out", str(signed)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(signed, key)
    return signed, context


def allow(user: bytes, password: bytes) -> Any:
    """An authenticator that knows one user."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return check
