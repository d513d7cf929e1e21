"""Peer visits in the town, step by step, by commands, mails and pages: two groups of three schools."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kindred.demo.browser import Browser
from services.notifications.domain import words
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from services.reporting.domain.reports.blocks import BlockReport
from shared.commands.matching import CohortDetail, PublishCohort, ShowCohort
from shared.commands.programmes import (
    AppointFacilitator,
    CloseEnrolment,
    EnrolSchool,
    OpenProgramme,
    PersonDetails,
    TopicClaim,
)
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments
from shared.commands.scheduling import (
    CalendarDetail,
    ListVisits,
    PublishVisits,
    ShowCalendar,
    VisitDetail,
    VisitRows,
)
from shared.template.days import shifted
from shared.template.moments import Offset
from tests.fakes.town import Person, Town

TEMPLATES = Path("services/programmes/templates")
SCHOOLS, FIRST_URN = range(6), 100
SHORT = {
    "headteacher": "head",
    "senior-leader": "deputy",
    "cpd-lead": "cpd",
    "chair-of-governors": "chair",
    "clerk": "clerk",
}
TOPICS = ("feedback", "homework", "reading", "writing", "science", "parents")
COORDINATOR, FACILITATOR = "cora@visits.example", "fay@visits.example"


@dataclass(frozen=True)
class Day:
    """A visit day; schools by their numbers."""

    visit_id: str
    on: dt.date
    host: int
    guests: tuple[int, ...]
    facilitator_id: str
    attendees: dict[str, str]
    """Person -> address."""

    @property
    def day(self) -> str:
        return words.day(self.on)


class Year:
    """The programme in the town."""

    first: Day
    """The first visit of the year."""

    def __init__(self) -> None:
        self.town = Town(TEMPLATES, dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC))
        self.programme_id = ""
        self.cohort_id = ""
        self.groups: list[tuple[int, ...]] = []
        self._seen = 0

    @property
    def here(self) -> str:
        """Its page of the console."""
        return f"/console/programmes/{self.programme_id}"

    def who(self, role: str, number: int) -> Person:
        return self.town.person(f"{SHORT[role]}@s{number}.example")

    @property
    def facilitator(self) -> Person:
        return self.town.person(FACILITATOR)

    def came(self, *but: str) -> list[tuple[str, str]]:
        """The mails since the last look: to whom, with which subject; without those that begin with one of `but`."""
        mails = self.town.post.mailboxes.mails[self._seen :]
        self._seen += len(mails)
        told = sorted((to, str(message["Subject"])) for _, to, message in mails)
        return [one for one in told if not one[1].startswith(but or ("\0",))]

    async def enrol(self) -> None:
        town = self.town
        town.register([enrolled_school(number) for number in SCHOOLS])
        opened = await town.ask(
            OpenProgramme(
                template="peer-visits", name="Visits", year=2026, coordinator_name="Cora Coe",
                coordinator_email=COORDINATOR,
            )
        )  # fmt: skip
        self.programme_id = opened.id
        await town.ask(AppointFacilitator(programme_id=self.programme_id, name="Fay Fell", email=FACILITATOR))
        for number in SCHOOLS:
            await town.ask(self._enrolment(number))

    def _enrolment(self, number: int) -> EnrolSchool:
        people = tuple(
            PersonDetails(role=role, name=f"{short.title()} {number}", email=self.who(role, number).address)
            for role, short in SHORT.items()
        )
        strong, weak = TOPICS[number], TOPICS[(number + 1) % len(TOPICS)]
        return EnrolSchool(
            programme_id=self.programme_id,
            urn=FIRST_URN + number,
            people=people,
            strengths=(TopicClaim(topic=strong, weight=5, evidence="Seen in every room."),),
            needs=(TopicClaim(topic=weak, weight=5, evidence="Uneven between classes."),),
        )

    async def group(self) -> CohortDetail:
        await self.town.day("2026-09-25", 16)
        await self.town.ask(CloseEnrolment(programme_id=self.programme_id))
        drafted: CohortDetail = await self.town.find(ShowCohort(programme_id=self.programme_id))
        self.cohort_id = drafted.cohort.cohort_id
        await self.town.ask(PublishCohort(cohort_id=self.cohort_id, revision=drafted.cohort.revision))
        found: CohortDetail = await self.town.find(ShowCohort(programme_id=self.programme_id))
        self.groups = [tuple(urn - FIRST_URN for urn in group.urns) for group in found.groups]
        return found

    async def date(self) -> None:
        planned: CalendarDetail = await self.town.find(ShowCalendar(cohort_id=self.cohort_id))
        assert planned.state == "draft", planned
        await self.town.ask(PublishVisits(cohort_id=self.cohort_id, revision=planned.revision))
        found: VisitRows = await self.town.find(ListVisits(cohort_id=self.cohort_id, limit=100))
        self.first = await self._day(min(found.visits, key=lambda row: row.visit.on))

    async def _day(self, row: VisitDetail) -> Day:
        rows: EnrolmentRows = await self.town.find(ListEnrolments(programme_id=self.programme_id, limit=100))
        number = {one.school.school_id: one.school.urn - FIRST_URN for one in rows.enrolments}
        address = {person.person_id: person.email for one in rows.enrolments for person in one.people}
        visit = row.visit
        host, coming = number[visit.host_school_id], {number[one.school_id or ""] for one in visit.attendees}
        people = {one.person_id: address[one.person_id] for one in visit.attendees}
        guests = tuple(sorted(coming - {host}))
        return Day(visit.visit_id, visit.on, host, guests, visit.facilitator_id or "", people)

    async def hold(self, visit: Day, away: str = "") -> None:
        """It takes place, and the facilitator says who came."""
        await self.town.day(visit.on, 20)
        browser, page = await self.facilitator.open("Who came to", "attendance")
        came = {f"came-{person}": "no" if to == away else "yes" for person, to in visit.attendees.items()}
        assert (await browser.press(page, "", came)).heading == "Attendance saved"

    async def appraise(self) -> None:
        points = {"strengths": "Calm rooms", "develop": "Ask more", "next": "Try a page", "evidence": "Six visits"}
        await self.facilitator.answer("Write the appraisal", {f"{key}.1.text": text for key, text in points.items()})

    async def fill(self, person: Person, letter: str, heading: str, values: dict[str, str]) -> None:
        """Fill in the form of this heading behind one of the links of a letter."""
        seen = []
        for link in person.letter(letter).links:
            browser = Browser(self.town.transport, again=())
            page = await browser.look(link)
            if page.heading == heading:
                if not any(form.method == "post" for form in page.forms):
                    page = await browser.open(f"{page.url.rstrip('/')}/new")
                sent = await browser.press(page, "send", values, expect=(200, 422))
                assert sent.url.endswith("/saved"), sent.text
                return
            seen.append(page.heading)
        raise AssertionError(f"Nothing leads to {heading!r}, only to {seen}.")

    def reports(self) -> list[BlockReport]:
        """The reports that were made."""
        return [one for one in self.town.renderer.seen if isinstance(one, BlockReport)]

    def within(self, days: int) -> str:
        """The day so many working days later."""
        return words.day(shifted(self.town.clock.now().date(), Offset(days, "working days")))

    def brief(self) -> dict[str, str]:
        """A host's brief."""
        how = {"arrival": "8:45 at the gate", "sign-in": "At the desk", "identity": "A photograph"}
        what = {"practice": "Our reading.", "challenge": "Keeping it going."}
        return {**what, **how, "safeguarding-lead": "Di Day"}

    def findings(self) -> dict[str, str]:
        """A school's findings, its headteacher seeing to the one action."""
        found = {"title": "Reading holds", "detail": "In every room.", "evidence": "Books of twelve pupils"}
        action = {"what": "Write a page", "owner": "headteacher", "due": "2027-09-01", "success": "It hangs there."}
        rows = {f"findings.1.{key}": text for key, text in found.items()}
        return {"summary": "Much has changed.", **rows, **{f"actions.1.{key}": text for key, text in action.items()}}


def enrolled_school(number: int) -> School:
    return School(
        urn=FIRST_URN + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 500 * number, northing=390000,
    )  # fmt: skip
