"""What goes otherwise than planned, once each: a late decline, and a stand-in whom nobody had allowed."""

import datetime as dt

from kindred.demo.round import Round
from kindred.demo.visits.answering import by_page
from kindred.demo.visits.forming import remember_visits
from shared.commands.scheduling import VisitDetail


async def decline_inside_notice(this: Round, friday: dt.date) -> None:
    """Somebody declines a visit of next week: nothing moves by itself, the coordinator is asked."""
    story = this.story
    near = [row for row in story.visits.values() if friday < row.visit.on <= friday + dt.timedelta(days=7)]
    if story.absent or not near:
        return
    row = near[0]
    key, person = row.visit.visit_id, row.visit.attendees[-1].person_id
    template = "visit-moved" if key in story.moved else "visit-invitation"
    await by_page(this, template, person, key, "declined")
    story.absent.add((person, key))
    await this.settle()
    await remember_visits(this)
    this.checks.equal("a decline inside the notice period moves nothing", story.visits[key].visit.on, row.visit.on)
    story.expect("coordinator-question", [story.coordinator()], key)
    story.notes.append(f"{story.name(person)} declined {row.visit.on} too late to move it; the coordinator was asked")


async def substitute(this: Round, due: list[VisitDetail]) -> None:
    """A CPD lead comes in a colleague's place: refused as attendance until the coordinator allows it, on the day.

    Once the day has passed nobody is invited to it any more: those mails would be held.
    """
    story = this.story
    assert story.now is not None
    today = [row for row in due if row.visit.on == story.now.date()]
    if any(note.startswith("Stand-in") for note in story.notes) or not today:
        return
    row = today[-1]
    key, host = row.visit.visit_id, row.visit.host_school_id
    away = next(
        a for a in reversed(row.visit.attendees) if a.school_id not in {host, None} and a.role == "senior-leader"
    )
    (stands_in,) = story.at(away.school_id or "", "cpd-lead")
    told = await this.coordinator.refused("visits", "attendance", key, "--came", stands_in)
    this.checks.true("a stand-in nobody allowed is refused", bool(told["sentence"]), str(told))
    await this.coordinator.run("visits", "substitute", key, away.person_id, stands_in)
    story.expect("visit-changed", [away.person_id, stands_in], key)
    await this.settle()
    await remember_visits(this)
    inside = [a for a in story.visits[key].visit.attendees if a.person_id == stands_in]
    this.checks.equal(
        "a stand-in the coordinator allowed is on record", [a.substitute_for for a in inside], [away.person_id]
    )
    story.notes.append(
        f"Stand-in: {story.name(stands_in)} came for {story.name(away.person_id)}, allowed by the coordinator"
    )
