"""September: schools come with their leadership teams; the rest stands in the diary of two years."""

import datetime as dt

from kindred.demo.ground import remember_people
from kindred.demo.journey import calling, feedback, neighbours, standing, vision
from kindred.demo.journey.story import Journey, Team, journey
from kindred.demo.people import Population, school_domain
from kindred.demo.programme import opened
from kindred.demo.round import Round, local
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments

TEMPLATE = "leadership-journey"
TEAMS, SIZES = 4, (6, 6, 6, 4)
DOMAIN = "trainers.example"


async def play(this: Round) -> None:
    """Open the programme; six schools enrol their teams: of six people, of four, and two very small ones of three."""
    this.tell("Leadership teams of six schools begin a journey of two years")
    mine = await opened(this, Journey, TEMPLATE, "Leadership journey")
    population = Population(this.seed + 14_000_029)
    mine.trainer = population.someone("facilitator", DOMAIN)
    await mine.desk.run("parties", "name", f"trainer: {mine.trainer.name} <{mine.trainer.email}>")
    for school, size in zip(this.story.joining[:TEAMS], SIZES, strict=False):
        head, senior, cpd, chair, _ = school.people
        domain = school_domain(school.name, school.urn)
        more = [population.someone("senior-leader", domain) for _ in range(size - 3)]
        mine.teams.append(Team(school.urn, school.name, [head, senior, cpd, *more], chair))
    mine.teams += await neighbours.village(this, population)
    for team in mine.teams:
        await _enrol(this, team)
    await _refuse_a_seventh(this, population)
    await this.settle()
    await _remember(this)
    plan(this)


async def _enrol(this: Round, team: Team) -> None:
    mine = journey(this)
    roles = ["headteacher", *["team-member"] * (len(team.people) - 1), "governor"]
    who = [*team.people, team.governor]
    named = [
        part for role, one in zip(roles, who, strict=True) for part in ("--person", f"{role}: {one.name} <{one.email}>")
    ]
    await mine.desk.run("enrolments", "add", str(team.urn), *named)


async def _refuse_a_seventh(this: Round, population: Population) -> None:
    """A team is six people at most."""
    mine = journey(this)
    team = mine.teams[0]
    one = population.someone("senior-leader", school_domain(team.name, team.urn))
    said = await mine.desk.refused("people", "add", str(team.urn), f"team-member: {one.name} <{one.email}>")
    this.checks.true("a team of seven is refused", bool(said["sentence"]), str(said))


async def _remember(this: Round) -> None:
    mine = journey(this)
    await remember_people(this, mine.programme_id)
    found: EnrolmentRows = await this.client.find(ListEnrolments(programme_id=mine.programme_id))
    ids = {row.school.urn: row.school.school_id for row in found.enrolments}
    for team in mine.teams:
        team.school_id = ids[team.urn]


def plan(this: Round) -> None:
    """Put what people do into the diary of two years."""
    for year, month, day, hour, step in (
        (0, 9, 3, 12, calling.offer),
        (0, 9, 3, 13, calling.book),
        (0, 9, 3, 14, calling.take_another),
        (0, 9, 9, 12, neighbours.propose),
        (0, 9, 10, 12, neighbours.accept),
        (0, 9, 13, 12, calling.agree_on_stages),
        (0, 9, 16, 12, standing.say),
        (0, 10, 19, 12, standing.see),
        (0, 10, 20, 12, vision.write),
        (0, 10, 21, 12, vision.hear),
        (0, 11, 24, 12, vision.ask_everybody),
        (0, 12, 2, 12, vision.count_by_hand),
        (1, 2, 2, 12, feedback.ask),
        (1, 2, 28, 12, feedback.hear),
        (1, 8, 30, 12, standing.begin_anew),
        (1, 9, 16, 12, standing.say_again),
        (1, 10, 20, 12, standing.see_how_far),
    ):
        this.plan(local(dt.date(this.story.first_year + year, month, day), hour), step)
