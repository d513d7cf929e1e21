"""What a person wrote in a mail, and what only a calendar program did."""

from email import message_from_string, policy

import pytest

from services.notifications.domain.written import LONGEST, text_of, tidy, words_beside

GOOGLE = """Ann Marsh has accepted this invitation{note}

Visit day
Thursday 13 May 2027, 09:00 to 15:00

Invitation from Google Calendar: https://calendar.google.com/calendar/
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("I need step-free access.", "I need step-free access."),
        ("Yes.\nBut I leave at 13:00.", "Yes.\nBut I leave at 13:00."),
        (GOOGLE.format(note="."), ""),
        (GOOGLE.format(note=' with a note:\n\n"I leave at noon."'), "I leave at noon."),
        (GOOGLE.format(note=" with this note:\n\n\u201cTwo of us\nwill come.\u201d"), "Two of us\nwill come."),
        ("Ann Marsh has tentatively accepted your meeting invitation", ""),
        ("Ann Marsh has replied \u201cMaybe\u201d to this invitation.", ""),
        ("I have accepted this invitation.", "I have accepted this invitation."),
        (
            "Ms Marsh has declined the invitation because she is ill.",
            "Ms Marsh has declined the invitation because she is ill.",
        ),
        ("Late!\n\n-----Original Appointment-----\nFrom: Kindred\nSubject: Visit day", "Late!"),
        ("-----Original Appointment-----\nFrom: Kindred", ""),
        ("________________________________\nFrom: Kindred", ""),
        ("Fine.\n\nOn Thu, 1 Oct 2026 at 10:00, Kindred <programmes@kindred.example> wrote:\n> Dear Ann", "Fine."),
        ("> Dear Ann\nWhere do I park?", "Where do I park?"),
        ("Where do I park?\n-- \nAnn Marsh\nHeadteacher", "Where do I park?"),
        ("Sent from my iPhone", ""),
    ],
)
def test_words_beside_an_answer_are_a_persons(text, words):
    assert words_beside(tidy(text)) == words


@pytest.mark.parametrize(
    "link",
    [
        "https://kindred.example/l/{token}",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fkindred.example%2Fl%2F{token}&data=05",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__kindred.example_l_{token}&d=x",
    ],
    ids=["as sent", "Outlook's", "Proofpoint's"],
)
def test_the_token_of_a_quoted_link_is_taken_out(link):
    token = "Zm9vYmFyYmF6cXV4" * 2
    assert tidy("> " + link.format(token=token)) == "> " + link.format(token="(link)")


def test_control_characters_and_length_are_bounded():
    assert tidy("a\x00\u202eb\r\nc\n\n\n\nd ") == "ab\nc\n\nd"
    assert len(tidy("x" * 2 * LONGEST)) == LONGEST


def mail(content_type: str, body: str) -> str:
    whole = f"Content-Type: {content_type}\nContent-Transfer-Encoding: 8bit\n\n{body}"
    return text_of(message_from_string(whole, policy=policy.default))


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("text/plain; charset=no-such-charset", "Hello", "Hello"),
        (
            "text/html",
            "<html><head><title>T</title><style>p {}</style><body><p>Can I<br>park&amp;ride?</p><script>x</script>",
            "Can I\npark&ride?",
        ),
        ("text/html", "<p>not closed", "not closed"),
        ("application/pdf", "x", ""),
        ("multipart/mixed; boundary=b", "--b\n\n \n--b\nContent-Type: text/html\n\n<b>Yes</b>\n--b--", "Yes"),
        (
            "multipart/mixed; boundary=b",
            "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nfile\n--b--",
            "",
        ),
    ],
)
def test_the_text_of_a_mail_is_its_plain_part_or_its_page_without_markup(content_type, body, text):
    assert mail(content_type, body) == text
