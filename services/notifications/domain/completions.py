"""Keys of what people are reminded of. Once a key is kept as done, no reminder for it goes out."""


def answered(target_id: str, person_id: str) -> str:
    """Somebody has answered an invitation."""
    return f"answer/{target_id}/{person_id}"


def settled(offer_id: str) -> str:
    """People have agreed a day, or it has been withdrawn; a place on offer was taken, or has passed on."""
    return f"settled/{offer_id}"


def brief(visit_id: str) -> str:
    """A visit has its brief."""
    return f"brief/{visit_id}"


def findings(cohort_id: str, school_id: str) -> str:
    """A school's findings are in."""
    return f"findings/{cohort_id}/{school_id}"


def moment(programme_id: str, key: str, state: str) -> str:
    """A moment of a programme's clock has come."""
    return f"moment/{programme_id}/{key}.{state}"


def action(action_id: str) -> str:
    """An action is done or dropped."""
    return f"action/{action_id}"
