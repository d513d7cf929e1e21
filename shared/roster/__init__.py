"""Who holds which role in a programme, who stands in which relation to whom, and which schools are together.

`programmes` publishes it; a service that must know wires `RosterProjection` into its projection, keeps the records
behind the port `Roster`, and asks `directory` before it resolves references to people. Which trust or partnership a
school is of on a day, since when and whether it came part-way: `Party.part_of`. Its category on a day: `category_on`.
"""

from shared.roster.directory import RoleDirectory, directory, directory_of
from shared.roster.port import Roster
from shared.roster.projection import RosterProjection
from shared.roster.records import Membership, Party, Relationship, SchoolStanding, category_on, holder_of, holders_of

__all__ = [
    "Membership",
    "Party",
    "Relationship",
    "RoleDirectory",
    "Roster",
    "RosterProjection",
    "SchoolStanding",
    "category_on",
    "directory",
    "directory_of",
    "holder_of",
    "holders_of",
]
