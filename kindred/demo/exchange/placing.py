"""Late November: the round closes by itself, is looked at and published; somebody leaves, and nobody else moves."""

from collections import Counter

from kindred.demo.exchange.moves import address, exchange
from kindred.demo.exchange.story import Nominee
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from shared.commands.rounds import PersonWithout, PlacementRow, RoundDetail, ShowRound, ThingWithout

FOR_EACH, PAGE = 20, 500


async def publish(this: Round) -> None:
    """Look at the draft, let it stand."""
    this.tell("The round of the exchange is looked at and published")
    desk = exchange(this).desk
    draft = await shown(this)
    this.checks.equal("the round is drafted once its windows are over", draft.round.state, "draft")
    _right(this, draft)
    stale = await desk.refused("rounds", "publish", "--revision", str(draft.round.revision + 7), "--yes")
    this.checks.true("only the draft that was looked at can be published", bool(stale["rule"]))
    await desk.run("rounds", "publish", "--revision", str(draft.round.revision), "--yes")
    await this.settle()
    published = await shown(this)
    this.checks.equal("the round stands as it was drafted", _pairs(published), _pairs(draft))
    for row in published.placements:
        expect_told(this, row)


async def shown(this: Round) -> RoundDetail:
    """The round as `kindred rounds show` shows it."""
    found: RoundDetail = await this.client.find(ShowRound(programme_id=exchange(this).programme_id, limit=PAGE))
    return found


def _right(this: Round, draft: RoundDetail) -> None:
    """Hold the draft against the rules, with what the people of the demo know themselves."""
    second = exchange(this)
    silent = {one.school_id for one in second.nominees if one.manager.email in second.silent}
    waiting = [row for row in draft.people_without if row.rule == "not-agreed"]
    this.checks.equal("nobody is placed to whom somebody has not agreed", {row.school_id for row in waiting}, silent)
    named = len(second.nominees)
    this.checks.equal("everybody is placed or has a reason", len(draft.placements) + len(draft.people_without), named)
    this.checks.equal(
        "nobody is placed at their own school", [r for r in draft.placements if r.school_id == r.host_school_id], []
    )
    gives = Counter(row.school_id for row in draft.placements)
    receives = Counter(row.host_school_id for row in draft.placements)
    apart = {one: gives[one] - receives[one] for one in this.story.enrolments if abs(gives[one] - receives[one]) > 1}
    this.checks.equal("every school gives and receives alike, give or take one", apart, {})
    share = draft.first_three if draft.first_three is not None else 1.0
    without_wish = round((1 - share) * len(draft.placements))
    few = without_wish <= max(1, len(draft.placements) // FOR_EACH)
    this.checks.true("19 in 20 have one of their first three wishes, of fewer all but one", few, f"{share:.0%}")
    without: list[PersonWithout | ThingWithout] = [*draft.people_without, *draft.things_without]
    bare = [row for row in without if not (row.rule and row.sentence)]
    this.checks.equal("whoever and whatever is without has a rule and a sentence", bare, [])


def expect_told(this: Round, row: PlacementRow) -> None:
    """Whoever is placed, their line manager and both CPD leads hear of it."""
    placed = nominee(this, row.person_id)
    schools = [address(this, school_id, "cpd-lead") for school_id in (row.school_id, row.host_school_id)]
    subject = f"{placed.practitioner.name} carries out a project at {row.host}"
    exchange(this).expect(ASKED, subject, [placed.practitioner.email, placed.manager.email, *schools])


def nominee(this: Round, person_id: str) -> Nominee:
    """Who that is, by the address that their mails went to."""
    to = next(mail.to.casefold() for mail in this.ledger.rows.values() if mail.person_id == person_id and mail.to)
    return next(one for one in exchange(this).nominees if one.practitioner.email.casefold() == to)


def _pairs(detail: RoundDetail) -> set[tuple[str, str]]:
    return {(row.person_entry_id, row.thing_entry_id) for row in detail.placements}
