"""Plays the kept mails: a programme is opened and its calendar published, then each mail is handed in by SMTP."""

import datetime as dt
import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiosmtplib

from kindred.demo.mailbox import Mailbox, Received
from shared.commands.base import Done
from shared.commands.matching import CohortDetail, PublishCohort, ShowCohort
from shared.commands.notifications import ListMails, MailRows
from shared.commands.notifications_replies import ListReplies, ReplyRow, ReplyRows, ReplyState
from shared.commands.programmes import AppointFacilitator, CloseEnrolment, OpenProgramme
from shared.commands.scheduling import (
    CalendarDetail,
    ListVisits,
    PublishVisits,
    ShowCalendar,
    ShowVisit,
    VisitDetail,
    VisitRows,
)
from shared.errors import Rejected
from tests.field.mail_cases import Invited, MailCase, MailSeen, mail_differences, written
from tests.field.playing import Client, Player
from tests.waiting import until

_ROOT = Path(__file__).parents[2]
_SCHOOLS = _ROOT / "data" / "schools-two-regions.csv"
_ANSWERS = _ROOT / "docs" / "first-programme" / "answers.csv"
_YEAR_OF_ANSWERS = 2027
_PATIENCE = 180.0
_STATES: tuple[ReplyState, ...] = ("waiting", "filed")


class MailPlayer:
    """Plays cases, each with an invitation of its own. ``replies``: host and port of the listener for replies."""

    def __init__(self, client: Client, mailbox: Mailbox, replies: tuple[str, int]) -> None:
        self._client = client
        self._mailbox = mailbox
        self._replies = replies
        self._invitations: AsyncIterator[tuple[Received, str]] | None = None
        self._coordinator = f"field-{uuid4().hex[:8]}@kindred.example"

    async def prepare(self) -> None:
        """Open a programme of fourteen schools and publish its calendar."""
        programme_id = await self._enrolled()
        await self._client.ask(CloseEnrolment(programme_id=programme_id))
        cohort = await self._drafted(programme_id)
        await self._client.ask(PublishCohort(cohort_id=cohort.cohort.cohort_id, revision=cohort.cohort.revision))
        calendar = await self._planned(cohort.cohort.cohort_id)
        await self._client.ask(
            PublishVisits(cohort_id=calendar.cohort_id, revision=calendar.revision, leave_out_unplaced=True)
        )
        self._invitations = self._own_invitations(calendar.cohort_id)

    async def play(self, case: MailCase) -> MailSeen:
        """One case: its mails are handed in, and looked at until they come to what is expected, or for a minute."""
        assert self._invitations is not None, "prepare first"
        invitation, person_id = await anext(self._invitations)
        invited, visit_id = _invited(invitation, sealed=case.proof == "seal"), _target(invitation)
        before = {row.reply_id for row in await self._rows()}
        before |= {mail.mail_id for mail in (await self._mails(template="reply-forwarded")).mails}
        back_to = str(invitation.message["Return-Path"] or "").strip("<>") if case.to == "bounces" else invited.mailbox
        for name in case.files:
            await self._hand_in(written(name, invited), back_to)
        seen = MailSeen()

        async def as_expected() -> bool:
            nonlocal seen
            seen = await self._seen(invitation.mail_id, visit_id, person_id, before)
            return not mail_differences(case, seen)

        try:
            await until(as_expected, case.name, every=0.2)
        except AssertionError:
            return seen
        return seen

    async def _hand_in(self, content: bytes, to: str) -> None:
        host, port = self._replies
        await aiosmtplib.send(content, sender="somebody@elsewhere.example", recipients=[to], hostname=host, port=port,
                              start_tls=False, timeout=30)  # fmt: skip

    async def _seen(self, mail_id: str, visit_id: str, person_id: str, before: set[str]) -> MailSeen:
        visit: VisitDetail = await self._client.find(ShowVisit(visit_id=visit_id))
        answer = next((row.answer for row in visit.answers if row.person_id == person_id), "")
        fresh = [row for row in await self._rows() if row.reply_id not in before]
        last = max(fresh, key=lambda row: row.received_at, default=None)
        asked = await self._mails(template="answer-again", person_id=person_id, target_id=visit_id)
        forwarded = {mail.mail_id for mail in (await self._mails(template="reply-forwarded")).mails} - before
        bounced = await self._mails(state="bounced", person_id=person_id, target_id=visit_id)
        return MailSeen(
            answer=answer,
            kept=last.state if last else "",
            reason=f"{last.why} {last.words}" if last else "",
            asked=bool(asked.mails),
            forwarded=bool(forwarded),
            held=mail_id in {mail.mail_id for mail in bounced.mails if mail.permanent},
        )

    async def _rows(self) -> list[ReplyRow]:
        """What has come in lately; cases are played one by one, so what is fresh is the case's own."""
        found: list[ReplyRow] = []
        for state in _STATES:
            rows: ReplyRows = await self._client.find(ListReplies(state=state, limit=100))
            found += rows.rows
        return found

    async def _mails(self, **wanted: Any) -> MailRows:
        found: MailRows = await self._client.find(ListMails(**wanted))
        return found

    async def _own_invitations(self, cohort_id: str) -> AsyncIterator[tuple[Received, str]]:
        """The invitations to visits, each with its attendee; no two to one visit while there are others."""
        rows: VisitRows = await self._client.find(ListVisits(cohort_id=cohort_id, limit=500))
        turns = itertools.zip_longest(*([(row.visit.visit_id, one.person_id) for one in row.visit.attendees]
                                        for row in rows.visits))  # fmt: skip
        for visit_id, person_id in (pair for turn in turns for pair in turn if pair is not None):
            yield await self._invitation(visit_id, person_id), person_id

    async def _invitation(self, visit_id: str, person_id: str) -> Received:
        found: list[Received] = []

        async def there() -> bool:
            sent = await self._mails(person_id=person_id, target_id=visit_id, state="accepted")
            ids = {mail.mail_id for mail in sent.mails}
            found[:] = [mail for mail in await self._mailbox.refresh() if mail.mail_id in ids and mail.calendar]
            return bool(found)

        await until(there, f"the invitation of {person_id} to {visit_id}", seconds=_PATIENCE, every=0.5)
        return found[0]

    async def _enrolled(self) -> str:
        later = max(0, _school_year(dt.datetime.now(dt.UTC)) + 1 - _YEAR_OF_ANSWERS)
        player = Player(self._client)
        await player.take_in("register", _SCHOOLS.name, _SCHOOLS.read_bytes(), None)
        opened: Done = await self._client.ask(
            OpenProgramme(
                template="peer-visits", name=f"Field mails {uuid4().hex[:8]}", year=_YEAR_OF_ANSWERS + later,
                coordinator_name="Field Tester", coordinator_email=self._coordinator,
            )
        )  # fmt: skip
        answers = re.sub(r"/(20\d\d)\b", lambda year: f"/{int(year[1]) + later}", _ANSWERS.read_text(encoding="utf-8"))
        await player.take_in("enrolments", _ANSWERS.name, answers.encode(), opened.id)
        for name in ("Fay Okoro", "Gus Brandt"):
            address = f"{name.partition(' ')[0].lower()}-{uuid4().hex[:8]}@kindred.example"
            await self._client.ask(AppointFacilitator(programme_id=opened.id, name=name, email=address))
        return opened.id

    async def _drafted(self, programme_id: str) -> CohortDetail:
        found: list[CohortDetail] = []

        async def drafted() -> bool:
            try:
                found[:] = [await self._client.find(ShowCohort(programme_id=programme_id))]
            except Rejected:
                return False
            return found[0].cohort.state == "draft"

        await until(drafted, "until the groups are drafted", seconds=_PATIENCE, every=0.5)
        return found[0]

    async def _planned(self, cohort_id: str) -> CalendarDetail:
        found: list[CalendarDetail] = []

        async def planned() -> bool:
            try:
                found[:] = [await self._client.find(ShowCalendar(cohort_id=cohort_id))]
            except Rejected:
                return False
            return found[0].state == "draft"

        await until(planned, "until the calendar is drafted", seconds=_PATIENCE, every=0.5)
        return found[0]


def _school_year(now: dt.datetime) -> int:
    return now.year if now.month >= 9 else now.year - 1


def _event(invitation: Received) -> Any:
    assert invitation.calendar is not None
    return invitation.calendar.walk("VEVENT")[0]


def _target(invitation: Received) -> str:
    return str(_event(invitation)["uid"]).partition(".")[0]


def _invited(invitation: Received, *, sealed: bool) -> Invited:
    event = _event(invitation)
    start, end = (event[name].dt.astimezone(dt.UTC) for name in ("dtstart", "dtend"))
    return Invited(
        address=invitation.to,
        uid=str(event["uid"]) if sealed else f"{_target(invitation)}@kindred",
        mail_id=invitation.mail_id,
        mailbox=str(event["organizer"]).lower().removeprefix("mailto:"),
        start=f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        end=f"DTEND:{end:%Y%m%dT%H%M%SZ}",
    )
