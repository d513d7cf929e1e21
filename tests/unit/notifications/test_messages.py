"""Messages and templates that must not do what they are asked to."""

import datetime as dt
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from jinja2 import UndefinedError

from services.notifications.domain.invitations import Mailbox
from services.notifications.domain.recipients import unknown_templates
from services.notifications.mail.mime import Content, Envelope, message
from services.notifications.mail.render import Renderer
from services.notifications.mail.views import MeView
from shared.errors import Permanent
from tests.unit.notifications import world

ENVELOPE = Envelope(
    Mailbox("Kindred", "programmes@kindred.example"), Mailbox("Zoë Ünal", "zoe@schools.example"),
    "Reading \N{EM DASH} a long subject about many things that goes on for more than one line of a header",
    "<mai-1@kindred.example>", dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC),
)  # fmt: skip


@pytest.mark.parametrize("bad", ["a\nBcc: x@y.example", "a\r\n", "a\x00", "a\u2028b"])
@pytest.mark.parametrize("where", ["subject", "name", "address"])
def test_no_header_takes_a_line_break_or_control_character(bad, where):
    to = Mailbox(bad if where == "name" else "Ann", bad if where == "address" else "a@b.example")
    with pytest.raises(Permanent):
        message(
            Envelope(ENVELOPE.sender, to, bad if where == "subject" else "Hi", ENVELOPE.message_id, ENVELOPE.sent),
            Content("t", "h"),
        )


def test_names_subjects_and_texts_of_any_script_come_out_as_they_went_in():
    text = "Zażółć gęślą jaźń \N{EM DASH} =3D . \n.\n..\n" * 3
    got = message_from_bytes(message(ENVELOPE, Content(text, f"<p>{text}</p>")), policy=policy.default)
    assert got["Subject"] == ENVELOPE.subject
    assert got["To"].addresses[0].display_name == "Zoë Ünal"
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize("name", ["Smith, Jo", "O'Neill, Zoë", 'Jo "J" Smith; Head'])
def test_a_comma_in_a_name_does_not_make_two_addressees(name):
    envelope = replace(ENVELOPE, to=Mailbox(name, "jo@schools.example"))
    got = message_from_bytes(message(envelope, Content("t", "<p>t</p>")), policy=policy.default)
    assert [(to.display_name, to.addr_spec) for to in got["To"].addresses] == [(name, "jo@schools.example")]


def test_every_mail_that_the_programme_routes_to_is_written():
    assert unknown_templates(world.TEMPLATE.mails) == []


WORDS = {
    "me": MeView("{{ 7 * 7 }}", "headteacher", "<b>School</b>", "you are headteacher"), "programme": "P & Q",
    "coordinator": None, "links": {}, "rule": "<script>alert(1)</script>",
}  # fmt: skip


def test_what_people_write_is_text_and_nothing_else():
    rendered = Renderer().render("waiting-list", WORDS)
    assert "{{ 7 * 7 }}" in rendered.html
    assert "&lt;script&gt;" in rendered.html
    assert "<script>" not in rendered.html
    assert rendered.subject == "<b>School</b> is on the waiting list for P & Q"


def test_a_missing_word_fails_the_mail():
    with pytest.raises(UndefinedError):
        Renderer().render("waiting-list", {name: word for name, word in WORDS.items() if name != "rule"})


def test_a_template_cannot_reach_into_python(tmp_path):
    renderer = Renderer()
    hostile = renderer._html.from_string("{{ me.__class__.__mro__ }}")
    with pytest.raises(Exception, match="unsafe"):
        hostile.render(WORDS)
