"""Ids derived from what they are about, so that the same cause gives the same id on every replica and replay."""

import uuid

AGREED_DAY = "avi-"
"""How the id of a day begins that people have agreed."""
_SPACE = uuid.UUID("6f2c8a52-6f1c-4f0e-9d53-2a4c3b7a9f10")


def visit_id(group_id: str, host_school_id: str, again: int = 0) -> str:
    """The visit of a group at a host; `again` counts how often the programme was taken up again before it was dated."""
    return f"vis-{uuid.uuid5(_SPACE, f'visit|{group_id}|{host_school_id}{_anew(again)}').hex}"


def event_id(cohort_id: str, activity: str, part: int = 1, again: int = 0) -> str:
    """The cohort event of an activity, or a further part of it; `again` as of a visit."""
    further = f"|{part}" if part > 1 else ""
    return f"evt-{uuid.uuid5(_SPACE, f'event|{cohort_id}|{activity}{further}{_anew(again)}').hex}"


def _anew(again: int) -> str:
    return f"|again {again}" if again else ""


def agreement_id(cause: str) -> str:
    """The agreement that a command asked for; `cause` is the command's own key."""
    return f"agr-{uuid.uuid5(_SPACE, f'agreement|{cause}').hex}"


def call_offer_id(cause: str) -> str:
    """The offer of a call that a command asked for; `cause` is the command's own key."""
    return f"off-{uuid.uuid5(_SPACE, f'call-offer|{cause}').hex}"


def open_call_id(programme_id: str, person_id: str) -> str:
    """The call that somebody books by a programme's public page, however often they choose another time."""
    return f"off-{uuid.uuid5(_SPACE, f'open-call|{programme_id}|{person_id}').hex}"


def call_id(cause: str) -> str:
    """The call that a command booked; `cause` is the command's own key."""
    return f"cal-{uuid.uuid5(_SPACE, f'call|{cause}').hex}"


def arrangement_id(match_id: str, activity: str) -> str:
    """The days of an activity for a placement."""
    return f"arr-{uuid.uuid5(_SPACE, f'arrangement|{match_id}|{activity}').hex}"


def agreed_visit_id(arrangement: str, number: int) -> str:
    """The day of an arrangement with that number."""
    return f"{AGREED_DAY}{uuid.uuid5(_SPACE, f'agreed-visit|{arrangement}|{number}').hex}"


def duty_id(programme_id: str, year: int, activity: str, school_id: str, slot: str) -> str:
    """A duty in a school year; `slot`: whose it is, where a school has several."""
    return f"dut-{uuid.uuid5(_SPACE, f'duty|{programme_id}|{year}|{activity}|{school_id}|{slot}').hex}"


def duty_week_id(programme_id: str, person_id: str, monday: str) -> str:
    """Somebody's duties in the week from a Monday."""
    return f"dwk-{uuid.uuid5(_SPACE, f'duty-week|{programme_id}|{person_id}|{monday}').hex}"


def course_id(programme_id: str, activity: str, school_id: str = "") -> str:
    """A course of sessions of a programme, or of one of its schools where each has its own."""
    at = f"|{school_id}" if school_id else ""
    return f"crs-{uuid.uuid5(_SPACE, f'course|{programme_id}|{activity}{at}').hex}"


def session_id(course: str, number: int) -> str:
    """A day of a course; its event, or the parts of it, stand under this in place of a cohort."""
    return f"ses-{uuid.uuid5(_SPACE, f'session|{course}|{number}').hex}"


def course_place_id(course: str, person_id: str) -> str:
    """Somebody's place in a course."""
    return f"plc-{uuid.uuid5(_SPACE, f'course-place|{course}|{person_id}').hex}"
