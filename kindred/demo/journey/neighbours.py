"""Two small schools that lie near each other are proposed to share a place; both accept, and come as one team."""

import math

from kindred.demo.journey.story import Team, journey
from kindred.demo.people import Population, school_domain
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed
from shared.commands.pairs import PairsDetail, ShowPairs
from shared.commands.participation import ListParticipation, ParticipationRows
from shared.commands.parties import ListParties, PartyRows
from shared.commands.programmes_queries import ListSchools, SchoolRow, SchoolRows

ROUND, PUPILS, METRES = "shared-place", 150, 15_000
PROPOSED = "A neighbour with whom your school could share a place"
PAGE, EACH = 1000, 3


async def village(this: Round, population: Population) -> list[Team]:
    """The two small primary schools of the register that lie nearest to each other, each with three leaders."""
    known = {one.urn for one in this.story.joining}
    rows = [row for row in await _schools(this) if _is_small(row) and row.facts.urn not in known]
    pairs = (
        (_metres(one, other), number, at) for number, one in enumerate(rows) for at, other in enumerate(rows[:number])
    )
    way, *both = min(pairs)
    this.checks.true("the register has two small schools near each other", way <= METRES, f"{way:.0f} m")
    return [_team(rows[number], population) for number in both]


async def propose(this: Round) -> None:
    """The round is drafted with its reasons, looked at and published: each head is asked."""
    mine = journey(this)
    await mine.desk.run("pairs", "draft", "--round", ROUND)
    await this.settle()
    draft = await _shown(this)
    this.checks.true("every proposal has its reasons", all("small" in row.reasons[0] for row in draft.pairs))
    await mine.desk.run("pairs", "publish", "--round", ROUND, "--revision", str(draft.revision), "--yes")
    await this.settle()
    asked = [person for row in await owed(this, mine.programme_id, "answer-neighbour") for person in row.person_ids]
    both = {one.person_id for row in draft.pairs for one in row.people}
    this.checks.equal("a neighbour is proposed to both", sorted(asked), sorted(both))
    mine.expect(ASKED, PROPOSED, [this.story.people[one].email for one in sorted(both)])


async def accept(this: Round) -> None:
    """One yes is not enough; with both the two schools share a place, and are one team of six."""
    this.tell("Two small schools share a place")
    mine = journey(this)
    rows = await owed(this, mine.programme_id, "answer-neighbour")
    for number, row in enumerate(rows):
        await do(this, row, {"share": "yes"})
        if not number:
            await this.settle()
            this.checks.equal("one yes makes no shared place", await _places(this), [])
    await this.settle()
    places = await _places(this)
    this.checks.equal("two neighbours who accept share one place", [len(one) for one in places], [2] * (len(rows) // 2))
    shown: ParticipationRows = await this.client.find(ListParticipation(programme_id=mine.programme_id))
    said = {row.school_id: [rule.sentence for rule in row.rules] for row in shown.rows}
    small = mine.teams[-1]
    of_both = [one for one in said[small.school_id] if "both schools that share the place: 6" in one]
    this.checks.true("the two are counted as one team of six", bool(of_both), str(said[small.school_id]))


async def _places(this: Round) -> list[tuple[str, ...]]:
    """The schools of each shared place."""
    found: PartyRows = await this.client.find(ListParties(programme_id=journey(this).programme_id))
    return [tuple(one.school_id for one in party.schools) for party in found.parties if party.kind == ROUND]


async def _shown(this: Round) -> PairsDetail:
    found: PairsDetail = await this.client.find(ShowPairs(programme_id=journey(this).programme_id, round=ROUND))
    return found


async def _schools(this: Round) -> list[SchoolRow]:
    """Every school of the register that can enrol."""
    found: list[SchoolRow] = []
    while True:
        page: SchoolRows = await this.client.find(ListSchools(enrollable_only=True, limit=PAGE, offset=len(found)))
        found += page.schools
        if len(found) >= page.total or not page.schools:
            return found


def _is_small(row: SchoolRow) -> bool:
    facts = row.facts
    return row.enrollable and facts.phase == "primary" and 0 < (facts.pupils or 0) <= PUPILS and bool(facts.easting)


def _metres(one: SchoolRow, other: SchoolRow) -> float:
    a, b = one.facts, other.facts
    return math.dist((a.easting or 0, a.northing or 0), (b.easting or 0, b.northing or 0))


def _team(row: SchoolRow, population: Population) -> Team:
    domain = school_domain(row.facts.name, row.facts.urn)
    leaders = [population.someone("headteacher" if not one else "senior-leader", domain) for one in range(EACH)]
    return Team(row.facts.urn, row.facts.name, leaders, population.someone("chair-of-governors", domain))
