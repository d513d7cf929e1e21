"""Queries to other services: the host's brief, what a day is for, a report's PDF."""

import datetime as dt
from collections.abc import Callable

from shared.bus import BusClient
from shared.commands.agreed_visits import ArrangementDetail, ShowDays
from shared.commands.enquiries import EnquiryRow, ShowEnquiry
from shared.commands.event_programmes import EventProgramme, ShowEventProgramme
from shared.commands.reporting import Chunk, FetchReport
from shared.commands.reports import ListPapers, Paper, Papers
from shared.commands.scheduling import BriefText, ShowVisit
from shared.commands.scheduling_calendars import ListWorkingDays, WorkingDayList
from shared.commands.scheduling_dates import AgreementDetail, ShowAgreement
from shared.commands.sign_in import ShowSignIn, SignInSecrets
from shared.commands.templates import ProgrammeSetup, ShowSetup
from shared.errors import Rejected

_PATIENCE = 5.0


class BusServices:
    """Behind ``ports.OtherServices``; raises Retryable when nobody answers within ``patience`` seconds."""

    def __init__(self, client: Callable[[], BusClient], patience: float = _PATIENCE) -> None:
        self._client = client
        self._patience = patience

    async def brief(self, visit_id: str) -> BriefText | None:
        """Return the host's brief and visitor notes."""
        try:
            detail = await self._client().find(ShowVisit(visit_id=visit_id), patience=self._patience)
        except Rejected:
            return None
        found: BriefText | None = detail.brief
        return found

    async def agreement(self, agreement_id: str) -> AgreementDetail | None:
        """Return what a day is for and what people have said about it; None where it is not known."""
        try:
            found: AgreementDetail = await self._client().find(
                ShowAgreement(agreement_id=agreement_id), patience=self._patience
            )
        except Rejected:
            return None
        return found

    async def sign_in(self, attempt_id: str) -> SignInSecrets | None:
        """Return what the mail of an attempt to sign in says; None where a newer one has taken its place."""
        try:
            found: SignInSecrets = await self._client().find(ShowSignIn(attempt_id=attempt_id), patience=self._patience)
        except Rejected:
            return None
        return found

    async def event_programme(self, event_id: str, person_id: str) -> EventProgramme | None:
        """Return what happens at an event, for somebody who is invited; None where nothing is known of it."""
        query = ShowEventProgramme(event_id=event_id, person_id=person_id, seating=False)
        try:
            found: EventProgramme = await self._client().find(query, patience=self._patience)
        except Rejected:
            return None
        return found

    async def enquiry(self, enquiry_id: str) -> EnquiryRow | None:
        """Return what somebody outside asks; None where it was erased."""
        try:
            found: EnquiryRow = await self._client().find(ShowEnquiry(enquiry_id=enquiry_id), patience=self._patience)
        except Rejected:
            return None
        return found

    async def days(self, match_id: str, activity: str) -> ArrangementDetail | None:
        """Return how the days of an activity stand for a placement; None where they are not known."""
        try:
            found: ArrangementDetail = await self._client().find(
                ShowDays(match_id=match_id, activity=activity), patience=self._patience
            )
        except Rejected:
            return None
        return found

    async def papers(self, programme_id: str, activity: str, match_id: str, person_id: str) -> tuple[Paper, ...]:
        """Return the papers of a meeting as they stand for somebody who is invited."""
        about = {"programme_id": programme_id, "activity": activity, "match_id": match_id, "person_id": person_id}
        found: Papers = await self._client().find(ListPapers.model_validate(about), patience=self._patience)
        return found.papers

    async def working_days(self, after: dt.date, count: int) -> tuple[dt.date, ...]:
        """Return the next working days after a day, by the bank holidays that dates are planned with."""
        found: WorkingDayList = await self._client().find(
            ListWorkingDays(after=after, count=count), patience=self._patience
        )
        return found.days

    async def setup(self, programme_id: str) -> ProgrammeSetup:
        """Return a programme with its template, also a draft. Raises Rejected: unknown-programme, old-language."""
        query = ShowSetup(programme_id=programme_id)
        found: ProgrammeSetup = await self._client().find(query, patience=self._patience)
        return found

    async def report_pdf(self, report_id: str, edition: int, at_most: int) -> bytes | None:
        """Return a report's PDF; None when it is larger than ``at_most`` bytes or not there."""
        content = b""
        while True:
            query = FetchReport(report_id=report_id, format="pdf", edition=edition, offset=len(content))
            try:
                chunk: Chunk = await self._client().find(query, patience=self._patience)
            except Rejected:
                return None
            if chunk.size > at_most or not chunk.content:
                return None
            content += chunk.content
            if len(content) >= chunk.size:
                return content
