"""MongoDB behind the ports: one module a subject, queries built from typed values only."""

from services.programmes.ports.stores import Stores
from services.programmes.store.enquiries import MongoEnquiries
from services.programmes.store.enrolments import MongoEnrolments
from services.programmes.store.imports import MongoImports
from services.programmes.store.indexes import create_indexes
from services.programmes.store.namings import MongoNamings
from services.programmes.store.participation import MongoParticipations
from services.programmes.store.parties import MongoParties
from services.programmes.store.people import MongoPeople
from services.programmes.store.programmes import MongoProgrammes
from services.programmes.store.register import MongoRegister
from services.programmes.store.templates import MongoTemplates
from shared.mongo import Database

__all__ = ["create_indexes", "mongo_stores"]


def mongo_stores(database: Database) -> Stores:
    """Everything this service keeps, in one database."""
    return Stores(
        register=MongoRegister(database),
        programmes=MongoProgrammes(database),
        enrolments=MongoEnrolments(database),
        people=MongoPeople(database),
        imports=MongoImports(database),
        namings=MongoNamings(database),
        participations=MongoParticipations(database),
        parties=MongoParties(database),
        enquiries=MongoEnquiries(database),
        templates=MongoTemplates(database),
    )
