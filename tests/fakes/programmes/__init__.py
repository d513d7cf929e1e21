"""The ports of programmes in memory. Each passes the contract suite that the MongoDB adapter passes."""

from services.programmes.ports.stores import Stores
from tests.fakes.programmes.enquiries import MemoryEnquiries
from tests.fakes.programmes.enrolments import MemoryEnrolments
from tests.fakes.programmes.imports import MemoryImports
from tests.fakes.programmes.namings import MemoryNamings
from tests.fakes.programmes.participation import MemoryParticipations
from tests.fakes.programmes.parties import MemoryParties
from tests.fakes.programmes.people import MemoryPeople
from tests.fakes.programmes.programmes import MemoryProgrammes
from tests.fakes.programmes.register import MemoryRegister
from tests.fakes.programmes.templates import MemoryTemplates


def memory_stores() -> Stores:
    """Everything this service keeps, in memory."""
    return Stores(
        MemoryRegister(),
        MemoryProgrammes(),
        MemoryEnrolments(),
        MemoryPeople(),
        MemoryImports(),
        MemoryNamings(),
        MemoryParticipations(),
        MemoryParties(),
        MemoryEnquiries(),
        MemoryTemplates(),
    )
