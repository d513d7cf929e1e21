"""Reports in the shapes that mail systems give them: what is a bounce, of whom, with which code, and whose fault."""

import base64
import quopri
from email import message_from_bytes, policy

import pytest

from services.notifications.domain.bounces import Report, read

ANN = "ann@schools.example"
COPY = """Received: by relay.example id 1; Mon, 7 Sep 2026 08:00:00 +0000
From: Kindred <programmes@kindred.example>
To: ann@schools.example
Subject: 550 5.7.1 stands in the copy only
Message-ID: <1@kindred.example>

Text 550 5.1.1
"""


def reported(headers: str, body: str, *, returned: bool = False) -> Report | None:
    text = f"{headers.strip()}\nMIME-Version: 1.0\n\n{body}"
    return read(message_from_bytes(text.encode(), policy=policy.default), returned=returned)


def multipart(*parts: tuple[str, str], kind: str = "report; report-type=delivery-status") -> tuple[str, str]:
    inside = "".join(f"--b\nContent-Type: {name}\n\n{text}\n" for name, text in parts)
    return f"From: x@relay.example\nContent-Type: multipart/{kind}; boundary=b", f"{inside}--b--\n"


FIELDS = f"Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; {ANN}\nAction: failed\nStatus: 5.1.1\n"
RETURNED = ("message/rfc822", COPY)


@pytest.mark.parametrize(
    "message",
    [
        multipart(("text/plain", "No."), ("message/delivery-status", FIELDS), RETURNED),
        multipart(("message/delivery-status", FIELDS.partition("\n\n")[2]), RETURNED),
        multipart(("message/global-delivery-status", FIELDS), RETURNED),
        multipart(("text/plain", "No."), ("message/delivery-status", FIELDS), RETURNED, kind="mixed"),
        multipart(("text/plain", f"No.\n\n{FIELDS}"), RETURNED, kind="mixed"),
        multipart(("message/delivery-status", FIELDS.replace("Final-", "Original-").replace("failed", "Failed (no)"))),
        multipart(("message/delivery-status", FIELDS.replace("Action: failed\n", "")), RETURNED),
        ("From: x@relay.example\nContent-Type: multipart/report; report-type=delivery-status", FIELDS),
    ],
    ids=[
        "as in RFC 3464",
        "one block",
        "RFC 6533",
        "mixed",
        "in the text",
        "original only",
        "no action",
        "no boundary",
    ],
)
def test_fields_of_a_delivery_status_notification_are_found_wherever_they_stand(message):
    report = reported(*message)
    assert report is not None
    assert (report.kind, report.failures[0].recipient, report.failures[0].code) == ("failed", ANN, "5.1.1")
    assert report.failures[0].fault == "recipient"


def test_a_report_nested_in_another_part_is_found():
    headers, body = multipart(("message/delivery-status", FIELDS), RETURNED)
    inner = f"--o\n{headers.partition(chr(10))[2]}\n\n{body}\n--o--\n"
    report = reported("From: x@relay.example\nContent-Type: multipart/mixed; boundary=o", inner)
    assert report is not None
    assert report.about(ANN).code == "5.1.1"


DAEMON = "From: Mail Delivery Subsystem <MAILER-DAEMON@relay.example>\nSubject: failure notice"
SHAPES = {
    "qmail": (DAEMON, f"Hi, this is qmail.\n\n<{ANN}>:\nNobody by that name. (#5.1.1)\n\n--- A copy.\n\n{COPY}"),
    "exim": (
        f"{DAEMON}\nX-Failed-Recipients: {ANN}\nAuto-Submitted: auto-replied",
        f"These failed:\n\n  {ANN}\n    host mx.example [192.0.2.1]: 550 5.1.1 nobody\n\n------ Copy ------\n\n{COPY}",
    ),
    "sendmail": (
        DAEMON,
        (f"  ----- Transcript -----\n... while talking to mx.example:\n>>> RCPT To:<{ANN}>\n<<< 550 5.1.1 nobody\n"
        f"550 <{ANN}>... User unknown\n\n  ----- Unsent -----\n{COPY}"),
    ),
    "postfix, in clear": (DAEMON, f"I'm the mail system.\n\n<{ANN}>: host mx said: 550 5.1.1 no (to RCPT)\n\n{COPY}"),
    "yahoo": (DAEMON, f"Could not.\n\n<{ANN}>:\nRemote said: 550 5.1.1 no [RCPT_TO]\n\n--- Below is a copy.\n\n{COPY}"),
    "gmail": (
        f"{DAEMON}\nX-Failed-Recipients: {ANN}",
        f"It failed for good:\n\n     {ANN}\n\nDetails:\nThe other server said: 550 550 5.1.1 no (state 13).\n\n{COPY}",
    ),
    "dragonfly": (DAEMON, f"No mail to <{ANN}>.\n\nmx [192.0.2.1] did not like our RCPT:\n550 5.1.1 <{ANN}>\n\n{COPY}"),
    "exchange": (
        "From: System Administrator <postmaster@schools.example>",
        (f"Your message\n\n  To:      {ANN}\n  Subject: Visit\n  Sent:    Monday\n\ndid not reach:\n\n{ANN} on Monday\n"
        "    The e-mail account does not exist. <mx.schools.example #5.1.1>\n"),
    ),
    "domino": (
        "From: Postmaster@schools.example\nSubject: DELIVERY FAILURE",
        f"Your message\n\n  Subject: Visit\n\nwas not delivered to:\n\n  {ANN}\n\nbecause:\n\n  550 5.1.1 nobody\n",
    ),
    "another language": (DAEMON, f"Zustellung nicht m\u00f6glich.\n\n{ANN}\n    550 5.1.1 unbekannt\n\n{COPY}"),
    "a page": (
        f"{DAEMON}\nContent-Type: text/html; charset=utf-8",
        f"<html><body><p>Not delivered to <b>{ANN}</b></p><div>550 5.1.1 nobody</div></body></html>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_mail_system_wrote_is_read_up_to_the_returned_copy(shape):
    report = reported(*SHAPES[shape])
    assert report is not None
    assert (report.kind, report.failures[0].code, report.failures[0].fault) == ("failed", "5.1.1", "recipient")
    assert not report.elsewhere(ANN.upper())
    assert report.elsewhere("somebody.else@schools.example")


@pytest.mark.parametrize(
    ("said", "code", "fault"),
    [
        ("<ann@schools.example>: unknown user", "", "recipient"),
        ("<ann@schools.example>: the mailbox is full", "", "full"),
        ("<ann@schools.example>: gave no answer, retry time expired", "", "away"),
        ("<ann@schools.example>: 550 go away, your IP is on a block list", "550", "operator"),
        ("<ann@schools.example>: no.", "", "unclear"),
    ],
)
def test_without_a_status_code_words_must_do_and_what_they_do_not_say_stays_unclear(said, code, fault):
    report = reported(DAEMON, f"Sorry.\n\n{said}\n\n{COPY}")
    assert report is not None
    assert (report.kind, report.failures[0].code, report.failures[0].fault) == ("failed", code, fault)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        multipart(("message/delivery-status", FIELDS.replace("failed", "delayed").replace("5.1.1", "4.4.1")), RETURNED),
        (DAEMON.replace("failure notice", "Delivery delayed"), f"<{ANN}>: 450 4.4.1 no answer\n\n{COPY}"),
        (DAEMON, f"Your mail has not yet been delivered to {ANN} and is still being retried.\n\n{COPY}"),
    ],
)
def test_a_report_of_a_delay_is_no_bounce(headers, body):
    report = reported(headers, body)
    assert report is not None
    assert (report.kind, report.failures) == ("delayed", ())


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_of_a_success_is_no_bounce(action):
    fields = FIELDS.replace("failed", action).replace("5.1.1", "2.1.5")
    report = reported(*multipart(("message/delivery-status", fields), RETURNED))
    assert report is not None
    assert report.kind == "other"


def test_a_mail_that_went_on_to_several_is_about_the_one_it_was_sent_to():
    other = f"\nFinal-Recipient: rfc822; other@schools.example\nAction: failed\nStatus: 5.7.1\n\n{FIELDS}"
    report = reported(*multipart(("message/delivery-status", other), RETURNED))
    assert report is not None
    assert (report.about(ANN).code, len(report.failures), report.elsewhere(ANN)) == ("5.1.1", 2, False)


@pytest.mark.parametrize(
    ("headers", "body", "returned"),
    [
        ("From: Ann <ann@schools.example>\nSubject: Delivery failure?", "I got a 550 5.1.1, what is that?", False),
        ("From: Ann <ann@schools.example>\nSubject: Away", "Call me at 01452 550 123.", True),
        ("From: Ann <ann@schools.example>\nSubject: Notes", "Action: please call\n\nStatus: fine", False),
        (*multipart(("text/plain", "I got this:"), ("message/rfc822", f"{DAEMON}\n\n{FIELDS}"), kind="mixed"), True),
        (
            "From: postmaster@schools.example\nContent-Type: text/calendar; method=REPLY",
            "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
            False,
        ),
    ],
    ids=["a question", "a telephone number", "headings", "forwarded", "a calendar answer"],
)
def test_what_people_write_is_no_report(headers, body, returned):
    assert reported(headers, body, returned=returned) is None


def test_what_came_back_to_the_address_of_a_mail_is_a_bounce_by_its_code_alone():
    body = f"Not delivered to {ANN}: 550 5.1.1\n"
    assert reported("From: gateway@relay.example", body) is None
    assert reported("From: gateway@relay.example", body, returned=True) is not None


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_fields_that_were_encoded_are_read(encoding):
    encode = base64.encodebytes if encoding == "base64" else quopri.encodestring
    part = (f"message/delivery-status\nContent-Transfer-Encoding: {encoding}", encode(FIELDS.encode()).decode())
    report = reported(*multipart(part))
    assert report is not None
    assert (report.failures[0].recipient, report.failures[0].code) == (ANN, "5.1.1")
