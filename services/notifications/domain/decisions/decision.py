"""What a decision returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.notifications.domain.decisions.gathered import Gathered
from services.notifications.domain.directory import Group
from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import Target


@dataclass(frozen=True)
class Decision:
    """What is to be kept and sent. ``completed``: keys of what needs no more reminders, with the SEQUENCE.

    ``gathered``: what goes into mails that wait for more.
    """

    mails: tuple[Mail, ...] = ()
    target: Target | None = None
    group: Group | None = None
    completed: Mapping[str, int] = field(default_factory=dict)
    gathered: tuple[Gathered, ...] = ()
