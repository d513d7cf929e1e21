"""MongoDB behind the ports: one module a subject, queries built from typed values only."""

from services.programmes.store.enrolments import MongoEnrolments
from services.programmes.store.imports import MongoImports
from services.programmes.store.indexes import create_indexes
from services.programmes.store.people import MongoPeople
from services.programmes.store.programmes import MongoProgrammes
from services.programmes.store.register import MongoRegister

__all__ = ["MongoEnrolments", "MongoImports", "MongoPeople", "MongoProgrammes", "MongoRegister", "create_indexes"]
