"""After the year: what was expected against what came, mail by mail."""

from collections import Counter

from kindred.demo.programme import said
from kindred.demo.round import Round
from kindred.demo.tasks import OF_TASKS, WEEKLY, mails_about
from kindred.demo.visits.asked import owed
from kindred.demo.visits.owing import expect_news, who_was_asked
from shared.commands.notifications import MailRow

SIGNING_IN = "sign-in"
"""How the kinds of mail begin by which a coordinator signs in; they are of no programme."""


async def play(this: Round) -> None:
    """Compare and count."""
    await this.ledger.refresh(whole=True)
    who_was_asked(this, await owed(this, every=True))
    await every_mail(this)
    await _own_pages(this)
    this.checks.true("somebody answered by calendar", _answered(this, "calendar") > 0)
    this.checks.true("somebody answered on a page", _answered(this, "page") > 0)


async def _own_pages(this: Round) -> None:
    """A headteacher's own page still opens and names their visits; a group's page says why it was chosen."""
    story = this.story
    assert story.cohort is not None
    school_id = story.cohort.groups[0].school_ids[0]
    head = story.at(school_id, "headteacher")[0]
    _, page, link = await this.lead(this.letter("visit-invitation", head), "my-visits")
    hosts = [story.school(one) for one in story.cohort.groups[0].school_ids]
    this.checks.equal(
        "my visits names every host", [host for host in hosts if _plain(host) not in _plain(page.text)], []
    )
    story.links.append((f"My visits, as {story.name(head)} of {story.school(school_id)} sees them", link))
    _, _, link = await this.lead(this.letter("cohort-formed", head), "cohort")
    story.links.append(("Their group", link))
    _, _, link = await this.lead(this.letter("report-news", head), "report")
    story.links.append(("Their report", link))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").split())


async def every_mail(this: Round) -> None:
    """Each kind of mail to each person as often as the rules say, and no other mail to anybody."""
    others = {one.programme_id for one in this.kept.values()}
    rows = [
        row
        for row in this.ledger.rows.values()
        if row.programme_id not in others and not row.template.startswith(SIGNING_IN)
    ]
    found = Counter((_kind(row), row.person_id) for row in rows if row.template != WEEKLY)
    await expect_news(this)
    assert this.story.template is not None
    expected = mails_about(await this.told_of_tasks(), this.story.programme_id, this.story.template)
    for (template, person_id, _), count in this.story.expected.items():
        expected[template, person_id] += count
    for template in sorted({template for template, _ in (*found, *expected)}):
        this.checks.same_counts(
            f"mails {template}, person by person",
            Counter({key: count for key, count in found.items() if key[0] == template}),
            Counter({key: count for key, count in expected.items() if key[0] == template}),
        )


def _kind(row: MailRow) -> str:
    """What a mail is counted as: its kind, and of mails about tasks how they ask and for what."""
    return " ".join(said(row.subject)) if row.template in OF_TASKS else row.template


def _answered(this: Round, via: str) -> int:
    rows = [answer for visit in this.story.visits.values() for answer in visit.answers]
    return sum(answer.via == via for answer in rows)
