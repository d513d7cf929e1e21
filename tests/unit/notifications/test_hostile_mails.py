"""Mails that a parser cannot take, or only slowly: each is kept for a person, and nothing takes long or comes back."""

import asyncio
import time
from dataclasses import replace

import pytest

from services.notifications.inbound.incoming import Incoming
from services.notifications.inbound.parsing import LONGEST_VALUE, MOST_HEADER_LINES, MOST_PARTS, parse, stand_in
from services.notifications.inbound.reading import Reader, Reading, read_now
from services.notifications.inbound.receiving import Receiving
from services.notifications.inbound.records import Records
from shared.commands.notifications_replies import ListReplies, ShowReply
from tests.unit.notifications import world
from tests.unit.notifications.mailbox import ANN, MAILBOX, case, mailbox
from tests.yardstick import Watch, allowed

FEW = 1_500
"""Yardsticks for one mail; without limits each of these takes minutes or memory without end."""
HELLO = "From: Ann <ann@schools.example>\nSubject: Hello\n"


def folded(name: str, unit: str, size: int) -> str:
    line = unit * (70 // len(unit))
    return f"{name}: " + f"{line}\n ".join([""] * (size // len(line))) + "x\n"


HOSTILE = {
    "a subject of 576 kB": HELLO.replace("Subject: Hello\n", folded("Subject", "=?utf-8?q?a?= ", 576_000)) + "\nHello",
    "a plain subject of 576 kB": HELLO.replace("Subject: Hello\n", folded("Subject", "ab, ", 576_000)) + "\nHello",
    "a sender of commas": folded("From", "a,", 200_000) + "Subject: Hello\n\nHello",
    "a sender of dots": folded("From", ".", 200_000) + "Subject: Hello\n\nHello",
    "parameters without end": HELLO + folded("Content-Type", "a:b;", 300_000) + "\nHello",
    "nested comments": HELLO + "Content-Type: " + "(" * 1400 + "\n\nHello",
    "a parameter that ends in a star": HELLO + "Content-Type: text/plain; name*\n\nHello",
    "starred parameters": HELLO + "Content-Type: text/plain" + ";a*0*=b" * 200 + "\n\nHello",
    "an unknown encoding": HELLO + "Content-Type: text/plain; charset=klingon\n\nHello",
    "an unknown transfer encoding": HELLO + "Content-Transfer-Encoding: rot13\n\nHello",
    "bytes that are no text": HELLO.replace("Hello", "H\udcff\udcfello") + "\nHello \udcff\0",
    "headers without end": HELLO + "X-A: b\n" * (MOST_HEADER_LINES + 1) + "\nHello",
    "parts without end": HELLO + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n" * (MOST_PARTS + 1),
    "parts within parts": HELLO + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(400)
    ) + "\nHello",
    "messages within messages": HELLO + "Content-Type: message/rfc822\n\n" * 900 + "\nHello",
    "no headers": "Hello",
    "nothing": "",
    "markup of 100 kB that never ends": HELLO + "Content-Type: text/html\n\n" + "<!" * 50_000,
    "a section that is none": HELLO + "Content-Type: text/html\n\n<![FOO[ x ]]><p>Hello",
    "a bounce with a section that is none":
        "From: MAILER-DAEMON@mx.example\nSubject: No\nContent-Type: text/html\n\n<![FOO[ x ]]><p>Hello",
    "a subject of half characters": HELLO.replace("Hello", "=?utf-7?q?+2AA-?=") + "\nHello",
    "a text of half characters": HELLO + "Content-Type: text/plain; charset=unicode_escape\n\n\\ud800 Hello",
    "a code page for names of hosts": HELLO + "Content-Type: text/plain; charset=idna\n\n" + "a" * 70_000,
    "a code page that cannot be read": HELLO + "Content-Type: text/plain; charset=undefined\n\nHello",
    "a calendar of a megabyte": HELLO + "Content-Type: text/calendar; method=REPLY\n\n" + "X-A:b\n" * 160_000,
}  # fmt: skip


@pytest.mark.parametrize("shape", HOSTILE)
async def test_whatever_comes_is_kept_for_a_person_and_soon(shape):
    box = await mailbox()
    content = HOSTILE[shape].encode("utf-8", "surrogateescape")
    with Watch() as watch:
        assert await box.receiving.receive(Incoming((MAILBOX,), content)) == "triage"
    assert watch.spent.processor < allowed(FEW)
    (row,) = (await box.office.bus.find(ListReplies())).rows
    row.subject.encode()
    with Watch() as watch:
        await box.office.bus.find(ShowReply(reply_id=row.reply_id))
    assert watch.spent.processor < allowed(FEW)


@pytest.mark.parametrize("name", ["047", "145"])
async def test_an_answer_whose_headers_cannot_be_parsed_is_kept_with_what_can_be_seen(name):
    box = await mailbox()
    assert await box.take(case(name)) == "triage"
    assert box.answers() == []
    (row,) = (await box.office.bus.find(ListReplies())).rows
    assert (row.sender, row.subject) == (world.address(ANN), "Accepted: Visit day")
    assert "cannot be read" in row.why
    shown = await box.office.bus.find(ShowReply(reply_id=row.reply_id))
    assert "PARTSTAT=ACCEPTED" in shown.text


def test_values_are_cut_and_each_is_parsed_once():
    message = parse(f"Subject: {'a' * 5_000}\n\n".encode())
    assert len(str(message["Subject"])) == LONGEST_VALUE
    assert message["Subject"] is message["Subject"]


def test_a_stand_in_shows_the_first_sender_and_subject_without_what_no_terminal_should_get():
    message = stand_in(b"Subject: One\x1b[31m\n two\nFrom: (((ann@schools.example\n\nSubject: three")
    assert (message["From"], message["Subject"]) == ("ann@schools.example", "One[31m two")


async def test_a_mail_that_takes_too_long_is_given_up_and_kept():
    box = await mailbox()

    def slow(incoming: Incoming) -> Reading:
        time.sleep(2)  # stands for a mail that is slow to read
        return read_now(incoming)

    box.receiving = Receiving(Records.of(box.office.stores), box.office.transact, reader=Reader(0.05, slow))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    rest = asyncio.create_task(others())
    assert await box.take(HELLO + "\nHello") == "triage"
    rest.cancel()
    assert await box.waiting() == ["A mail that takes too long to read."]
    assert turns > 10, "others went on meanwhile"


async def test_whatever_fails_while_it_is_read_is_kept():
    """Reading asks nobody, so what fails once would fail for ever; its sender would bring it back for days."""
    box = await mailbox()

    def broken(_: Incoming) -> Reading:
        raise OSError

    box.receiving = Receiving(Records.of(box.office.stores), box.office.transact, reader=Reader(read=broken))
    assert await box.take(HELLO + "\nHello") == "triage"
    assert await box.waiting() == ["A mail that cannot be read (OSError)."]


async def test_only_the_thread_reads_what_a_mail_says():
    box = await mailbox()

    def read(incoming: Incoming) -> Reading:
        return replace(read_now(incoming), message=parse(HELLO.encode() + b"\nother words"))

    box.receiving = Receiving(Records.of(box.office.stores), box.office.transact, reader=Reader(read=read))
    assert await box.take(HELLO + "\nthe words") == "triage"
    assert [row.words for row in (await box.office.bus.find(ListReplies())).rows] == ["the words"]
    assert await box.take(case("016")) == "reply"
    assert box.answers() == [(ANN, "accepted")]


async def test_what_fails_while_it_is_dealt_with_is_kept(monkeypatch):
    box = await mailbox()

    async def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(box.office.stores.replies, "last", broken)
    assert await box.take(case("016")) == "triage"
    assert "A mail that could not be dealt with (LookupError)." in await box.waiting()


class TestMailsThatGoRound:
    async def test_a_mail_of_ours_that_comes_back_is_filed_and_sets_nothing_off(self):
        box = await mailbox()
        before = len(box.office.mailboxes.mails)
        _, _, ours = box.office.mailboxes.mails[0]
        assert await box.take(ours.as_string()) == "ignored"
        assert await box.take(HELLO.replace("ann@schools.example", MAILBOX.upper()) + "\nHello") == "ignored"
        await box.office.deliver()
        assert (len(box.office.mailboxes.mails), await box.waiting()) == (before, [])

    async def test_a_mail_that_goes_from_server_to_server_is_filed(self):
        box = await mailbox()
        assert await box.take("Received: from a by b\n" * 51 + HELLO + "\nHello") == "ignored"
        assert await box.take("Received: from a by b\n" * 50 + HELLO + "\nHello") == "triage"

    @pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"])
    async def test_what_a_machine_answers_sets_nothing_off(self, header):
        box = await mailbox()
        before = len(box.office.mailboxes.mails)
        for _ in range(3):
            assert await box.take(f"{HELLO}{header}\n\nAway", to=box.mail_to(ANN)[0]) == "ignored"
        await box.office.deliver()
        assert (len(box.office.mailboxes.mails), await box.waiting()) == (before, [])


class TestNoticesThatAreSentOn:
    """A coordinator's rule sends on what arrives: the list of what waits would wait in the next list."""

    ATTACHED = f"Content-Type: message/rfc822\n\nMessage-ID: <mai-{'0' * 32}@kindred.example>"
    LIST = "1 mail waits for you\n\nWhy: A mail that somebody wrote.\nTo look: kindred replies show 0a1b2c3d4e5f"

    @pytest.mark.parametrize(
        "written",
        [
            f"\n\n-----Original Message-----\nFrom: Kindred\n\n{LIST}",
            f"\n\nFrom: Kindred\nSent: today\nTo: Cora\nSubject: 1 mail waits\n\n{LIST}",
            f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{ATTACHED}\n\n{LIST}\n--b--",
        ],
        ids=["as text", "below headers", "as a file"],
    )
    async def test_without_a_word_they_end_there(self, written):
        box = await mailbox()
        assert (
            await box.take(f"From: {world.address('per-co')}\nSubject: FW: 1 mail waits for you\n{written}")
            == "ignored"
        )
        assert (await box.waiting(), await box.announce()) == ([], [])

    async def test_with_words_they_wait(self):
        box = await mailbox()
        said = f"Who is that?\n\n-----Original Message-----\n{self.LIST}"
        assert await box.take(f"From: {world.address('per-co')}\nSubject: Re: 1 mail\n\n{said}") == "triage"


@pytest.mark.parametrize("to", ["postmaster@kindred.example", "POSTMASTER"])
async def test_a_mail_to_the_postmaster_waits_for_a_person(to):
    box = await mailbox()
    assert await box.take(HELLO + "\nYour server is odd", to=to) == "triage"
    assert await box.waiting() == ["A mail to the postmaster."]
