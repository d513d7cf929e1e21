"""The text of a mail as it may be shown."""

from email import message_from_string, policy

import pytest

from services.notifications.domain.written import LONGEST, text_of, tidy


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
        ("text/html", "<p>Yes</p><![FOO[ x ]]><p>No</p>", "Yes   No"),
        ("text/html", "Yes<blockquote>Dear Ann<br>Come</blockquote>No", "Yes\n> Dear Ann\n> Come\nNo"),
        ("text/plain; charset=unicode_escape", "\\ud800 half", "half"),
        ("text/plain; charset=idna", "a" * 80, "a" * 80),
        ("text/plain; charset=undefined", "Hello", "Hello"),
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
