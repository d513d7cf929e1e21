"""What `portal` publishes: which links people opened, and which lists they took away."""

from typing import ClassVar

from pydantic import Field

from shared.events.base import Event
from shared.events.notifications import Purpose


class LinkOpened(Event):
    """Somebody followed their link for the first time."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "link_id"
    link_id: str
    person_id: str
    purpose: Purpose
    target_id: str


class ListExported(Event):
    """A coordinator took a list of the console away as a file."""

    context: ClassVar[str] = "portal"
    aggregate: ClassVar[str] = "export_id"
    export_id: str
    person_id: str
    what: str = Field(description="which list")
    programme_id: str = Field("", description="of which programme; empty where it is of all")
