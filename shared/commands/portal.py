"""What may be asked of `portal`: links."""

from typing import ClassVar

from shared.commands.base import Command


class RevokeLinks(Command):
    """Links of a person stop working at once, all of them or those about one target."""

    service: ClassVar[str] = "portal"
    person_id: str
    target_id: str = ""
