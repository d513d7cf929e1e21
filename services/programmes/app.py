"""Wires the service; nothing else does."""

import datetime as dt
import uuid
from collections.abc import Callable

from services.programmes.adapters.mails import BusSentMails
from services.programmes.adapters.naming import BusNamedPeople
from services.programmes.files.templates import TemplateFolder
from services.programmes.handlers.asking_again import AskingAgain
from services.programmes.handlers.commands.categories import CategoryCommands
from services.programmes.handlers.commands.enrolments import EnrolmentCommands
from services.programmes.handlers.commands.facilitators import FacilitatorCommands
from services.programmes.handlers.commands.handing_over import HandingOver
from services.programmes.handlers.commands.imports import ImportCommands
from services.programmes.handlers.commands.lines import LineCommands
from services.programmes.handlers.commands.memberships import MembershipCommands
from services.programmes.handlers.commands.participation import ParticipationCommands
from services.programmes.handlers.commands.parties import PartyCommands
from services.programmes.handlers.commands.party_people import PartyPeopleCommands
from services.programmes.handlers.commands.people import PeopleCommands
from services.programmes.handlers.commands.profiles import ProfileCommands
from services.programmes.handlers.commands.programmes import ProgrammeCommands
from services.programmes.handlers.commands.states import StateCommands
from services.programmes.handlers.commands.undoing import Undoing
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.events import CountedEntries, Erasures
from services.programmes.handlers.known_templates import KnownTemplates
from services.programmes.handlers.lines import Lines
from services.programmes.handlers.moments import MOMENT, UNTIL
from services.programmes.handlers.participation import PROVISIONAL, Parts
from services.programmes.handlers.places import Places
from services.programmes.handlers.profiles import Profiles
from services.programmes.handlers.queries.imports import ImportQueries
from services.programmes.handlers.queries.participation import ParticipationQueries
from services.programmes.handlers.queries.parties import PartyQueries
from services.programmes.handlers.queries.profiles import ProfileQueries
from services.programmes.handlers.situations import Situations
from services.programmes.handlers.taking_enquiries import take_enquiries
from services.programmes.handlers.timers import ClockTimers, EnrolmentTimers, ParticipationTimers
from services.programmes.handlers.together import Together
from services.programmes.handlers.workers.imports.enrolments import EnrolmentsImporter
from services.programmes.handlers.workers.imports.facilitators import FacilitatorsImporter
from services.programmes.handlers.workers.imports.following_trusts import TrustFollowing
from services.programmes.handlers.workers.imports.inspections import InspectionsImporter
from services.programmes.handlers.workers.imports.parties import PartiesImporter, PartyActs
from services.programmes.handlers.workers.imports.register import RegisterImporter
from services.programmes.handlers.workers.imports.runner import Runner
from services.programmes.handlers.workers.naming import NamingWorker
from services.programmes.handlers.workers.owners import OwnersWorker
from services.programmes.ports.imports import SentMails
from services.programmes.ports.naming import NamedByEntries
from services.programmes.ports.stores import Stores
from services.programmes.settings import ProgrammesSettings
from services.programmes.store import create_indexes, mongo_stores
from services.programmes.wiring import coordinate, keep_templates, wire_queries
from shared.bus import Service
from shared.commands import imports as of_imports
from shared.commands import participation as taking_part
from shared.commands import parties as asked_of_parties
from shared.commands import programme_states as states
from shared.commands import programmes as commands
from shared.commands.profiles import ChangeProfile, ShowProfile
from shared.events.forms import EntryWithdrawn, FormAgreed, FormSubmitted, PlanChanged
from shared.events.pairs import PlaceShared
from shared.events.programmes import PersonErased
from shared.events.programmes_parts import SchoolWithdrawn
from shared.settings import Settings, validated

__all__ = ["build", "new_id"]


def new_id(prefix: str) -> str:
    """A fresh id."""
    return f"{prefix}-{uuid.uuid4().hex}"


def build(
    settings: Settings,
    *,
    stores: Stores | None = None,
    named: NamedByEntries | None = None,
    mails: SentMails | None = None,
    ids: Callable[[str], str] = new_id,
) -> Service:
    """The service, not yet connected. Tests hand in what it keeps, and ids."""
    own = settings if isinstance(settings, ProgrammesSettings) else ProgrammesSettings(**settings.model_dump())
    service = Service("programmes", own)
    service.on_start(lambda: create_indexes(service.database))
    stores = stores or mongo_stores(service.database)
    templates = KnownTemplates(TemplateFolder(own.templates_folder), stores.templates)
    contacts = Contacts(stores.people, ids)
    facilitators = FacilitatorCommands(stores.programmes, stores.programmes, contacts, stores.register)
    situations = _situations(stores, contacts)
    again = AskingAgain(stores.programmes, stores.participations)
    programmes = ProgrammeCommands(
        stores.programmes, stores.enrolments, contacts=contacts, templates=templates, again=again
    )
    acts = _acts(stores, situations)
    people = PeopleCommands(stores.people, stores.enquiries)
    _command(service, programmes, facilitators=facilitators, enrolments=acts.enrolments, people=people)
    _hold(service, MembershipCommands(situations, stores.namings, acts.together.lines), acts)
    _be_together(service, stores, acts)
    _stand(service, StateCommands(stores.programmes, again))
    _take_part(service, stores, Parts(situations, stores.register, stores.participations, stores.participations))
    coordinate(service, stores, contacts)
    runner = _runner(service, stores, situations, acts, facilitators=facilitators, own=own)
    undoing = Undoing(stores.imports, situations, acts.enrolments, mails or BusSentMails(lambda: service.client))
    _import(service, stores, ImportCommands(stores.imports, runner.wake, ids), undoing)
    service.task("imports", lambda: runner.run(service.transact, service.uploads))
    wire_queries(service, stores, templates)
    keep_templates(service, stores, templates, ids)
    _name(service, stores, contacts, named or BusNamedPeople(lambda: service.client))
    take_enquiries(service, stores, contacts, ids=ids, days=own.enquiry_days)
    service.timer(UNTIL, EnrolmentTimers(stores.programmes, programmes).over)
    service.timer(MOMENT, ClockTimers(stores.programmes).moment)
    return service


def _import(service: Service, stores: Stores, imports: ImportCommands, undoing: Undoing) -> None:
    service.command(commands.ImportFile, imports.start)
    service.command(of_imports.GoOnWithImport, imports.go_on)
    service.slow_command(of_imports.UndoImport, undoing.undo)
    service.query(of_imports.ShowImportUndo, undoing.show)
    service.query(of_imports.ListImports, ImportQueries(stores.imports).latest)


def _situations(stores: Stores, contacts: Contacts) -> Situations:
    return Situations(
        stores.programmes,
        stores.register,
        enrolments=stores.enrolments,
        contacts=contacts,
        parties=stores.parties,
        participations=stores.participations,
    )


def _command(
    service: Service,
    programmes: ProgrammeCommands,
    *,
    facilitators: FacilitatorCommands,
    enrolments: EnrolmentCommands,
    people: PeopleCommands,
) -> None:
    service.command(commands.OpenProgramme, programmes.open)
    service.command(commands.CloseEnrolment, programmes.close)
    service.command(commands.ReopenEnrolment, programmes.reopen)
    service.command(commands.AppointFacilitator, facilitators.appoint)
    service.command(commands.EnrolSchool, enrolments.enrol)
    service.command(commands.AdmitSchool, enrolments.admit)
    service.command(commands.CorrectEnrolment, enrolments.correct)
    service.command(commands.AmendEnrolment, enrolments.amend)
    service.command(commands.WithdrawSchool, enrolments.withdraw)
    service.command(commands.AddPerson, enrolments.add_person)
    service.command(commands.CorrectAddress, people.correct)
    service.command(commands.ErasePerson, people.erase)


def _name(service: Service, stores: Stores, contacts: Contacts, people: NamedByEntries) -> None:
    naming = NamingWorker(stores.programmes, stores.namings, contacts=contacts, people=people)
    service.worker(FormSubmitted, "programmes-named-in-entries", naming.submitted)
    service.subscribe(EntryWithdrawn, "programmes-entries-withdrawn", naming.withdrawn)
    owners = OwnersWorker(stores.programmes, contacts, people)
    service.worker(FormAgreed, "programmes-owners-of-actions", owners.agreed)
    service.worker(PlanChanged, "programmes-owners-changed", owners.changed)
    service.subscribe(PersonErased, "programmes-person-erased", Erasures(stores.people, stores.parties).erased)


def _hold(service: Service, memberships: MembershipCommands, acts: PartyActs) -> None:
    leaver = HandingOver(acts.together, memberships, acts.people)
    service.command(asked_of_parties.HandOverPlaces, leaver.hand_over)
    service.command(commands.ReplacePerson, memberships.replace)
    service.command(commands.LeaveRole, memberships.leave)


def _now(service: Service) -> Callable[[], dt.datetime]:
    def now() -> dt.datetime:
        return service.clock.now()

    return now


def _acts(stores: Stores, situations: Situations) -> PartyActs:
    lines = Lines(stores.parties, stores.people)
    party = Together(
        situations,
        stores.parties,
        people=stores.people,
        register=stores.register,
        lines=lines,
    )
    return PartyActs(
        party,
        PartyCommands(party, stores.register),
        PartyPeopleCommands(party),
        EnrolmentCommands(situations, party),
        LineCommands(stores.programmes, stores.parties, stores.people, lines),
    )


def _be_together(service: Service, stores: Stores, acts: PartyActs) -> None:
    whole, people, lines = acts.whole, acts.people, acts.lines
    service.command(asked_of_parties.EnrolTrust, whole.enrol_trust)
    service.command(asked_of_parties.EnrolPartnership, whole.enrol_partnership)
    service.command(asked_of_parties.ChangePartnership, whole.change)
    service.command(asked_of_parties.TrainTogether, whole.train)
    service.command(asked_of_parties.WithdrawParty, whole.withdraw)
    service.command(asked_of_parties.NamePartyPerson, people.name)
    service.command(asked_of_parties.ReplacePartyPerson, people.replace)
    service.command(asked_of_parties.LeavePartyRole, people.leave)
    service.command(asked_of_parties.DeclareRelation, lines.declare)
    service.command(asked_of_parties.EndRelation, lines.end)
    places = Places(acts.together.situations, stores.parties, stores.register)
    service.subscribe(PlaceShared, "programmes-places-shared", places.shared)
    service.subscribe(SchoolWithdrawn, "programmes-places-left", places.left)
    categories = CategoryCommands(acts.together)
    service.command(asked_of_parties.DecideCategory, categories.decide)
    service.subscribe(FormSubmitted, "programmes-categories-told", categories.told)
    known = PartyQueries(
        stores.programmes,
        stores.parties,
        people=stores.people,
        schools=stores.register,
        now=_now(service),
    )
    service.query(asked_of_parties.ListParties, known.parties)
    service.query(asked_of_parties.ListRelations, known.relations)
    service.query(asked_of_parties.ListCategories, known.categories)


def _stand(service: Service, commands: StateCommands) -> None:
    service.command(states.RecruitProgramme, commands.recruit)
    service.command(states.PostponeProgramme, commands.postpone)
    service.command(states.ResumeProgramme, commands.resume)
    service.command(states.CompleteProgramme, commands.complete)
    service.command(states.ArchiveProgramme, commands.archive)


def _take_part(service: Service, stores: Stores, parts: Parts) -> None:
    asked = ParticipationCommands(parts)
    service.command(taking_part.AskSchool, asked.ask)
    service.command(taking_part.AnswerParticipation, asked.answer)
    service.command(taking_part.ExceptFromRule, asked.except_from)
    service.command(taking_part.DecideParticipation, asked.decide)
    known = ParticipationQueries(
        stores.programmes,
        stores.enrolments,
        stores.participations,
        stores.participations,
        schools=stores.register,
        people=stores.people,
        parties=stores.parties,
    )
    service.query(taking_part.ListParticipation, known.list)
    service.query(taking_part.ShowParticipation, known.show)
    profiles = Profiles(stores.programmes, stores.enrolments, stores.participations, stores.register)
    service.command(ChangeProfile, ProfileCommands(parts.situations, profiles).change)
    service.query(ShowProfile, ProfileQueries(profiles, parts.situations.contacts, _now(service)).show)
    counted = CountedEntries(stores.programmes, stores.participations, parts).written
    service.subscribe(FormSubmitted, "programmes-entries-counted", counted)
    service.subscribe(EntryWithdrawn, "programmes-entries-uncounted", counted)
    service.timer(PROVISIONAL, ParticipationTimers(parts).provisional)


def _runner(
    service: Service,
    stores: Stores,
    situations: Situations,
    acts: PartyActs,
    *,
    facilitators: FacilitatorCommands,
    own: ProgrammesSettings,
) -> Runner:
    return Runner(
        stores.imports,
        {
            "register": RegisterImporter(
                stores.register, stores.enrolments, stores.programmes, TrustFollowing(acts.together), own.import_batch
            ),
            "inspections": InspectionsImporter(stores.register, stores.register, service.clock),
            "enrolments": EnrolmentsImporter(situations, stores.register),
            "facilitators": FacilitatorsImporter(facilitators),
            "parties": PartiesImporter(acts),
        },
        owner=new_id("own"),
        lease_seconds=own.import_lease_seconds,
        clock=service.clock,
    )


if __name__ == "__main__":
    build(validated(ProgrammesSettings)).run()
