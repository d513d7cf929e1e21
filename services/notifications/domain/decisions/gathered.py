"""Mails that gather what comes: the weekly one, and digests."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.notifications.domain.mail import Mail
from services.notifications.domain.template_mails.records import Passage


@dataclass(frozen=True)
class Gathered:
    """What goes into the first of these mails that has not gone out. The later ones are for later days."""

    mails: Sequence[Mail]
    passage: Passage | None = None
