"""The service's handlers over fakes, with the world told to them."""

from itertools import count
from typing import Any

from services.reporting.handlers.compiling import Compiling
from services.reporting.handlers.findings import FindingsForms
from services.reporting.handlers.forms import VisitForms
from services.reporting.handlers.gathering import Gathering
from services.reporting.handlers.impact import ImpactReleases
from services.reporting.handlers.meetings import MeetingFacts
from services.reporting.handlers.programmes import ProgrammeFacts
from services.reporting.handlers.reports import ReportQueries
from services.reporting.handlers.requests import Requests
from services.reporting.handlers.showing import Showing
from shared.events import matching, programmes, scheduling
from tests.fakes import FakeWork
from tests.unit.reporting import world
from tests.unit.reporting.fakes import FakeFacts, FakeFiles, FakeForms, FakeImpact, FakeRenderer, FakeReports


class Reporting:
    """Everything wired as in app.py, in memory."""

    def __init__(self):
        numbers = count(1)
        self.facts, self.forms, self.reports = FakeFacts(), FakeForms(), FakeReports()
        self.impact, self.files, self.renderer = FakeImpact(self.forms), FakeFiles(), FakeRenderer()
        self.told, self.met = ProgrammeFacts(self.facts, self.forms), MeetingFacts(self.facts)
        self.visit_forms = VisitForms(self.facts, self.forms, self.reports, lambda prefix: f"{prefix}-{next(numbers)}")
        self.findings_forms = FindingsForms(self.facts, self.forms, self.reports)
        self.releases = ImpactReleases(self.facts, self.impact, self.reports, 14)
        self.requests = Requests(self.facts, self.forms)
        self.showing = Showing(self.facts, self.forms, self.impact)
        self.queries = ReportQueries(self.reports, self.files)
        gathering = Gathering(self.facts, self.forms, self.impact)
        self.compiling = Compiling(gathering, self.reports, self.files, self.renderer)

    async def tell(self, *events):
        """Handle facts of others; return the unit of work with what was told because of them."""
        work = FakeWork()
        for event in events:
            await self._handler(event)(event, work)
        return work

    def _handler(self, event):
        told, met = self.told, self.met
        handlers: dict[type[Any], Any] = {
            programmes.ProgrammeOpened: told.opened,
            programmes.SchoolEnrolled: told.enrolled,
            programmes.EnrolmentAmended: told.enrolled,
            programmes.PersonReplaced: told.replaced,
            programmes.SchoolWithdrawn: told.withdrawn,
            programmes.PersonErased: told.erased,
            matching.GroupFormed: told.group_formed,
            matching.GroupChanged: told.group_changed,
            scheduling.VisitScheduled: met.visit_planned,
            scheduling.VisitMoved: met.visit_planned,
            scheduling.VisitCancelled: met.visit_cancelled,
            scheduling.VisitHeld: met.visit_held,
            scheduling.CohortEventScheduled: met.event_planned,
            scheduling.CohortEventHeld: met.event_held,
        }
        return handlers[type(event)]


async def at_work():
    """Reporting at the end of the visits."""
    made = Reporting()
    await made.tell(*world.everything())
    return made
