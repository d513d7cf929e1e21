"""What `portal` publishes: which links people opened."""

from typing import ClassVar

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
