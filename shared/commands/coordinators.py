"""What may be asked of `programmes` about who coordinates: they sign in to the console."""

from typing import ClassVar

from pydantic import Field

from shared.commands.base import Command, OneLine, Query, Reply


class AddCoordinator(Command):
    """Somebody may sign in to the console. `Done.id` is the person's id."""

    service: ClassVar[str] = "programmes"
    name: OneLine = Field(min_length=1, max_length=200)
    email: OneLine = Field(max_length=254)


class RemoveCoordinator(Command):
    """Somebody may not sign in any more; programmes that they coordinate stay. Refused for the last one."""

    service: ClassVar[str] = "programmes"
    person_id: str


class CoordinatorRow(Reply):
    """Somebody who may sign in."""

    person_id: str
    name: str
    email: str


class CoordinatorRows(Reply):
    """Everybody who may sign in, by name."""

    coordinators: tuple[CoordinatorRow, ...]


class ListCoordinators(Query):
    """Who may sign in to the console."""

    service: ClassVar[str] = "programmes"
    Reply: ClassVar[type[Reply]] = CoordinatorRows
