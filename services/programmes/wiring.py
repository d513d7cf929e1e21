"""Wires what may be asked of programmes into its service, for `app.py`."""

import datetime as dt
from collections.abc import Callable

from services.programmes.handlers.commands.coordinators import CoordinatorCommands
from services.programmes.handlers.commands.templates import OwnTemplates
from services.programmes.handlers.commands.upgrades import TemplateUpgrades
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.queries.coordinators import CoordinatorQueries
from services.programmes.handlers.queries.enrolments import EnrolmentQueries
from services.programmes.handlers.queries.imports import ImportQueries
from services.programmes.handlers.queries.outcomes import OutcomeQueries
from services.programmes.handlers.queries.people import PeopleQueries
from services.programmes.handlers.queries.programmes import ProgrammeQueries
from services.programmes.handlers.queries.schools import SchoolQueries
from services.programmes.ports.stores import Stores
from services.programmes.ports.templates import Templates
from shared.bus import Service
from shared.commands import programmes as commands
from shared.commands import programmes_queries as queries
from shared.commands import programmes_released as released
from shared.commands import template_upgrades as upgrading
from shared.commands import templates as own
from shared.commands.coordinators import AddCoordinator, ListCoordinators, RemoveCoordinator
from shared.commands.outcomes import CountOutcomes
from shared.commands.people import FindPeople

__all__ = ["coordinate", "keep_templates", "wire_queries"]


def wire_queries(service: Service, stores: Stores, templates: Templates) -> None:
    """Let the service answer about schools, programmes, enrolments, imports and people."""
    schools = SchoolQueries(stores.register, stores.register)
    programmes = ProgrammeQueries(
        stores.programmes,
        stores.enrolments,
        templates=templates,
        enrolled=stores.enrolments,
        appointments=stores.programmes,
        schools=stores.register,
    )
    enrolments = EnrolmentQueries(
        stores.enrolments,
        stores.programmes,
        appointments=stores.programmes,
        people=stores.people,
        schools=stores.register,
    )
    service.query(commands.ImportStatus, ImportQueries(stores.imports).status)
    service.query(commands.ListProblemRows, ImportQueries(stores.imports).problem_rows)
    service.query(queries.ListSchools, schools.schools)
    service.query(queries.ShowSchool, schools.school)
    service.query(queries.FindAuthority, schools.authority)
    service.query(queries.ListProgrammes, programmes.programmes)
    service.query(queries.ListTemplates, programmes.templates)
    service.query(queries.EnrolmentForm, programmes.form)
    service.query(queries.ListEnrolments, enrolments.enrolments)
    service.query(released.ListEnrolments, enrolments.released)
    service.query(queries.NamePeople, enrolments.names)
    found = PeopleQueries(
        stores.people,
        stores.programmes,
        parties=stores.parties,
        schools=stores.register,
        enrolments=stores.enrolments,
    )
    service.query(FindPeople, found.find)
    outcomes = OutcomeQueries(stores.programmes, stores.enrolments, stores.register, stores.register)
    service.query(CountOutcomes, outcomes.count)


def coordinate(service: Service, stores: Stores, contacts: Contacts) -> None:
    """Wire what is asked about who coordinates."""
    coordinators = CoordinatorCommands(stores.people, contacts)
    service.command(AddCoordinator, coordinators.add)
    service.command(RemoveCoordinator, coordinators.remove)
    service.query(ListCoordinators, CoordinatorQueries(stores.people).list)


def keep_templates(service: Service, stores: Stores, templates: Templates, ids: Callable[[str], str]) -> None:
    """Wire templates that coordinators write, how a programme is set up, and newer versions for those that run."""

    def now() -> dt.datetime:
        return service.clock.now()

    written = OwnTemplates(stores.programmes, stores.templates, templates, ids, now)
    service.command(own.CheckTemplate, written.check)
    service.command(own.TakeTemplate, written.take)
    service.command(own.WithdrawTemplate, written.withdraw)
    service.command(own.ChooseLeftOpen, written.choose)
    service.query(own.ShowTemplateCheck, written.shown)
    service.query(own.ShowTemplate, written.text)
    service.query(own.ShowSetup, written.setup)
    upgrades = TemplateUpgrades(stores.programmes, stores.enrolments, stores.participations, templates, now)
    service.query(upgrading.CompareTemplate, upgrades.compare)
    service.command(upgrading.UpgradeProgramme, upgrades.upgrade)
