"""The listener over real sockets: what it takes, what it refuses, and that memory and time stay bounded."""

import asyncio
import shutil
import ssl
import subprocess
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiosmtplib
import pytest

from services.notifications.inbound import listener as listening
from services.notifications.inbound.certificate import Certificate
from services.notifications.inbound.incoming import Incoming
from services.notifications.inbound.listener import Listener, listen
from tests.waiting import until

MAILBOX = "programmes@kindred.example"
HEAD = b"From: Ann <ann@schools.example>\r\nSubject: Hello\r\n\r\n"


class Taken:
    """Stands where messages are dealt with; remembers them."""

    def __init__(self) -> None:
        self.messages: list[Incoming] = []
        self.at_once = self.most_at_once = 0

    async def receive(self, incoming: Incoming) -> str:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.messages.append(incoming)
        self.at_once -= 1
        return "triage"


@asynccontextmanager
async def serving(port: int, taken: Taken, tls: Certificate | None = None) -> AsyncIterator[None]:
    task = asyncio.create_task(listen(Listener(taken, MAILBOX), "127.0.0.1", port, tls))  # type: ignore[arg-type]  # a stand-in

    async def answers() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    await until(answers)
    try:
        yield
    finally:
        task.cancel()


@pytest.fixture
async def taken(unused_tcp_port: int) -> AsyncIterator[Taken]:
    found = Taken()
    async with serving(unused_tcp_port, found):
        yield found


async def hand_in(port: int, content: bytes, to: str = MAILBOX, **options: object) -> tuple[int, str]:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, **options) as smtp:  # type: ignore[arg-type]  # forwarded
        await smtp.mail("ann@schools.example")
        await smtp.rcpt(to)
        return await smtp.data(content)


@pytest.mark.parametrize(
    "to", [MAILBOX, MAILBOX.upper(), "programmes+mai-1@kindred.example", "postmaster@kindred.example"]
)
async def test_it_takes_mail_for_the_mailbox_its_tags_and_the_postmaster(taken, unused_tcp_port, to):
    assert (await hand_in(unused_tcp_port, HEAD + b"Hello", to))[0] == 250
    assert taken.messages[0].recipients == (to,)


@pytest.mark.parametrize("sender", ["ann@schools.example", ""])
async def test_who_the_envelope_is_from_is_handed_on(taken, unused_tcp_port, sender):
    """An empty one says that a machine wrote it."""
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=unused_tcp_port) as smtp:
        await smtp.mail(sender)
        await smtp.rcpt(MAILBOX)
        await smtp.data(HEAD)
    assert [one.sender for one in taken.messages] == [sender]


@pytest.mark.parametrize("to", ["else@kindred.example", "programmes@else.example", "postmaster@else.example"])
async def test_it_relays_for_nobody(taken, unused_tcp_port, to):
    with pytest.raises(aiosmtplib.SMTPRecipientRefused):
        await hand_in(unused_tcp_port, HEAD, to)


@pytest.mark.parametrize("length", [998, 2_000, 200_000, 900_000])
async def test_long_lines_are_taken_as_they_are(taken, unused_tcp_port, length):
    assert (await hand_in(unused_tcp_port, HEAD + b"a" * length + b"\r\nend\r\n"))[0] == 250
    assert taken.messages[0].content == HEAD + b"a" * length + b"\r\nend\r\n"


async def flood(port: int, chunks: int, chunk: bytes) -> bytes:
    """Send a mail of so many chunks; the reply to it, or nothing where the connection was ended."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for line in (b"EHLO a", b"MAIL FROM:<a@schools.example>", f"RCPT TO:<{MAILBOX}>".encode(), b"DATA"):
        writer.write(line + b"\r\n")
        await writer.drain()
    while not (await reader.readline()).startswith(b"354"):
        pass
    try:
        for _ in range(chunks):
            writer.write(chunk)
            await writer.drain()
        writer.write(b"\r\n.\r\n")
        return await reader.readline()
    except ConnectionError:
        return b""
    finally:
        writer.close()


LINES = (b"x" * 76 + b"\r\n") * 840
"""64 kB."""


@pytest.mark.parametrize(
    ("megabytes", "chunk", "reply"), [(15, LINES, b"552"), (60, b"x" * 65_536, b"")], ids=["in lines", "in one line"]
)
async def test_a_mail_that_is_too_large_is_refused_and_takes_no_memory(taken, unused_tcp_port, megabytes, chunk, reply):
    tracemalloc.start()
    try:
        assert (await flood(unused_tcp_port, megabytes * 1_000_000 // len(chunk), chunk)).startswith(reply)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000
    assert taken.messages == []


async def test_while_a_mail_of_60_mb_comes_others_are_taken(taken, unused_tcp_port):
    large = asyncio.create_task(flood(unused_tcp_port, 60_000_000 // len(LINES), LINES))
    small = [await hand_in(unused_tcp_port, HEAD + str(turn).encode()) for turn in range(5)]
    assert [code for code, _ in small] == [250] * 5
    assert not large.done()
    assert (await large).startswith(b"552")
    assert len(taken.messages) == 5


async def test_what_says_beforehand_that_it_is_too_large_is_refused_at_once(taken, unused_tcp_port):
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=unused_tcp_port) as smtp:
        await smtp.ehlo()
        with pytest.raises(aiosmtplib.SMTPSenderRefused) as refused:
            await smtp.mail("a@schools.example", options=[f"SIZE={listening.MOST_BYTES + 1}"])
    assert refused.value.code == 552


async def test_200_mails_at_once_are_taken_a_few_at_a_time(taken, unused_tcp_port):
    replies = await asyncio.gather(*(hand_in(unused_tcp_port, HEAD + str(n).encode()) for n in range(200)))
    assert {code for code, _ in replies} == {250}
    assert len({one.content for one in taken.messages}) == 200
    assert taken.most_at_once <= listening.AT_ONCE


async def test_what_cannot_be_stored_now_is_brought_again(taken, unused_tcp_port):
    async def away(_: Incoming) -> str:
        raise ConnectionError

    taken.receive = away
    with pytest.raises(aiosmtplib.SMTPDataError) as refused:
        await hand_in(unused_tcp_port, HEAD)
    assert refused.value.code == 451


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], tuple[Path, Path]]:
    """Makes a certificate for localhost with its key, another one each time."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl here to make a certificate with")

    def make() -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("certificate")
        files = folder / "mx.pem", folder / "mx.key"
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost", "-out", str(files[0]), "-keyout", str(files[1])],
            check=True, capture_output=True,
        )  # fmt: skip
        return files

    return make


async def test_with_a_certificate_connections_may_be_encrypted_and_a_renewed_one_is_taken_up(
    certified, unused_tcp_port
):
    (pem, key), (newer_pem, newer_key), found = certified(), certified(), Taken()
    async with serving(unused_tcp_port, found, Certificate.of(str(pem), str(key))):

        async def encrypted(trusted: Path) -> int:
            context = ssl.create_default_context(cafile=str(trusted))
            async with aiosmtplib.SMTP(hostname="localhost", port=unused_tcp_port, tls_context=context) as smtp:
                assert smtp.get_transport_info("cipher") is not None
                code, _ = await smtp.sendmail("a@schools.example", [MAILBOX], HEAD)
                return len(code)

        assert await encrypted(pem) == 0
        assert (await hand_in(unused_tcp_port, HEAD, start_tls=False))[0] == 250
        with pytest.raises(ssl.SSLCertVerificationError):
            await encrypted(newer_pem)
        pem.write_bytes(newer_pem.read_bytes())
        key.write_bytes(newer_key.read_bytes())
        assert await encrypted(newer_pem) == 0
        pem.write_bytes(b"half written")
        assert await encrypted(newer_pem) == 0


async def test_without_a_certificate_nothing_is_said_of_encryption(taken, unused_tcp_port):
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=unused_tcp_port) as smtp:
        await smtp.ehlo()
        assert not smtp.supports_extension("starttls")
