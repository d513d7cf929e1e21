"""The ports of programmes in memory. Each passes the contract suite that the MongoDB adapter passes."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from services.programmes.ports.stores import Stores
from tests.fakes.programmes.enrolments import MemoryEnrolments
from tests.fakes.programmes.imports import MemoryImports, MemoryUploads
from tests.fakes.programmes.people import MemoryPeople
from tests.fakes.programmes.programmes import MemoryProgrammes
from tests.fakes.programmes.register import MemoryRegister

__all__ = ["MemoryUploads", "memory_stores", "rolled_back"]


def memory_stores() -> Stores:
    """Everything this service keeps, in memory."""
    return Stores(MemoryRegister(), MemoryProgrammes(), MemoryEnrolments(), MemoryPeople(), MemoryImports())


@contextmanager
def rolled_back(stores: Stores) -> Iterator[None]:
    """Take back, as a transaction does, what was saved inside when it fails."""
    kept = (stores.register, stores.programmes, stores.enrolments, stores.people, stores.imports)
    before = [{name: copy.copy(value) for name, value in vars(store).items()} for store in kept]
    try:
        yield
    except BaseException:
        for store, values in zip(kept, before, strict=True):
            vars(store).update(values)
        raise
