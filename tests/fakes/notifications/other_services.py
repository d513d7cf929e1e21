"""What other services own, as a test sets it."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from shared.commands.agreed_visits import ArrangementDetail
from shared.commands.enquiries import EnquiryRow
from shared.commands.event_programmes import EventProgramme
from shared.commands.reports import Paper
from shared.commands.scheduling import BriefText
from shared.commands.scheduling_dates import AgreementDetail
from shared.commands.sign_in import SignInSecrets
from shared.commands.templates import ProgrammeSetup
from shared.errors import Rejected, Retryable

SATURDAY = 5


def days_after(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += dt.timedelta(days=1)
        yield day


class FixedServices:
    """Gives what it was made with for every id but those that end in `-unknown`; raises Retryable while ``silent``."""

    def __init__(
        self, brief: BriefText | None = None, pdf: bytes | None = None, detail: AgreementDetail | None = None
    ) -> None:
        self.text = brief
        self.pdf = pdf
        self.detail = detail
        self.arranged: ArrangementDetail | None = None
        self.of_meeting: tuple[Paper, ...] = ()
        self.enquiries: dict[str, EnquiryRow] = {}
        self.events: dict[str, EventProgramme] = {}
        self.setups: dict[str, ProgrammeSetup] = {}
        self.silent = False

    async def brief(self, visit_id: str) -> BriefText | None:
        self._speak()
        return None if visit_id.endswith("-unknown") else self.text

    async def agreement(self, agreement_id: str) -> AgreementDetail | None:
        self._speak()
        return None if agreement_id.endswith("-unknown") else self.detail

    async def days(self, match_id: str, activity: str) -> ArrangementDetail | None:
        self._speak()
        return self.arranged

    async def papers(self, programme_id: str, activity: str, match_id: str, person_id: str) -> tuple[Paper, ...]:
        self._speak()
        return self.of_meeting

    async def sign_in(self, attempt_id: str) -> SignInSecrets | None:
        self._speak()
        path, until = "/sign-in/l/attempt.proof-that-nobody-guesses", dt.datetime(2027, 5, 13, 9, tzinfo=dt.UTC)
        over = attempt_id.endswith("-unknown")
        return None if over else SignInSecrets(path=path, code="042917", expires=until)

    async def event_programme(self, event_id: str, person_id: str) -> EventProgramme | None:
        self._speak()
        return self.events.get(event_id)

    async def enquiry(self, enquiry_id: str) -> EnquiryRow | None:
        self._speak()
        return self.enquiries.get(enquiry_id)

    async def working_days(self, after: dt.date, count: int) -> tuple[dt.date, ...]:
        self._speak()
        return tuple(islice((day for day in days_after(after) if day.weekday() < SATURDAY), count))

    async def setup(self, programme_id: str) -> ProgrammeSetup:
        self._speak()
        if programme_id not in self.setups:
            raise Rejected("unknown-programme", "There is no such programme.")
        return self.setups[programme_id]

    async def report_pdf(self, report_id: str, edition: int, at_most: int) -> bytes | None:
        self._speak()
        fits = self.pdf is not None and len(self.pdf) <= at_most and not report_id.endswith("-unknown")
        return self.pdf if fits else None

    def _speak(self) -> None:
        if self.silent:
            raise Retryable("Nobody answered.")
