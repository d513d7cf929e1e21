"""A programme of this year and one of last year in the town, with a browser of somebody outside."""

import datetime as dt

from kindred.demo.browser import Browser, Page
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.brochures import BrochureRow, BrochureRows, ListBrochures, PublishBrochure
from shared.commands.enquiries import EnquiryRow, ListEnquiries
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails
from shared.commands.reports import CompileReport
from tests.fakes.town import Town

SEPTEMBER = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
COORDINATOR = "cora@exchange.example"
QUESTION = {
    "name": "Ada Marsh", "school": "Hill School", "role": "Deputy head", "email": "ada@hill.example",
    "message": "How many days does it take?\n\nCan two of us come?",
}  # fmt: skip


class Asking:
    """The programmes; `schools` took part last year."""

    def __init__(self, schools: int = 6) -> None:
        self.town = Town(at=SEPTEMBER)
        self.schools = schools
        self.programme_id = self.before = ""

    async def open(self) -> None:
        self.town.register([_school(number) for number in range(self.schools)])
        self.before = await self._opened("Exchange 2025", 2025)
        for number in range(self.schools):
            people = tuple(
                PersonDetails(role=role, name=f"{role} {number}", email=f"{role}@s{number}.example")
                for role in ("headteacher", "cpd-lead")
            )
            school = EnrolSchool(programme_id=self.before, urn=1000 + number, people=people, strengths=(), needs=())
            await self.town.ask(school)
        self.programme_id = await self._opened("Exchange 2026", 2026)

    async def make(self) -> None:
        await self.town.ask(CompileReport(programme_id=self.programme_id, report="brochure"))

    async def publish(self) -> None:
        await self.town.ask(PublishBrochure(programme_id=self.programme_id))

    async def row(self) -> BrochureRow:
        rows: BrochureRows = await self.town.find(ListBrochures(programme_id=self.programme_id))
        (found,) = rows.brochures
        return found

    async def enquiries(self) -> list[EnquiryRow]:
        return list((await self.town.find(ListEnquiries())).enquiries)

    def browser(self) -> Browser:
        return Browser(self.town.transport, again=())

    async def page(self, browser: Browser) -> Page:
        """The brochure's page, open for as long as somebody reads it."""
        page = await browser.open(f"http://127.0.0.1:8080/brochures/{(await self.row()).address}")
        await self.town.to(self.town.clock.now() + dt.timedelta(minutes=1))
        return page

    async def ask(self, browser: Browser | None = None, **changes: str) -> Page:
        """Fill in the form on the page and send it."""
        browser = browser or self.browser()
        values = {**QUESTION, **changes}
        page = await browser.press(await self.page(browser), "", values, expect=(200, 422, 429))
        await self.town.settle()
        return page

    async def _opened(self, name: str, year: int) -> str:
        command = OpenProgramme(
            template="project-exchange", name=name, year=year, coordinator_name="Cora Coe",
            coordinator_email=COORDINATOR,
        )  # fmt: skip
        opened: str = (await self.town.ask(command)).id
        return opened


def _school(number: int) -> School:
    return School(
        urn=1000 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 2000 * number, northing=390000,
    )  # fmt: skip
