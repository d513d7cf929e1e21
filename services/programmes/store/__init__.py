"""MongoDB behind the ports: one module a subject, queries built from typed values only."""

from dataclasses import dataclass
from typing import Self

from services.programmes.store.enrolments import MongoEnrolments
from services.programmes.store.imports import MongoImports
from services.programmes.store.indexes import create_indexes
from services.programmes.store.people import MongoPeople
from services.programmes.store.programmes import MongoProgrammes
from services.programmes.store.register import MongoRegister
from shared.mongo import Database

__all__ = [
    "MongoEnrolments",
    "MongoImports",
    "MongoPeople",
    "MongoProgrammes",
    "MongoRegister",
    "Stores",
    "create_indexes",
]


@dataclass(frozen=True, slots=True)
class Stores:
    """One of each, on one database."""

    register: MongoRegister
    programmes: MongoProgrammes
    enrolments: MongoEnrolments
    people: MongoPeople
    imports: MongoImports

    @classmethod
    def of(cls, database: Database) -> Self:
        """Everything this service keeps in a database."""
        return cls(
            register=MongoRegister(database),
            programmes=MongoProgrammes(database),
            enrolments=MongoEnrolments(database),
            people=MongoPeople(database),
            imports=MongoImports(database),
        )
