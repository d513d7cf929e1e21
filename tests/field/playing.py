"""Plays one input as the command line would, over the bus, and looks at what came of it."""

from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from shared.commands.base import Command, Done, Query
from shared.commands.programmes import ImportFile, ImportReport, ImportStarted, ImportStatus, OpenProgramme
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, SchoolRow, ShowSchool
from shared.errors import Rejected
from tests.field.cases import FOLDER, Case, Seen
from tests.waiting import until

REGISTER = "00-register.csv"
_IMPORTS = {"register", "inspections", "enrolments", "facilitators"}


class Client(Protocol):
    """What is needed of the bus's client."""

    async def ask(self, command: Command) -> Any:
        """Ask for a change."""
        ...

    async def find(self, query: Query) -> Any:
        """Ask what is known."""
        ...

    async def upload(self, content: Path | bytes, filename: str) -> str:
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
        programme_id = await self._opened(case)
        for name in case.first:
            await self._done(case.does, name, programme_id)
        if case.does not in _IMPORTS:
            return await self._calendar(case)
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
        upload = await self._client.upload(FOLDER / name, name)
        command = ImportFile(kind=kind, upload=upload, filename=name, programme_id=programme_id, accept_unread=accept)
        started: ImportStarted = await self._client.ask(command)
        status, last = ImportStatus(import_id=started.import_id), list[ImportReport]()

        async def over() -> bool:
            last[:] = [await self._client.find(status)]
            return last[0].state != "running"

        await until(over, f"until {name} is read", every=0.05)
        return last[0]

    async def _calendar(self, case: Case) -> Seen:
        raise NotImplementedError(case.does)

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
