"""Who holds which role in a programme, and who stands in which relation to whom, as it stands now.

`programmes` publishes it; a service that must know wires `RosterProjection` into its projection, keeps the records
behind the port `Roster`, and asks `directory` before it resolves references to people.
"""

from shared.roster.directory import RoleDirectory, directory
from shared.roster.port import Roster
from shared.roster.projection import RosterProjection
from shared.roster.records import Membership, Relationship, holder_of

__all__ = ["Membership", "Relationship", "RoleDirectory", "Roster", "RosterProjection", "directory", "holder_of"]
