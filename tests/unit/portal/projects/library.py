"""Projects of several schools, released to leads, as reporting tells the portal of them."""

from typing import Any

from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import SchoolEnrolled
from tests.unit.portal.entries.house import House, built
from tests.unit.portal.todo.office import link
from tests.unit.portal.world import PUBLIC
from tests.unit.reporting.entries import exchange

LEAD, HOST_LEAD = exchange.OWN_LEAD, exchange.HOST_LEAD
PLACES = {exchange.OWN: (430_000, 433_000), exchange.HOST: (433_000, 437_000), "sch-far": (530_000, 180_000)}
NAMES = {exchange.OWN: "Own School", exchange.HOST: "Host School", "sch-far": "Far Away Secondary"}
TASKS = [{"key": "dates", "title": "Agree on the days", "who": ["practitioner"], "do": {"confirm": "x"},
          "opens": "exchange.published", "due": "opened + 5 working days"}]  # fmt: skip


def programme(**round_: Any) -> Any:
    project = {
        **next(form for form in exchange.FORMS if form["key"] == "project"), "rules": [],
        "release": {"to": ["programme.lead"]},
    }  # fmt: skip
    others = [form for form in exchange.FORMS if form["key"] != "project"]
    of = {"key": "exchange", "kind": "placements", "people": "naming", "things": "project", **round_}
    return exchange.opened(forms=[project, *others], matching=[of], tasks=TASKS)


def enrolled(school: str) -> SchoolEnrolled:
    east, north = PLACES[school]
    facts = SchoolFacts(
        school_id=school, urn=100_001, name=NAMES[school], phase="secondary" if school == "sch-far" else "primary",
        authority_code="383", authority="Leeds", town="Leeds", postcode="LS1 1AA", easting=east, northing=north,
    )  # fmt: skip
    return SchoolEnrolled(version=2, programme_id=exchange.PROGRAMME, enrolment_id=f"enr-{school}", school=facts)


class Library(House):
    """The portal and reporting, with short ways to post a project."""

    async def tell_both(self, *events: Any) -> None:
        for event in events:
            await self.reporting.handle(event)
            await self.handle(event)

    async def post(self, school: str, topic: str = "reading", need: str = "Why?", another: str = "") -> str:
        """A project of a school; its id."""
        answers = {"topic": topic, "need": need, "done_by": "2027-05-13", "governors": "yes"}
        writer = exchange.person("lead", school)
        entry_id, work = await self.reporting.send("project", school, writer, answers, another)
        await self.handle(*work.published)
        return str(entry_id)

    async def name(self, who: str = "Jo Bloggs", person_id: str = "per-jo", another: str = "") -> str:
        """The lead names a colleague; the entry's id."""
        answers = {"who": {"name": who, "address": "jo@own.example"}}
        entry_id, work = await self.reporting.send("naming", exchange.OWN, LEAD, answers, another)
        await self.handle(*work.published)
        taken = exchange.role_taken(person_id, "practitioner", exchange.OWN, entry_id=entry_id)
        await self.handle(taken)
        return str(entry_id)


async def stocked(public: str = PUBLIC, **round_: Any) -> Library:
    """The library, told of three schools; nothing is posted."""
    house = await built(public, Library)
    assert isinstance(house, Library)
    staff = [exchange.role_taken("per-lead-far", "lead", "sch-far")]
    for event in exchange.everything()[1:]:
        await house.handle(event)
    await house.tell_both(programme(**round_).model_copy(update={"version": 2}), *staff)
    await house.tell_both(*(enrolled(school) for school in PLACES))
    return house


__all__ = ["HOST_LEAD", "LEAD", "Library", "enrolled", "link", "stocked"]
