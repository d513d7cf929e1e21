"""Wires the service; nothing else does."""

import uuid

from services.programmes import store
from services.programmes.files.templates import TemplateFolder
from services.programmes.handlers.enrolling import Enrolling
from services.programmes.handlers.enrolments import EnrolmentHandlers
from services.programmes.handlers.imports.hand_files import EnrolmentsImporter, FacilitatorsImporter
from services.programmes.handlers.imports.inspections import InspectionsImporter
from services.programmes.handlers.imports.register import RegisterImporter
from services.programmes.handlers.imports.runner import Runner
from services.programmes.handlers.people import PeopleHandlers
from services.programmes.handlers.programmes import ProgrammeHandlers
from services.programmes.handlers.queries import Queries
from services.programmes.settings import ProgrammesSettings
from shared.bus import Service, UnitOfWork
from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.events.programmes import PersonErased
from shared.settings import Settings

__all__ = ["build", "new_id"]


def new_id(prefix: str) -> str:
    """A fresh id."""
    return f"{prefix}-{uuid.uuid4().hex}"


def build(settings: Settings) -> Service:
    """The service, not yet connected."""
    own = settings if isinstance(settings, ProgrammesSettings) else ProgrammesSettings(**settings.model_dump())
    service = Service("programmes", own)
    database = service.database
    register, enrolments = store.MongoRegister(database), store.MongoEnrolments(database)
    people, programmes, imports = (
        store.MongoPeople(database),
        store.MongoProgrammes(database),
        store.MongoImports(database),
    )
    templates = TemplateFolder(own.templates_folder)
    enrolling = Enrolling(programmes, register, enrolments=enrolments, people=people, new_id=new_id)
    own_people = ProgrammeHandlers(programmes, enrolments, people=people, templates=templates, new_id=new_id)
    runner = Runner(
        imports,
        {
            "register": RegisterImporter(register, enrolments, own.import_batch),
            "inspections": InspectionsImporter(register, service.clock),
            "enrolments": EnrolmentsImporter(enrolling),
            "facilitators": FacilitatorsImporter(own_people),
        },
        owner=new_id("own"),
        lease_seconds=own.import_lease_seconds,
        clock=service.clock,
    )
    _answer(service, own_people, EnrolmentHandlers(enrolling), PeopleHandlers(people))
    _import(service, runner)
    _find(
        service,
        Queries(register, programmes, enrolments=enrolments, people=people, imports=imports, templates=templates),
    )
    service.on_start(lambda: store.create_indexes(database))
    return service


def _answer(
    service: Service, programmes: ProgrammeHandlers, enrolments: EnrolmentHandlers, people: PeopleHandlers
) -> None:
    service.command(commands.OpenProgramme, programmes.open)
    service.command(commands.CloseEnrolment, programmes.close)
    service.command(commands.AppointFacilitator, programmes.appoint)
    service.command(commands.EnrolSchool, enrolments.enrol)
    service.command(commands.AmendEnrolment, enrolments.amend)
    service.command(commands.WithdrawSchool, enrolments.withdraw)
    service.command(commands.ReplacePerson, enrolments.replace_person)
    service.command(commands.AddPerson, enrolments.add_person)
    service.command(commands.CorrectAddress, people.correct)
    service.command(commands.ErasePerson, people.erase)
    service.subscribe(PersonErased, "programmes-person-erased", people.erased)


def _import(service: Service, runner: Runner) -> None:
    async def ask(command: commands.ImportFile, work: UnitOfWork) -> commands.ImportStarted:
        return await runner.ask(command, new_id("imp"), work)

    async def carry_out() -> None:
        await runner.run(service.transact, service.uploads)

    service.command(commands.ImportFile, ask)
    service.task("imports", carry_out)


def _find(service: Service, asked: Queries) -> None:
    service.query(commands.ImportStatus, asked.import_status)
    service.query(queries.ListSchools, asked.schools)
    service.query(queries.ShowSchool, asked.school)
    service.query(queries.ListProgrammes, asked.programmes)
    service.query(queries.ListEnrolments, asked.enrolments)
    service.query(queries.NamePeople, asked.names)
    service.query(queries.ListTemplates, asked.templates)
    service.query(queries.EnrolmentForm, asked.form)


if __name__ == "__main__":
    build(ProgrammesSettings()).run()
