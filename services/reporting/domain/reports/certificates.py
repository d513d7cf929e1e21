"""The record of what somebody did: only what took place, and said plainly where their part ended early."""

from collections.abc import Iterable, Iterator

from services.reporting.domain.entries.records import Entry
from services.reporting.domain.reports.blocks import CertificatePart
from services.reporting.domain.reports.material import Material
from services.reporting.domain.words import academic_year, count, day, listed
from shared.events.scheduling_parts import Attendee
from shared.template.kinds import SESSION
from shared.template.reports import Block


def certificate(block: Block, material: Material) -> CertificatePart | None:
    """The person, where and as what they took part, and what they did there; None where it is about no person."""
    person = material.subject.situation.person_id
    if not person:
        return None
    return CertificatePart(
        title=block.title or "What was done",
        name=material.name or _title(material),
        statement=_statement(material),
        text="\n\n".join(block.text),
        done=tuple(_done(material)),
        ended=_ended(material),
    )


def _title(material: Material) -> str:
    about = material.subject.situation
    role = next((one for one in material.programme.template.roles if one.key == about.person_role), None)
    return (role.title or role.key) if role else "participant"


def _statement(material: Material) -> str:
    about, programme = material.subject.situation, material.programme
    own = material.schools.get(about.school_id or "", "")
    hosts = listed(list(dict.fromkeys(material.schools.get(one.host_school_id, "") for one in material.placements)))
    who = material.name or "The holder of this record"
    of = f" of {own}" if own else ""
    at = f" at {hosts}" if hosts else ""
    year = academic_year(programme.year)
    return f"{who}{of} took part in {programme.name} in {year} as {_title(material)}{at}."


def _done(material: Material) -> Iterator[str]:
    """Days on which they were there, by activity; then what they wrote and others agreed to."""
    person, template = material.subject.situation.person_id or "", material.programme.template
    for activity in template.activities:
        held = [one for one in material.meetings if one.activity == activity.key and one.held]
        days = sorted(one.on for one in held if _was_there(person, one.present))
        made_up = sorted(one.on for one in held if person in one.caught_up and one.on not in days)
        if days or made_up:
            number = f", {count(len(days), 'day')}" if len(days) > 1 else ""
            whole = f", {len(days)} of {len(held)} dates" if activity.kind == SESSION else number
            later = f"made up for {listed([day(one) for one in made_up])}" if made_up else ""
            there = listed([day(one) for one in days])
            yield f"{activity.title}{whole}: {'; '.join(part for part in (there, later) if part)}"
    for form in template.forms:
        wrote = [one for one in material.entries.get(form.key, ()) if person in one.author_ids]
        if form.sign_off and wrote:
            yield f"{form.title}: {_agreed(wrote[-1], material)}"


def _agreed(entry: Entry, material: Material) -> str:
    assert entry.submitted is not None
    on = material.programme.local_day(entry.submitted.at)
    return f"sent in on {day(on)} and agreed by the school that it is about"


def _ended(material: Material) -> str:
    """What is said where somebody's part ended before everything was held that it should have led to."""
    person = material.subject.situation.person_id or ""
    left = [one for one in material.placements if one.left_by(person)]
    if not left or len(left) < len(material.placements):
        return ""
    held = {meeting.activity for meeting in material.meetings if meeting.held and _was_there(person, meeting.present)}
    missing = [one.title for one in material.programme.template.activities if one.key not in held]
    on = max((day_ for one in left if (day_ := one.left_on(person))), default=None)
    when = f" on {day(on)}" if on else ""
    did_not = f" Not held with them: {listed(missing)}." if missing else ""
    return f"Their part ended early{when}.{did_not} What is listed here was done before that."


def _was_there(person: str, present: Iterable[Attendee]) -> bool:
    return any(one.person_id == person for one in present)
