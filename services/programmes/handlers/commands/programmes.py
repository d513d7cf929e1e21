"""Commands about programmes as a whole."""

from services.programmes.domain.programme import close, opened, reopen
from services.programmes.domain.states import drafted
from services.programmes.handlers.asking_again import AskingAgain
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.moments import watch
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.templates import Templates
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.programmes import CloseEnrolment, OpenProgramme, PersonDetails, ReopenEnrolment
from shared.tables.passed import counted

__all__ = ["ProgrammeCommands"]


class ProgrammeCommands:
    """One method a command."""

    def __init__(
        self,
        programmes: Programmes,
        enrolled: Enrolled,
        *,
        contacts: Contacts,
        templates: Templates,
        again: AskingAgain,
    ) -> None:
        self._programmes = programmes
        self._again = again
        self._enrolled = enrolled
        self._contacts = contacts
        self._templates = templates

    async def open(self, command: OpenProgramme, work: UnitOfWork) -> Done:
        """Open a programme from a template. Raises Rejected for a template or name that will not do."""
        template = await self._templates.get(command.template)
        programme_id = self._contacts.new_id("prg")
        details = PersonDetails(role="coordinator", name=command.coordinator_name, email=command.coordinator_email)
        coordinator = await self._contacts.of_programme(details, programme_id, work)
        programme, event = opened(command, template, programme_id, coordinator)
        if command.draft:
            programme = drafted(programme)
            await self._programmes.add(programme)
            return Done(id=programme_id, sentence=f"'{programme.name}' is a draft; nobody hears of it yet.")
        await self._programmes.add(programme)
        work.publish(event)
        watch(programme, work)
        await self._again.begin(programme, work)
        return Done(id=programme_id, sentence=f"'{programme.name}' is open for enrolment.")

    async def close(self, command: CloseEnrolment, work: UnitOfWork) -> Done:
        """Close enrolment; matching begins."""
        programme = await self._programmes.get(command.programme_id)
        ids = await self._enrolled.enrolled_ids(command.programme_id)
        again = programme.open_until is not None
        programme, event = close(programme, ids)
        await self._programmes.replace(programme)
        work.publish(event)
        then = "groups are drafted anew, and published ones stay" if again else "matching begins"
        sentence = f"Enrolment is closed with {counted(len(ids), 'school')}; {then}."
        return Done(id=programme.programme_id, version=programme.version, sentence=sentence)

    async def reopen(self, command: ReopenEnrolment, work: UnitOfWork) -> Done:
        """Open enrolment again until a day; a reminder closes it."""
        programme, event = reopen(await self._programmes.get(command.programme_id), command.until, work.now)
        await self._programmes.replace(programme)
        work.publish(event)
        watch(programme, work, since=work.now)
        sentence = (
            f"Enrolment to '{programme.name}' is open again until {command.until:%d/%m/%Y}, that day included; "
            "then it closes by itself."
        )
        return Done(id=programme.programme_id, version=programme.version, sentence=sentence)
