"""What became of a claimed mail, as it is noted."""

import datetime as dt
from dataclasses import dataclass

from services.notifications.domain.delivery import Verdict
from services.notifications.domain.mail import Mail


@dataclass(frozen=True)
class Settled:
    """The end of one claim, at a moment. ``extra``: the one attempt more that an unclear end allows is used up."""

    mail: Mail
    verdict: Verdict
    at: dt.datetime
    extra: bool = False
