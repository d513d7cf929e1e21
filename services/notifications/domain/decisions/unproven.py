"""The mail that asks an invited person for their own answer, where a calendar's does not count."""

import datetime as dt

from services.notifications.domain import targets
from services.notifications.domain.details import AskedAgain
from services.notifications.domain.directory import Programme
from services.notifications.domain.mail import Mail
from services.notifications.domain.mailings import Occasion, mails_of
from services.notifications.domain.routing import ASKED_AGAIN
from services.notifications.domain.targets import Target, refs_of


def ask_again(
    programme: Programme | None, target: Target, person_id: str, now: dt.datetime, *, moved: bool
) -> tuple[Mail, ...]:
    """Return the mail: one a person and date however many answers come, so that nobody can be flooded by others.

    ``moved``: the answer was to an earlier date.
    """
    asked = [person for person in targets.invited(target) if person.person_id == person_id]
    date = f"{target.on}"
    occasion = Occasion(
        "CalendarAnswerUnproven", target.target_id, date, refs_of(target), AskedAgain(moved=moved),
        sequence=target.sequence,
    )  # fmt: skip
    return mails_of(occasion, programme, {"asked": asked}, now, ASKED_AGAIN)
