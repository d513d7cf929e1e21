"""After the year: one list a week at most, and every mail of the trust that was owed, and no other."""

from collections import Counter
from email.utils import parsedate_to_datetime

from kindred.demo import programme
from kindred.demo.programme import ASKED, OF_DATES
from kindred.demo.round import Round
from kindred.demo.tasks import WEEKLY, expect_mails
from kindred.demo.trust.papers import entries
from kindred.demo.trust.story import line_of, person, trust
from shared.commands.reports import ListReports, ReportRows

PAPER = "Paper for the team around the school"


async def play(this: Round) -> None:
    """Compare what came with what was owed."""
    mine = trust(this)
    await this.ledger.refresh(whole=True)
    heads = {person(this, head) for head in mine.heads.values()}
    lists = Counter[tuple[str, tuple[int, int]]]()
    for row in this.ledger.find(WEEKLY):
        letter = this.ledger.letter(row)
        if letter is not None:
            lists[row.person_id, parsedate_to_datetime(str(letter.message["Date"])).isocalendar()[:2]] += 1
    most = max((count for (who, _), count in lists.items() if who in heads), default=0)
    this.checks.equal("nobody has more than one list a week", most, 1)
    mine.expect(ASKED, "Your visits to schools this year", [mine.consultant.email])
    await _reviews(this)
    await _papers(this)
    await expect_mails(this, mine)
    programme.compare(this, mine, "trust", OF_DATES | {"agreed-day", "days"})


async def _papers(this: Round) -> None:
    """Seven days before a school's table meets, those around it have its paper; every edition is a mail each."""
    mine = trust(this)
    urns = {school: urn for urn, school in mine.ids.items()}
    asked = ListReports(programme_id=mine.programme_id, kind="around-the-school-paper", limit=500)
    found: ReportRows = await this.client.find(asked)
    this.checks.true("tables around schools have had papers", bool(found.reports))
    for row in (one for one in found.reports if one.state == "compiled" and one.about_id in urns):
        urn = urns[row.about_id]
        for number in range(1, row.edition + 1):
            what = f"{PAPER}, {mine.names[urn]}" + (f" (version {number})" if number > 1 else "")
            got = [
                one.to.casefold()
                for one in this.ledger.rows.values()
                if one.programme_id == mine.programme_id and programme.said(one.subject) == (ASKED, what)
            ]
            if number == 1:
                around = {one.email.casefold() for one in (mine.heads[urn], mine.chief, mine.carer)}
                this.checks.true(f"{what}: reaches who sits at the table", around <= set(got), str(got))
            mine.expect(ASKED, what, got)


async def _reviews(this: Round) -> None:
    """A review a term from every school, but for the one that was late and terms in which a school was not there."""
    mine = trust(this)
    found = await entries(this, "term-review")
    agreed = Counter(row.school_id for row in found.entries if row.state in {"agreed", "released"})
    fewer = {mine.ids[mine.joins], mine.ids[mine.leaves], mine.late}
    expected = {school: 2 if school in fewer else 3 for school in mine.ids.values()}
    this.checks.equal("every school has a review for each of its terms, agreed to", dict(agreed), expected)
    for urn, school in mine.ids.items():
        for number in range(1, agreed[school] + 1):
            version = f" (version {number})" if number > 1 else ""
            what = f"Review of the term, {mine.names[urn]}{version}"
            mine.expect(ASKED, what, [mine.heads[urn].email, line_of(mine, urn).email])
