"""Turns what is known into the views that templates print, and collects whom a mail names (for erasure)."""

from typing import Any, TypeVar

from services.notifications.domain import words
from services.notifications.domain.details import Details
from services.notifications.domain.directory import Programme, School
from services.notifications.domain.lists import LONGEST_TEXT, cut, first
from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import Target
from services.notifications.mail.packs import Notes, notes
from services.notifications.mail.snapshot import Snapshot
from services.notifications.mail.views import BriefView, GroupView, MeView, PersonView, SchoolView, TargetView
from shared.commands.event_programmes import EventProgramme
from shared.commands.scheduling import BriefText
from shared.events.template import Activity
from shared.template.activities import Activity as WholeActivity
from shared.template.kinds import SESSION

D = TypeVar("D", bound=Details)
_LONGEST_ITEM = 200
"""Characters of an item of an agenda; it stands four times in a mail."""
NO_ROLE = "participant"
"""As what somebody is known who holds no role: an owner of an action, somebody to be introduced."""
_SOMEBODY = "(name removed)"
_TITLES = {"agreed-day": "Day", "call": "Call"}
_BECAUSE = {
    "agreed-visit": "you are one of those who agree this day",
    "agreed-day": "you are one of those who agree a day",
    "call-offer": "you are asked to choose a time for a call",
    "call": "you are in this call",
    "participation": "your school is asked whether it takes part",
    "sign-in": "somebody asked to sign in with your address",
    "sign-in-locked": "you coordinate programmes with Kindred",
}


class Presenter:
    """Makes the views for one mail. ``mentions`` collects every person named. ``attached``: a report is attached."""

    def __init__(self, mail: Mail, known: Snapshot, *, attached: bool = False) -> None:
        self.mail = mail
        self.known = known
        self.attached = attached
        self.mentions: set[str] = {mail.person_id}

    @property
    def programme(self) -> Programme | None:
        """The mail's programme."""
        return self.known.programmes.get(self.mail.programme_id or "")

    def details(self, kind: type[D]) -> D:
        """Return the details of its kind; raises ValueError when they are not stored with the mail."""
        if not isinstance(self.mail.details, kind):
            raise ValueError(f"a {self.mail.template} without its details")  # noqa: TRY004 - what is stored is wrong
        return self.mail.details

    def name(self, person_id: str) -> str:
        """Return a person's name."""
        self.mentions.add(person_id)
        card = self.known.cards.get(person_id)
        return card.name if card else _SOMEBODY

    def person(self, person_id: str, role: str) -> PersonView:
        """Return a person with their role."""
        return PersonView(self.name(person_id), self.title(role))

    def school_name(self, school_id: str | None) -> str:
        """Return a school's name."""
        school = self.known.school(self.mail, school_id)
        return school.name if school else ""

    def me(self) -> MeView:
        """Return the recipient, and why they get the mail."""
        role, school = self.title(self.mail.role), self.school_name(self.mail.school_id)
        programme = self.programme.name if self.programme else "the programme"
        place = f" of {school}" if school else ""
        because = f"you are {role}{place} in {programme}"
        if self.mail.role == NO_ROLE:
            because = f"somebody in {programme} has named you"
        if self.mail.role == "facilitator":
            because = f"you lead visit days in {programme}"
        if self.mail.role == "coordinator":
            because = f"you coordinate {programme}"
        because = _BECAUSE.get(self.mail.refs.get("target_kind", ""), because)
        return MeView(self.name(self.mail.person_id), role, school or programme, because)

    def title(self, role: str) -> str:
        """Return a role in words: the template's own, where it declares them."""
        return self.programme.title(role) if self.programme else words.role_title(role)

    def others(self) -> str:
        """Return, by name, with whom the reader agrees a day or has a call."""
        people = self.mail.refs.get("people", "").split()
        return words.listed([self.name(one) for one in people if one != self.mail.person_id])

    def group(self) -> GroupView:
        """Return the group that the mail is about, with its leaders by name."""
        group = self.known.groups[self.mail.refs["group"]]
        views = {
            school_id: self._school_with_pair(self.known.school(self.mail, school_id)) for school_id in group.school_ids
        }
        others = tuple(view for school_id, view in views.items() if school_id != self.mail.school_id)
        return GroupView(group.number, tuple(views.values()), others)

    def _school_with_pair(self, school: School | None) -> SchoolView:
        if school is None:
            return SchoolView("A further school")
        pair = self.programme.pair if self.programme else ()
        people = tuple(self.person(m.person_id, m.role) for m in school.people if m.role in pair)
        return SchoolView(school.name, school.town, people)

    def target(self, target: Target, moved_from: str = "", why: str = "") -> TargetView:
        """Return what people are invited to, in words."""
        activity = self._activity(target)
        host = self.known.school(self.mail, target.host_school_id)
        brief = self.known.briefs.get(target.target_id)
        leads = target.facilitator_id and target.facilitator_id != self.mail.person_id
        return TargetView(
            title=target.title or (activity.title if activity else _TITLES.get(target.kind, "Visit")),
            when=words.when(target.on, target.starts, target.ends),
            day=words.day(target.on),
            hours=words.hours(target.starts, target.ends),
            starts=words.clock(target.starts) if target.starts is not None else "",
            place=host.place if host else target.place,
            purpose=self._purpose(activity),
            host=host.name if host else "",
            here=bool(host) and self.mail.school_id == target.host_school_id,
            facilitator=self.name(target.facilitator_id) if leads and target.facilitator_id else "",
            schools=self._who_comes(target) if target.kind == "visit" else (),
            brief=brief_view(brief) if brief else None,
            brief_follows=bool(self.programme and self.programme.template),
            moved_from=moved_from,
            why=words.why(why, cancelled=target.state == "cancelled") if why else "",
            others=self.others(),
            course=activity is not None and activity.kind == SESSION,
            **_notes(notes(self.programme, target, self.known.packs, self.mail.school_id)),
            **_event(self.known.events.get(target.target_id), target.place),
        )

    def _purpose(self, activity: Activity | WholeActivity | None) -> str:
        """Why people meet, with the theme that was chosen for it; a day of a course has its own in its title."""
        if activity is None:
            return ""
        themes = self.programme.themes if self.programme and activity.kind != SESSION else {}
        theme = themes.get(activity.key, "")
        return " ".join(part for part in (activity.purpose, f"The theme: {theme}." if theme else "") if part)

    def _activity(self, target: Target) -> Activity | WholeActivity | None:
        found = self.programme.activities if self.programme else ()
        return next((activity for activity in found if activity.key == target.activity), None)

    def _who_comes(self, target: Target) -> tuple[SchoolView, ...]:
        by_school: dict[str, list[PersonView]] = {}
        for attendee in target.attendees:
            by_school.setdefault(attendee.school_id or "", []).append(self.person(attendee.person_id, attendee.role))
        found = []
        for school_id, people in by_school.items():
            school = self.known.school(self.mail, school_id)
            found.append(SchoolView(school.name if school else "", school.town if school else "", tuple(people)))
        return tuple(found)


def _event(found: EventProgramme | None, place: str) -> dict[str, Any]:
    """What a mail says of an event besides when and where it is; how to get in once, where the place says it."""
    if found is None:
        return {}
    agenda = []
    items, more = first(found.agenda)
    for item in items:
        speaker = f"{item.speaker} ({item.sector})" if item.speaker and item.sector else item.speaker or item.sector
        agenda.append((cut(": ".join(part for part in (item.title, speaker) if part), _LONGEST_ITEM), item.material))
    agenda += [(f"And {more} more, which you see on the page", "")] if more else []
    access = found.venue.access
    return {"access": "" if access and access in place else access, "agenda": tuple(agenda), "tables": found.seated}


def _notes(found: Notes | None) -> dict[str, Any]:
    """What the host writes for who comes: to be read, or to follow."""
    if found is None:
        return {}
    return {"notes": ((found.title, found.page.label),)} if found.page else {"notes_follow": True}


def brief_view(brief: BriefText) -> BriefView:
    """Return a brief as mails print it. Long ones are cut; the page shows them whole."""
    notes = brief.notes
    rows = (
        ("Arrival", notes.arrival), ("Sign in", notes.sign_in), ("Bring", notes.identity), ("Parking", notes.parking),
        ("Safeguarding", notes.safeguarding_lead),
    )  # fmt: skip
    return BriefView(_cut(brief.practice), _cut(brief.challenge), tuple((label, text) for label, text in rows if text))


def _cut(text: str) -> str:
    return cut(text, LONGEST_TEXT, "… (more on the page)")
