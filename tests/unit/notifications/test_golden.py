"""Every template renders with real data, as text and as HTML, exactly as it was looked at.

`KINDRED_GOLDEN=write` writes the files anew; look at them in a browser, phone and mailings, before committing.
"""

import asyncio
import os
import re
from email import message_from_bytes
from email.policy import default
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from services.notifications.domain import words
from services.notifications.domain.details import AskedAgain, Days, Forwarded, News, OwedStage, ReportNews
from services.notifications.domain.invitations import Mailbox
from services.notifications.domain.keys import link_id
from services.notifications.domain.kinds import KINDS, THEME_WANTED
from services.notifications.domain.mail import Mail
from services.notifications.mail.builder import Builder, Office, Written
from services.notifications.mail.render import Renderer
from services.notifications.mail.snapshot import take
from tests.fakes.notifications import FixedServices
from tests.unit.notifications import agreed, courses, exchange, world
from tests.unit.notifications import round as year
from tests.unit.notifications.story import BRIEF, Story

GOLDEN = Path(__file__).parent / "golden"
OFFICE = Office(Mailbox("Yorkshire peer visits", "programmes@kindred.example"), "https://kindred.example")
PARTS = (
    year.cohort_mails, year.visit_mails, year.after_visit_mails, year.event_mails, year.answer_mails,
    year.report_mails, year.bounce_mails, year.date_mails, year.reply_mails, exchange.mails,
    year.sign_in_mails, agreed.mails, year.enquiry_mails, courses.mails,
)  # fmt: skip


async def _written() -> dict[str, Written]:
    """One mail of every kind and shape, by the name of its golden file."""
    renderer, found = Renderer(), dict[str, Written]()
    for part in PARTS:
        story = await Story().enrol()
        if part in {year.answer_mails, year.report_mails}:
            await year.after_visit_mails(story)
        services = FixedServices(BRIEF, b"%PDF-1.7 golden")
        services.detail = world.agreement()
        services.events = {world.LAUNCH: world.event_programme()}
        services.enquiries = {year.ENQUIRY.enquiry_id: year.ENQUIRY}
        story.watch = partial(_write, story, Builder(OFFICE, renderer, services), found)
        await part(story)
    return found


async def _write(story: Story, builder: Builder, found: dict[str, Written], mails: list[Mail]) -> None:
    """As the worker would at that moment: what comes later is not known yet."""
    for mail in mails:
        known = await builder.look_up(await take(story.sources, [mail], story.at), [mail])
        found.setdefault(_name(mail), await builder.write(mail, known, story.at))


def _name(mail: Mail) -> str:
    here = mail.school_id == "sch-1" and mail.template in {"visit-invitation", "visit-moved", "after-visit"}
    governor = mail.role == "clerk" and mail.template == "cohort-formed"
    moved = isinstance(mail.details, AskedAgain) and mail.details.moved
    details = mail.details
    return (
        mail.template
        + (f".{details.stage}" if isinstance(details, OwedStage) and details.stage != "reminded" else "")
        + (f".{details.news}" if isinstance(details, News | ReportNews) else "")
        + (".proposed" if isinstance(details, Days) and details.stage == "proposed" else "")
        + (".digest" if mail.template == "own-words" and mail.try_at > mail.queued_at else "")
        + (".moved" if moved else "")
        + (".soon" if isinstance(mail.details, Forwarded) and mail.details.soon else "")
        + (".left" if mail.left else "")
        + (".host" if here else "")
        + (".clerk" if governor else "")
        + (".coordinator" if (mail.template, mail.role) == (THEME_WANTED, "coordinator") else "")
    )


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return asyncio.run(_written())


def test_every_kind_of_mail_has_a_golden_file(written):
    assert set(KINDS) - {name.partition(".")[0] for name in written} == set()


def test_mails_read_as_they_were_looked_at(written):
    if os.environ.get("KINDRED_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        for name, one in written.items():
            (GOLDEN / f"{name}.txt").write_text(f"Subject: {one.built.subject}\n\n{one.built.text}", encoding="utf-8")
            (GOLDEN / f"{name}.html").write_text(one.built.html, encoding="utf-8")
    for name, one in written.items():
        text = f"Subject: {one.built.subject}\n\n{one.built.text}"
        assert text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8"), name
        assert one.built.html == (GOLDEN / f"{name}.html").read_text(encoding="utf-8"), name


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_well_formed_says_its_language_and_needs_nothing_from_elsewhere(written):
    for name, one in written.items():
        page = _Tags()
        page.feed(one.built.html)
        assert page.open == [], name
        assert ("html", {"lang": "en-GB", "dir": "ltr"}) in page.seen, name
        assert not {"img", "script", "link", "iframe"} & {tag for tag, _ in page.seen}, name
        assert all(attrs.get("style") for tag, attrs in page.seen if attrs.get("class")), name


def test_the_thing_to_do_comes_first(written):
    for name, one in written.items():
        kind = KINDS[name.partition(".")[0]]
        if not kind.links or name == "visit-brief-ready":
            continue
        page = one.built.html
        assert page.index('class="button"') < page.find('class="facts"') % len(page), name


def test_no_token_is_left_in_what_is_stored_and_every_link_is_told_by_its_hash(written):
    for name, one in written.items():
        sent = message_from_bytes(one.built.mime, policy=default)
        parts = [part.get_content() for part in sent.walk() if part.get_content_maintype() == "text"]
        tokens = set(re.findall(r"/l/([\w-]{32})", " ".join([*parts, str(sent["List-Unsubscribe"])])))
        assert {link_id(token) for token in tokens} <= {link.link_id for link in one.links}, name
        assert bool(tokens) == bool(one.links), name
        assert not any(token in one.built.text + one.built.html for token in tokens), name


def test_no_mail_tells_anybody_to_type_a_command(written):
    told = {name: re.findall(r"\bkindred [a-z]+ [a-z].*", one.built.text) for name, one in written.items()}
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Ask them, then enter it: kindred replies answer abc", "Ask them, then enter it."),
        ("Ann would send Bo instead. To allow it: kindred replies place abc", "Ann would send Bo instead."),
        ("The answer is taken.", "The answer is taken."),
    ],
)
def test_what_is_to_be_typed_is_left_out_of_a_reason(said, left):
    assert words.without_commands(said) == left
