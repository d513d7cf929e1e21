"""The board reads one paper a term: what stands out first, a line a school, who has not been heard from."""

from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.trust.duties import rows
from kindred.demo.trust.story import person, trust
from shared.commands.duties import DutySums, SumDuties
from shared.commands.reports import ListReports, ReportRow, ReportRows

PAPER, PAGES = "board-paper", 4


async def read(this: Round) -> None:
    """December: one school's review has not come, and the paper says so."""
    this.tell("The board reads its paper")
    mine = trust(this)
    row = await _compiled(this)
    said = await this.words_of(row, person(this, mine.clerk))
    late = next(row.school for row in await rows(this, "break-duty", mine.late))
    this.checks.true("a school whose review is late is shown as not received",
                     "not received" in said.casefold() and late in said, said[:600])  # fmt: skip
    this.checks.true("the board's paper has at most four pages", row.pages <= PAGES, str(row.pages))
    counted: DutySums = await this.client.find(
        SumDuties(programme_id=mine.programme_id, reader_id=person(this, mine.clerk))
    )
    named = [one for one in counted.sums if one.person_id]
    this.checks.equal("the board counts, and names nobody", (counted.scope, named), ("counts", []))
    await _missed(this)


async def read_again(this: Round) -> None:
    """July: the last paper of the year."""
    row = await _compiled(this)
    this.checks.true("the last paper is of the summer", row.edition >= 2, str(row.edition))


async def _compiled(this: Round) -> ReportRow:
    mine = trust(this)
    await mine.desk.run("reports", "compile", PAPER)
    await this.settle()
    found: ReportRows = await this.client.find(ListReports(programme_id=mine.programme_id, kind=PAPER))
    (row,) = found.reports
    this.checks.equal("the board's paper is compiled", row.state, "compiled")
    version = f" (version {row.edition})" if row.edition > 1 else ""
    mine.expect(ASKED, f"Paper for the board{version}", [mine.clerk.email, mine.chief.email])
    return row


async def _missed(this: Round) -> None:
    """The week that a head did not tick off shows: to themselves, and by name to who leads them."""
    mine = trust(this)
    ((who, _),) = mine.skipped.items()
    own: DutySums = await this.client.find(SumDuties(programme_id=mine.programme_id, reader_id=who))
    this.checks.true("heads see what they missed", sum(one.missed for one in own.sums) > 0)
    line: DutySums = await this.client.find(
        SumDuties(programme_id=mine.programme_id, reader_id=person(this, mine.executives[0]))
    )
    by_name = [one.missed for one in line.sums if one.person_id == who]
    this.checks.true("who leads them sees it by name", sum(by_name) > 0, str(line.sums)[:300])
