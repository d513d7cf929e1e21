"""What mails print and other services own."""

import datetime as dt
from typing import Protocol

from shared.commands.agreed_visits import ArrangementDetail
from shared.commands.enquiries import EnquiryRow
from shared.commands.event_programmes import EventProgramme
from shared.commands.reports import Paper
from shared.commands.scheduling import BriefText
from shared.commands.scheduling_dates import AgreementDetail
from shared.commands.sign_in import SignInSecrets
from shared.commands.templates import ProgrammeSetup


class OtherServices(Protocol):
    """Queries to other services. Each raises Retryable when nobody answers."""

    async def brief(self, visit_id: str) -> BriefText | None:
        """Return the host's brief and visitor notes."""
        ...

    async def agreement(self, agreement_id: str) -> AgreementDetail | None:
        """Return what a day is for and what people have said about it; None where it is not known."""
        ...

    async def sign_in(self, attempt_id: str) -> SignInSecrets | None:
        """Return what the mail of an attempt to sign in says; None where a newer one has taken its place."""
        ...

    async def event_programme(self, event_id: str, person_id: str) -> EventProgramme | None:
        """Return what happens at an event, for somebody who is invited; None where nothing is known of it."""
        ...

    async def enquiry(self, enquiry_id: str) -> EnquiryRow | None:
        """Return what somebody outside asks; None where it was erased."""
        ...

    async def days(self, match_id: str, activity: str) -> ArrangementDetail | None:
        """Return how the days of an activity stand for a placement; None where they are not known."""
        ...

    async def papers(self, programme_id: str, activity: str, match_id: str, person_id: str) -> tuple[Paper, ...]:
        """Return the papers of a meeting as they stand for somebody who is invited."""
        ...

    async def working_days(self, after: dt.date, count: int) -> tuple[dt.date, ...]:
        """Return the next working days after a day, by the bank holidays that dates are planned with."""
        ...

    async def setup(self, programme_id: str) -> ProgrammeSetup:
        """Return a programme with its template, also a draft. Raises Rejected: unknown-programme, old-language."""
        ...

    async def report_pdf(self, report_id: str, edition: int, at_most: int) -> bytes | None:
        """Return a report's PDF; None when it is larger than ``at_most`` bytes."""
        ...
