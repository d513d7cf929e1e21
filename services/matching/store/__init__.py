"""MongoDB behind the ports."""

from dataclasses import dataclass

from services.matching.store.cohorts import MongoCohorts
from services.matching.store.drafts import MongoOptions, MongoProgress
from services.matching.store.enrolments import MongoEnrolments
from services.matching.store.groups import MongoGroups
from services.matching.store.indexes import create_indexes
from services.matching.store.pins import MongoPins
from services.matching.store.programmes import MongoProgrammes
from services.matching.store.rounds import MongoRoundStores
from shared.mongo import Database

__all__ = ["MongoStores", "create_indexes"]


@dataclass(frozen=True, slots=True)
class MongoStores:
    """Port `Stores`."""

    programmes: MongoProgrammes
    enrolments: MongoEnrolments
    pins: MongoPins
    cohorts: MongoCohorts
    groups: MongoGroups
    progress: MongoProgress
    options: MongoOptions
    rounds: MongoRoundStores

    @classmethod
    def of(cls, database: Database) -> "MongoStores":
        """The stores of a database."""
        return cls(
            MongoProgrammes(database),
            MongoEnrolments(database),
            MongoPins(database),
            MongoCohorts(database),
            MongoGroups(database),
            MongoProgress(database),
            MongoOptions(database),
            MongoRoundStores.of(database),
        )
