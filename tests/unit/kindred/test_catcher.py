"""The mail catcher: what it keeps, and pages that show a mail without running anything in it."""

from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from kindred.catcher.letters import Box
from kindred.catcher.pages import Pages
from kindred.demo.mailbox import Mailbox

TO = "ada.okafor@abbey-107001.example"


def letter(subject: str = "Your visit", html: str = "<p>Hello</p>") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Kindred <k@kindred.example>", TO, subject
    message["Message-ID"] = "<mai-0123456789abcdef0123456789abcdef@kindred.example>"
    message.set_content("Answer here: http://127.0.0.1:8080/l/abc_DEF-123\nor look http://127.0.0.1:8080/l/second.")
    message.add_alternative(html, subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename='a"b.ics')
    return message.as_bytes()


@pytest.fixture
def box(tmp_path: Path) -> Box:
    kept = Box(tmp_path)
    kept.catch("k@kindred.example", [TO], letter())
    kept.catch(
        "k@kindred.example", ["bob@brook.example"], letter("<script>alert(1)</script>", "<script>alert(2)</script>")
    )
    return kept


@pytest.fixture
async def browser(box: Box) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Pages(box, {"pages": "http://127.0.0.1:1/"}).app())
    return httpx.AsyncClient(transport=transport, base_url="http://catcher")


async def test_the_newest_mail_comes_first_and_can_be_narrowed_to_a_person(browser: httpx.AsyncClient) -> None:
    every = (await browser.get("/")).text
    assert every.index("/mail/000002") < every.index("/mail/000001")
    hers = (await browser.get("/", params={"to": "ada"})).text
    assert "/mail/000001" in hers
    assert "/mail/000002" not in hers


async def test_a_subject_is_text_and_html_is_shown_in_a_frame_that_runs_nothing(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/mail/000002")
    assert "<script>" not in page.text
    assert '<html lang="en-GB">' in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    frame = await browser.get("/mail/000002/html")
    assert frame.headers["content-security-policy"].startswith("default-src 'none'")
    assert "sandbox" in frame.headers["content-security-policy"]


async def test_an_attachment_comes_as_a_file(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/mail/000001/attachment/0")
    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer.headers["content-disposition"] == 'attachment; filename="ab.ics"'
    assert (await browser.get("/mail/000001/attachment/9")).status_code == 404
    assert (await browser.get("/mail/999999")).status_code == 404


async def test_a_mailbox_reads_links_in_order_and_the_id_of_a_mail(box: Box) -> None:
    mailbox = Mailbox("http://catcher")
    mailbox._client = httpx.AsyncClient(transport=httpx.ASGITransport(Pages(box, {}).app()), base_url="http://catcher")
    first, second = await mailbox.refresh()
    assert (first.to, second.to) == (TO, "bob@brook.example")
    assert first.links == ["http://127.0.0.1:8080/l/abc_DEF-123", "http://127.0.0.1:8080/l/second"]
    assert first.mail_id == "mai-0123456789abcdef0123456789abcdef"
    box.catch("k@kindred.example", [TO], letter("A third"))
    assert [mail.subject for mail in await mailbox.refresh()][2] == "A third"
    await mailbox.close()


def test_mails_are_kept_as_files_and_an_earlier_demo_s_are_gone(box: Box, tmp_path: Path) -> None:
    assert b"Subject: Your visit" in (tmp_path / "000001.eml").read_bytes()
    Box(tmp_path)
    assert list(tmp_path.glob("*.eml")) == []
