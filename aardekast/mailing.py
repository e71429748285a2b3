"""Mails on their way: one connection for many, each bounded in time, each refusal told apart from a fault."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import EmailPolicy
from threading import Timer
from types import TracebackType
from typing import Any, NoReturn

from aardekast.errors import AddressRejectedError, MailError, MailServerError
from aardekast.mailserver import MailServer, StartTls

SILENCE = 30.0  # seconds that a server may say nothing; RFC 5321 grants minutes, which no run has
LONGEST = 90.0  # seconds of one mail in all, also from a server that sends a sign now and then
_NOT_OURS = (502, 503, 530)  # permanent answers that speak of how we came, not of whom we write to
_POLICY = b"5.7."  # RFC 3463: security or policy, such as "relay denied" or a block list


class MailPolicy(EmailPolicy):
    """SMTP's, but addresses of pages in headers stay whole: folded, they would be encoded and lead nowhere."""

    def fold(self, name: str, value: Any) -> str:
        """A header as lines."""
        return f"{name}: {value}{self.linesep}" if name.startswith("List-") else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode() if name.startswith("List-") else super().fold_binary(name, value)


MAIL_POLICY = MailPolicy(linesep="\r\n", max_line_length=76)  # what RFC 2045 grants a line of quoted-printable


class Mailer:
    """Sends through one server from one address. A context: the connection is made by the first mail.

    A connection that failed is not used again; the next mail makes a new one.
    """

    def __init__(self, server: MailServer, sender: str, *, silence: float = SILENCE, longest: float = LONGEST) -> None:
        self._server, self._sender = server, sender
        self._silence, self._longest = silence, longest
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Mailer:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Say good-bye."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException), self._bounded(connection):
                connection.quit()

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Send a mail; when this returns, the server has taken it over.

        Raises AddressRejectedError where the address is refused for good, MailServerError where the server is away, too
        slow or takes nothing of ours, else MailError: in both cases the same mail may be sent again.
        """
        body = message.as_bytes(policy=message.policy)
        connection = self._connected()
        try:
            with self._bounded(connection):
                self._hand_over(connection, recipient, body)
        except (OSError, smtplib.SMTPServerDisconnected) as fault:
            self._drop()
            raise MailServerError(f"{self._server} broke off: {fault}") from fault

    def _hand_over(self, connection: smtplib.SMTP, recipient: str, body: bytes) -> None:
        code, said = connection.mail(self._sender, [f"size={len(body)}"] if connection.has_extn("size") else [])
        if code != 250:
            self._refuse(connection, MailServerError if _is_final(code) else MailError, "our mail", code, said)
        code, said = connection.rcpt(recipient)
        if code not in (250, 251):
            self._refuse(connection, _fault_of_recipient(code, said), "an address", code, said)
        try:
            code, said = connection.data(body)
        except smtplib.SMTPDataError as fault:
            code, said = fault.smtp_code, _bytes(fault.smtp_error)
        if code != 250:
            self._refuse(connection, MailError, "a mail", code, said)

    def _refuse(self, connection: smtplib.SMTP, kind: type[MailError], what: str, code: int, said: bytes) -> NoReturn:
        try:
            connection.rset()
        except (OSError, smtplib.SMTPServerDisconnected):
            self._drop()
        raise kind(f"{self._server} refuses {what}: {code} {_short(said)}")

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except ssl.SSLError as fault:
                raise MailServerError(f"No encrypted connection to {self._server}: {fault}.") from fault
            except smtplib.SMTPAuthenticationError as fault:  # its cause may hold what was sent
                code, said = fault.smtp_code, _short(_bytes(fault.smtp_error))
                raise MailServerError(f"{self._server} refuses user or password: {code} {said}") from None
            except (OSError, smtplib.SMTPException) as fault:
                raise MailServerError(f"{self._server} takes no mail: {fault}") from fault
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context(cafile=self._server.ca)
        name = self._sender.rpartition("@")[2]  # the name of this machine says nothing outside
        connection: smtplib.SMTP
        if server.is_encrypted:
            connection = smtplib.SMTP_SSL(local_hostname=name, timeout=self._silence, context=context)
        else:
            connection = smtplib.SMTP(local_hostname=name, timeout=self._silence)
        connection._host = server.host  # type: ignore[attr-defined]  # what TLS checks the certificate for
        try:
            self._open(connection, context)
        except BaseException:
            connection.close()
            raise
        return connection

    def _open(self, connection: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server = self._server
        with self._bounded(connection):
            code, said = connection.connect(server.host, server.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, said)
            connection.ehlo_or_helo_if_needed()
            offers = connection.has_extn("starttls")
            if server.needs_starttls and not offers:
                raise smtplib.SMTPNotSupportedError("it offers no STARTTLS, which is required")
            if offers and not server.is_encrypted and server.starttls is not StartTls.NEVER:
                connection.starttls(context=context)
                connection.ehlo_or_helo_if_needed()
            if server.user:
                connection.login(server.user, server.password)

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _bounded(self, connection: smtplib.SMTP) -> Iterator[None]:
        """End the connection after so many seconds: a server that sends a sign now and then is never silent."""
        timer = Timer(self._longest, _cut, [connection])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _cut(connection: smtplib.SMTP) -> None:
    line = connection.sock
    if line is not None:
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # of the socket below TLS: that one says no good-bye


def _fault_of_recipient(code: int, said: bytes) -> type[MailError]:
    """Whether the address is at fault, or we are, or only the moment."""
    if not _is_final(code):
        return MailError
    return MailError if code in _NOT_OURS or said.startswith(_POLICY) else AddressRejectedError


def _is_final(code: int) -> bool:
    return 500 <= code < 600


def _short(said: bytes) -> str:
    """What a server said, on one line and without control signs."""
    return "".join(sign for sign in said.decode("ascii", "replace").replace("\n", " ") if sign.isprintable())[:200]


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("ascii", "replace")
