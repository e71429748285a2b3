"""Mails over a real SMTP server: taken, refused, broken off, slow, encrypted; and what settings may say of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from mailhost import MailHost, allow, certificate, mail_host

from aardekast.errors import AddressRejectedError, MailError, MailServerError, SettingsError
from aardekast.mailaddress import mailbox_of, normalised_address
from aardekast.mailing import MAIL_POLICY, Mailer
from aardekast.mailserver import MailServer, StartTls
from aardekast.settings import Settings

SENDER = "aardekast@kogukonnaveeb.ee"
PASSWORD = "sala/s@na"
LONG_LINK = "<https://aardekast.kogukonnaveeb.ee/teavita/loobu?t=" + "a" * 90 + ">"


def server_of(host: MailHost, query: str = "", user: str = "") -> MailServer:
    server = MailServer.read(f"smtp://{user}127.0.0.1:{host.port}{query}")
    assert server is not None
    return server


def mail(subject: str = "Küla kriisiplaan ja külavanem") -> EmailMessage:
    message = EmailMessage(policy=MAIL_POLICY)
    message["From"], message["To"], message["Subject"] = SENDER, "mari@kyla.ee", subject
    message["List-Unsubscribe"] = LONG_LINK
    message.set_content("Tere, küla!\n.\n. punkt rea alguses\n", cte="quoted-printable")
    return message


def test_many_mails_go_over_one_connection_and_arrive_as_written() -> None:
    with mail_host() as host, Mailer(server_of(host), SENDER) as mailer:
        for number in range(3):
            mailer.send(mail(), f"mari+{number}@kyla.ee")
    assert host.connections == 1
    assert [to for _, to, _ in host.envelopes] == [f"mari+{number}@kyla.ee" for number in range(3)]
    assert host.mails[0]["Subject"] == "Küla kriisiplaan ja külavanem"
    assert host.mails[0].get_content().replace("\r\n", "\n") == "Tere, küla!\n.\n. punkt rea alguses\n"


def test_the_address_of_a_page_in_a_header_is_neither_broken_nor_encoded() -> None:
    assert f"List-Unsubscribe: {LONG_LINK}\r\n".encode() in mail().as_bytes(policy=MAIL_POLICY)
    assert f"List-Unsubscribe: {LONG_LINK}\r\n" in mail().as_string(policy=MAIL_POLICY)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        pytest.param("550 5.1.1 no such mailbox", AddressRejectedError, id="unknown"),
        pytest.param("551 moved away", AddressRejectedError, id="moved"),
        pytest.param("552 5.2.1 mailbox disabled", AddressRejectedError, id="disabled"),
        pytest.param("554 5.7.1 relay access denied", MailError, id="relay-denied"),
        pytest.param("530 authentication required", MailError, id="who-are-you"),
        pytest.param("450 4.2.0 greylisted", MailError, id="greylisted"),
        pytest.param("452 4.2.2 mailbox full", MailError, id="full"),
    ],
)
def test_a_refused_address_is_told_from_a_refused_sender_and_stops_no_other(reply: str, fault: type) -> None:
    with mail_host(MailHost(refusals={"peeter@kyla.ee": reply})) as host, Mailer(server_of(host), SENDER) as mailer:
        with pytest.raises(MailError, match=reply[:3]) as raised:
            mailer.send(mail(), "peeter@kyla.ee")
        mailer.send(mail(), "mari@kyla.ee")
    assert type(raised.value) is fault
    assert [to for _, to, _ in host.envelopes] == ["mari@kyla.ee"]
    assert host.connections == 1


def test_a_mail_that_is_refused_as_a_whole_speaks_against_no_address() -> None:
    with mail_host(MailHost(answers={"mari@kyla.ee": "554 looks like spam"})) as host:
        with Mailer(server_of(host), SENDER) as mailer, pytest.raises(MailError) as raised:
            mailer.send(mail(), "mari@kyla.ee")
        assert type(raised.value) is MailError


def test_a_silent_server_is_left_and_the_next_mail_tries_a_new_connection() -> None:
    with mail_host() as host, Mailer(server_of(host), SENDER, silence=0.3) as mailer:
        host.hold.clear()
        with pytest.raises(MailServerError, match="broke off"):
            mailer.send(mail(), "mari@kyla.ee")
        host.hold.set()
        mailer.send(mail(), "jaan@kyla.ee")
    assert host.connections == 2


@contextmanager
def dripping(hello: bytes) -> Iterator[int]:
    """A server that says hello and then a sign now and then, for ever."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            line, _ = listening.accept()
            with line:
                line.sendall(hello)
                while not ended.wait(0.05):
                    try:
                        line.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        yield listening.getsockname()[1]
        ended.set()
        thread.join()


@pytest.mark.parametrize("hello", [b"", b"220 post.test\r\n"])
def test_a_server_that_says_a_sign_now_and_then_is_left_too(hello: bytes) -> None:
    with dripping(hello) as port:
        server = MailServer.read(f"smtp://127.0.0.1:{port}")
        assert server is not None
        with Mailer(server, SENDER, silence=20, longest=0.5) as mailer, pytest.raises(MailServerError):
            mailer.send(mail(), "mari@kyla.ee")


def test_nobody_there_is_named_without_the_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = MailServer.read(f"smtp://mari:sala@127.0.0.1:{port}")
    assert server is not None
    with Mailer(server, SENDER) as mailer, pytest.raises(MailServerError) as raised:
        mailer.send(mail(), "mari@kyla.ee")
    assert f"127.0.0.1:{port} takes no mail" in str(raised.value)
    assert "sala" not in str(raised.value) + repr(server)


def test_starttls_with_a_certificate_that_is_vouched_for_and_a_password(tmp_path: Path) -> None:
    trusted, context = certificate(tmp_path)
    options = {"tls_context": context, "authenticator": allow(b"mari", PASSWORD.encode()), "auth_required": True}
    with mail_host(require_starttls=True, **options) as host:
        good = server_of(host, f"?starttls=required&ca={trusted}", "mari:sala%2Fs%40na@")
        with Mailer(good, SENDER) as mailer:
            mailer.send(mail(), "mari@kyla.ee")
        assert host.envelopes == [(SENDER, "mari@kyla.ee", True)]
        bad = server_of(host, f"?ca={trusted}", "mari:vale-parool@")
        with Mailer(bad, SENDER) as mailer, pytest.raises(MailServerError, match="refuses user or password") as raised:
            mailer.send(mail(), "mari@kyla.ee")
        assert "vale-parool" not in str(raised.value)
        assert raised.value.__cause__ is None
        stranger = server_of(host, user="mari:sala%2Fs%40na@")
        with Mailer(stranger, SENDER) as mailer, pytest.raises(MailServerError, match="No encrypted connection"):
            mailer.send(mail(), "mari@kyla.ee")


def test_encrypted_from_the_start(tmp_path: Path) -> None:
    trusted, context = certificate(tmp_path)
    with mail_host(tls=context) as host:
        server = MailServer.read(f"smtps://127.0.0.1:{host.port}?ca={trusted}")
        assert server is not None
        with Mailer(server, SENDER) as mailer:
            mailer.send(mail(), "mari@kyla.ee")
        assert len(host.mails) == 1
        stranger = MailServer.read(f"smtps://127.0.0.1:{host.port}")
        assert stranger is not None
        with Mailer(stranger, SENDER) as mailer, pytest.raises(MailServerError, match="No encrypted connection"):
            mailer.send(mail(), "mari@kyla.ee")


def test_every_sign_that_an_address_may_have_arrives() -> None:
    odd = normalised_address("!#$%&'*+/=?^_`{|}~-.a@xn--kla-hoa.ee")
    message = EmailMessage(policy=MAIL_POLICY)
    message["From"], message["To"] = SENDER, odd
    message.set_content("Tere")
    with mail_host() as host, Mailer(server_of(host), SENDER) as mailer:
        mailer.send(message, odd)
    assert odd
    assert host.envelopes[0][1] == host.mails[0]["To"] == odd


def test_what_must_be_encrypted_is_not_sent_in_the_clear() -> None:
    with mail_host() as host:
        mailer = Mailer(server_of(host, "?starttls=required"), SENDER)
        with mailer, pytest.raises(MailServerError, match="no STARTTLS"):
            mailer.send(mail(), "mari@kyla.ee")
        assert not host.mails


def test_a_password_goes_to_another_machine_only_encrypted() -> None:
    def needs(url: str) -> bool:
        server = MailServer.read(url)
        assert server is not None
        return server.needs_starttls

    assert needs("smtp://mari:sala@post.kyla.ee")
    assert not needs("smtp://post.kyla.ee")
    assert not needs("smtp://mari:sala@localhost:25")
    assert not needs("smtps://mari:sala@post.kyla.ee")
    assert not needs("smtp://mari:sala@post.kyla.ee?starttls=never")
    assert needs("smtp://post.kyla.ee?starttls=required")


def test_the_setting_is_read_with_its_ports_and_escapes() -> None:
    assert MailServer.read("") is None
    server = MailServer.read("smtps://mari%40kyla.ee:sala%2Fs%40na@post.kyla.ee")
    assert server == MailServer(
        host="post.kyla.ee", port=465, is_encrypted=True, user="mari@kyla.ee", password=PASSWORD
    )
    assert str(MailServer.read("smtp://post.kyla.ee")) == "post.kyla.ee:587"
    found = MailServer.read("smtp://post.kyla.ee:25?starttls=never")
    assert found is not None
    assert (found.port, found.starttls) == (25, StartTls.NEVER)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("post.kyla.ee:587", id="no-scheme"),
        pytest.param("https://mari:sala@post.kyla.ee", id="other-scheme"),
        pytest.param("smtp://mari:sala@", id="no-host"),
        pytest.param("smtp://mari:sala@post.kyla.ee:post", id="port"),
        pytest.param("smtp://mari:sala@[post:25", id="bracket"),
        pytest.param("smtp://mari:sa/la@post.kyla.ee", id="slash-in-password"),
        pytest.param("smtp://mari:sala@post.kyla.ee?starttls=jah", id="starttls"),
        pytest.param("smtp://mari:sala@post.kyla.ee?tls=1", id="unknown-option"),
    ],
)
def test_a_setting_that_is_wrong_is_named_and_its_password_is_not(url: str) -> None:
    with pytest.raises(SettingsError, match="AARDEKAST_SMTP_URL: ") as raised:
        Settings.load({"AARDEKAST_SMTP_URL": url})
    assert "sala" not in str(raised.value)
    assert "sa/la" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(("name", "value"), [("PUBLIC_URL", "aardekast.ee"), ("MAIL_FROM", "Aardekast <a@b.ee>")])
def test_addresses_of_site_and_sender_are_checked(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"AARDEKAST_{name}="):
        Settings.load({f"AARDEKAST_{name}": value})


def test_a_mail_server_alone_is_not_enough() -> None:
    with pytest.raises(SettingsError, match="set AARDEKAST_MAIL_FROM and AARDEKAST_PUBLIC_URL, too"):
        Settings.load({"AARDEKAST_SMTP_URL": "smtp://localhost:25"})
    settings = Settings.load(
        {
            "AARDEKAST_SMTP_URL": "smtp://localhost:25",
            "AARDEKAST_MAIL_FROM": SENDER,
            "AARDEKAST_PUBLIC_URL": "https://aardekast.ee",
        }
    )
    assert settings.public_url == "https://aardekast.ee/"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        pytest.param("mari@kyla.ee", "mari@kyla.ee", id="plain"),
        pytest.param(" Mari.Maasikas@KYLA.EE ", "Mari.Maasikas@kyla.ee", id="capitals"),
        pytest.param("mari+aardekast@kyla.ee", "mari+aardekast@kyla.ee", id="plus"),
        pytest.param("mari@küla.ee", "mari@xn--kla-hoa.ee", id="idn"),
        pytest.param("o'neill@kyla.ee", "o'neill@kyla.ee", id="apostrophe"),
        pytest.param("a" * 64 + "@kyla.ee", "a" * 64 + "@kyla.ee", id="longest-name"),
        pytest.param("a" * 65 + "@kyla.ee", "", id="too-long-name"),
        pytest.param("mari@" + "kyla." * 50 + "ee", "", id="too-long"),
        pytest.param("mari@kyla", "", id="no-dot"),
        pytest.param("mari", "", id="no-at"),
        pytest.param("mari@@kyla.ee", "", id="two-at"),
        pytest.param("mari@kyla..ee", "", id="two-dots"),
        pytest.param(".mari@kyla.ee", "", id="dot-first"),
        pytest.param("mari@127.0.0.1", "", id="numbers"),
        pytest.param("mari@kyla.ee, jaan@kyla.ee", "", id="two"),
        pytest.param("Mari <mari@kyla.ee>", "", id="with-name"),
        pytest.param("mari@kyla.ee\r\nBcc: jaan@kyla.ee", "", id="header"),
        pytest.param("mari\n@kyla.ee", "", id="line-break"),
        pytest.param("märi@kyla.ee", "", id="letters-that-few-servers-take"),
        pytest.param('"mari maasikas"@kyla.ee', "", id="quoted"),
        pytest.param("mari@kyla.ee\x00", "", id="nul"),
    ],
)
def test_an_address_is_written_as_servers_take_it_or_is_none(typed: str, address: str) -> None:
    assert normalised_address(typed) == address


def test_a_mailbox_has_one_name() -> None:
    assert mailbox_of("Mari+uudised@kyla.ee") == mailbox_of("mari@kyla.ee") == "mari@kyla.ee"
    assert mailbox_of("+a@kyla.ee") == "+a@kyla.ee"
