"""Plays one input as the command line would, over the bus, and looks at what came of it."""

from typing import Any, Protocol
from uuid import uuid4

from shared.commands.base import Command, Done, Query
from shared.commands.programmes import ImportFile, ImportReport, ImportStarted, ImportStatus, OpenProgramme
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, SchoolRow, ShowSchool
from shared.commands.scheduling import ImportCalendar
from shared.commands.scheduling_calendars import ImportBankHolidays, ReadTermFile, TermFileRead
from shared.errors import Rejected
from tests.field.cases import Case, Seen, content_of
from tests.waiting import until

REGISTER = "00-register.csv"
AUTHORITY = "926"
"""That of the schools of the inputs."""
_IMPORTS = {"register", "inspections", "enrolments", "facilitators"}


class Client(Protocol):
    """What is needed of the bus's client."""

    async def ask(self, command: Command) -> Any:
        """Ask for a change."""
        ...

    async def find(self, query: Query) -> Any:
        """Ask what is known."""
        ...

    async def upload(self, content: bytes, filename: str) -> str:
        """Hand a file over."""
        ...


class Player:
    """Plays cases, each in a programme of its own."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def prepare(self) -> None:
        """Take in the schools that the inputs name; changes nothing where the register has them."""
        report = await self._imported("register", REGISTER, None)
        assert report.state == "done", report.sentence

    async def play(self, case: Case) -> Seen:
        """One case from an open programme to what is stored."""
        if case.does not in _IMPORTS:
            return await (self._bank_holidays(case) if case.does == "bank-holidays" else self._terms(case))
        programme_id = await self._opened(case)
        for name in case.first:
            await self._done(case.does, name, programme_id)
        report = await self._imported(case.does, case.file, programme_id, accept=case.accept)
        return Seen(
            state="waits" if report.questions and report.state == "refused" else report.state,
            told=_told(report),
            went_in=report.added + report.changed + report.unchanged,
            left_out=report.rejected,
            enrolled=await self._enrolled(programme_id),
            school=await self._schools(case),
        )

    async def _opened(self, case: Case) -> str:
        asked = OpenProgramme(
            template="peer-visits",
            name=f"Field {case.name} {uuid4().hex[:8]}",
            year=2026,
            coordinator_name="Field Tester",
            coordinator_email="field-tester@kindred.example",
        )
        opened: Done = await self._client.ask(asked)
        return opened.id

    async def _done(self, kind: str, name: str, programme_id: str) -> None:
        report = await self._imported(kind, name, programme_id)
        assert report.state == "done", f"{name}: {report.sentence}"

    async def _imported(self, kind: Any, name: str, programme_id: str | None, *, accept: bool = False) -> ImportReport:
        return await self.take_in(kind, name, content_of(name), programme_id, accept=accept)

    async def take_in(
        self, kind: Any, name: str, content: bytes, programme_id: str | None, *, accept: bool = False
    ) -> ImportReport:
        """Import a file and return its report."""
        upload = await self._client.upload(content, name)
        command = ImportFile(kind=kind, upload=upload, filename=name, programme_id=programme_id, accept_unread=accept)
        started: ImportStarted = await self._client.ask(command)
        status, last = ImportStatus(import_id=started.import_id), list[ImportReport]()

        async def over() -> bool:
            last[:] = [await self._client.find(status)]
            return last[0].state != "running"

        await until(over, f"until {name} is read", every=0.05)
        return last[0]

    async def _terms(self, case: Case) -> Seen:
        """Term dates for the authority of the schools that the inputs name."""
        key = await self._client.upload(content_of(case.file), case.file)
        try:
            read: TermFileRead = await self._client.find(ReadTermFile(upload=key, filename=case.file))
            asked = ImportCalendar(upload=key, filename=case.file, authority_code=AUTHORITY, accept_unusual=case.accept)
            done: Done = await self._client.ask(asked)
        except Rejected as refused:
            return Seen("waits" if refused.rule == "doubtful-terms" else "refused", (refused.sentence,))
        titles = (f"{one.title} ({one.read_as})" for one in read.titles)
        years = (f"{one.year}: {one.school_days} school days" for one in read.years)
        return Seen("done", (done.sentence, *titles, *years, *read.notes))

    async def _bank_holidays(self, case: Case) -> Seen:
        key = await self._client.upload(content_of(case.file), case.file)
        try:
            done: Done = await self._client.ask(ImportBankHolidays(upload=key, filename=case.file))
        except Rejected as refused:
            return Seen("refused", (refused.sentence,))
        return Seen("done", (done.sentence,))

    async def _enrolled(self, programme_id: str) -> dict[str, dict[str, Any]]:
        rows: EnrolmentRows = await self._client.find(ListEnrolments(programme_id=programme_id))
        return {str(row.school.urn): row.model_dump(mode="json") for row in rows.enrolments}

    async def _schools(self, case: Case) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for urn in case.school:
            try:
                row: SchoolRow = await self._client.find(ShowSchool(urn=int(urn)))
            except Rejected:
                continue
            told = row.model_dump(mode="json")
            found[urn] = {**told["facts"], **told}
        return found


def _told(report: ImportReport) -> tuple[str, ...]:
    return (
        report.sentence,
        *report.notes,
        *report.questions,
        *(f"line {p.line}, {p.column}: {p.reason}" for p in report.problems),
        *(f"changed {c.key} {c.field}: {c.old} > {c.new}" for c in report.changes),
    )
