"""What a mail is written from before anything has happened: real people and schools, and stand-ins for the rest.

Nothing of it is kept or published. `Staged.assumed` says in sentences what stands in for what.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from services.notifications.domain.details import CallLength, Change, Details, News, OwedStage, OwnWords, ReportNews
from services.notifications.domain.directory import Group
from services.notifications.domain.kinds import COURSE_DATES, KINDS
from services.notifications.domain.mail import Mail, compose_row
from services.notifications.domain.recipients import Letter
from services.notifications.domain.targets import Kind, Target, refs_of
from services.notifications.domain.template_mails.people import Recipient
from services.notifications.domain.template_mails.records import FormEntry, Owed, Passage, Placement, Together
from services.notifications.domain.template_mails.samples import Sample
from services.notifications.mail.scene import Scene
from services.notifications.mail.template_facts import TemplateFacts
from shared.events.scheduling_parts import Attendee
from shared.template import Activity, Form, Task, Template
from shared.template.answers import choices
from shared.template.kinds import AGREED, CALL
from shared.template.moments import parse_moment

TASK, ENTRY, THING, MATCH, PAIR, TARGET, GROUP, REPORT = (
    f"preview-{one}" for one in ("task", "entry", "thing", "match", "pair", "date", "group", "report")
)
_DATES = {"visit", "event"}
_A_WEEK = dt.timedelta(weeks=1)
_TEN = dt.time(10)
_HALF_AN_HOUR = 30
"""Minutes of a call whose length the template leaves open."""


@dataclass(frozen=True)
class Staged:
    """A mail with everything that it is written from."""

    mail: Mail
    facts: TemplateFacts = field(default_factory=TemplateFacts)
    targets: dict[str, Target] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()


def stage(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    """Return a mail of a template as it would be written for somebody. Raises KeyError for a part that is not there."""
    return _STAGES[sample.section](sample, scene, now)


def _task(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    task = next(one for one in scene.template.tasks if one.key == sample.of)
    do, of = task.do.kind_and_key()
    about = _about_of(task, scene.template)
    facts, targets, assumed = _things(about, scene)
    due = scene.day(task.due, task)
    owed = Owed(
        version=1, task_id=TASK, programme_id=scene.programme.programme_id, task=task.key, do=do, of=of,
        person_ids=(scene.partner_id,) if sample.state == "missed" else (scene.someone.person_id,),
        about=about, about_id=_id_of(about, scene), school_id=scene.home_id, due=due,
        state="missed" if sample.state == "missed" else "open",
    )  # fmt: skip
    refs = {"task": TASK, **({"school": scene.home_id} if scene.home_id else {})}
    weekly = sample.template == "weekly-tasks"
    details = Details() if weekly else OwedStage.model_validate({"stage": sample.state})
    mail = _mail(sample, scene, now, refs={} if weekly else refs, details=details)
    facts = replace(facts, tasks={TASK: owed}, owed={scene.someone.person_id: (owed,)} if weekly else {})
    return Staged(mail, facts, targets, assumed=(f"It is taken to be due on {due:%d/%m/%Y}.", *assumed))


def _about_of(task: Task, template: Template) -> str:
    """The kind of thing that a task is about: of its form, of what it answers, or of what opens it."""
    do, of = task.do.kind_and_key()
    form = template.form(of)
    if do == "form" and form is not None:
        return form.about
    if form is not None or template.activity(of):
        return "match" if do == "choose" else of
    anchor = parse_moment(task.opens).anchor
    return anchor if template.form(anchor) or template.activity(anchor) else "school"


def _own(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    said = next(one for one in scene.template.mails if one.key == sample.of)
    anchor = parse_moment(said.on).anchor
    template = scene.template
    passage = Passage(mail=said.key, school_id=scene.home_id or "")
    facts, targets, assumed = _things(anchor, scene)
    task = next((one for one in template.tasks if one.key == anchor), None)
    of = next((one for one in template.matching if one.key == anchor), None)
    if template.form(anchor):
        passage = passage.model_copy(update={"entry_id": ENTRY})
    elif task is not None:
        owed = _task(replace(sample, of=task.key, state="asked", template="task"), scene, now)
        facts, targets, assumed = owed.facts, owed.targets, owed.assumed
        passage = passage.model_copy(update={"task_id": TASK})
    elif of is not None:
        passage = passage.model_copy(
            update={"round": of.key, **({"match_id": MATCH} if of.people else {"pair_id": PAIR})}
        )
    elif template.activity(anchor):
        passage = passage.model_copy(update={"target_id": TARGET, "before": str(scene.today)})
    elif any(one.key == anchor for one in template.reports):
        passage = passage.model_copy(update={"report": anchor, "report_id": REPORT})
    mail = _mail(sample, scene, now, refs={}, details=OwnWords(passages=(passage,)), essential=said.essential)
    counted = {(form.key, "submitted"): max(1, len(scene.schools)) for form in template.forms if form.many}
    if any("count}" in text for text in (said.subject, *said.text)):
        assumed = (*assumed, "One entry of each school is counted.")
    counts = {scene.programme.programme_id: counted}
    facts = replace(facts, passages={mail.mail_id: (passage,)}, counts=counts)
    return Staged(mail, facts, targets, assumed=assumed)


def _form(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    facts, targets, assumed = _things(sample.of, scene)
    refs = {"entry": ENTRY, "person": scene.partner_id, **({"school": scene.home_id} if scene.home_id else {})}
    if sample.state not in {"changes-asked", "answered"}:
        del refs["person"]
    details = News.model_validate({"news": sample.state})
    return Staged(_mail(sample, scene, now, refs=refs, details=details), facts, targets, assumed=assumed)


def _report(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    report = next(one for one in scene.template.reports if one.key == sample.of)
    facts, targets, assumed = _things(report.about, scene)
    details = ReportNews(
        news="released", report=report.key, about=report.about, about_id=_id_of(report.about, scene), pages=2,
        size=80_000,
    )  # fmt: skip
    refs = {"report_kind": report.key, "report": REPORT, **({"school": scene.home_id} if scene.home_id else {})}
    mail = _mail(sample, scene, now, refs=refs, details=details)
    return Staged(mail, facts, targets, assumed=(*assumed, "The report is taken to have two pages."))


def _date(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    if sample.template == "cohort-formed":
        return _group(sample, scene, now)
    activity = scene.template.activity(sample.of)
    if activity is None:
        raise KeyError(sample.of)
    target = _target(activity, scene, hosts=sample.state == "hosts")
    if sample.state == "cancelled":
        target = target.model_copy(update={"state": "cancelled"})
    refs = refs_of(target)
    passages: dict[str, tuple[Passage, ...]] = {}
    details: Details = Change(moved_from=target.on - _A_WEEK if sample.state == "moved" else None)
    if activity.kind == CALL:
        minutes = activity.lasts or _HALF_AN_HOUR
        target = _called(target, minutes)
        details = CallLength(minutes=minutes, chosen_by=scene.someone.person_id)
        refs |= {"people": scene.partner_id}
    if activity.kind in AGREED:
        refs |= {"match": MATCH, "activity": activity.key, "school": target.host_school_id or ""}
    if sample.template == COURSE_DATES:
        refs, details = {"activity": activity.key}, OwnWords()
    standing = {"hosts": "host", "leads": "facilitator"}.get(sample.state, "asked")
    mail = _mail(sample, scene, now, refs=refs, details=details, standing=standing)
    if sample.template == COURSE_DATES:
        passages = {mail.mail_id: (Passage(mail="", target_id=TARGET),)}
    facts = replace(TemplateFacts(), passages=passages)
    return Staged(mail, facts, {TARGET: target}, assumed=(_dated(target), *_was(sample)))


def _called(target: Target, minutes: int) -> Target:
    """A call at ten."""
    begins = dt.datetime.combine(target.on, _TEN)
    return target.model_copy(update={"starts": _TEN, "ends": (begins + dt.timedelta(minutes=minutes)).time()})


def _was(sample: Sample) -> tuple[str, ...]:
    return ("It is taken to have been a week earlier.",) if sample.state == "moved" else ()


def _group(sample: Sample, scene: Scene, now: dt.datetime) -> Staged:
    ids = dict.fromkeys((*((scene.home_id,) if scene.home_id else ()), *(one.school_id for one in scene.schools)))
    group = Group(
        group_id=GROUP, cohort_id="preview-cohort", programme_id=scene.programme.programme_id, number=1,
        school_ids=tuple(ids)[:4],
    )  # fmt: skip
    mail = _mail(sample, scene, now, refs={"group": GROUP, "cohort": "preview-cohort"}, details=Details())
    return Staged(mail, groups={GROUP: group}, assumed=("The first schools of the programme stand in for a group.",))


def _mail(
    sample: Sample, scene: Scene, now: dt.datetime, *, refs: Mapping[str, str], details: Details,
    standing: str = "asked", essential: bool = True,
) -> Mail:  # fmt: skip
    kind, who = KINDS[sample.template], scene.someone
    method = "REQUEST" if kind.calendar else None
    letter = Letter(kind, who.person_id, who.role, who.school_id, standing, essential, method)  # type: ignore[arg-type]  # one of three words
    cause = f"preview/{sample.key}/{scene.programme.programme_id}"
    return compose_row(letter, cause, now, programme_id=scene.programme.programme_id, refs=dict(refs), details=details)


def _things(about: str, scene: Scene) -> tuple[TemplateFacts, dict[str, Target], tuple[str, ...]]:
    """Stand-ins for what something is about: an entry, a placement, a pair, a date; and what is said of them."""
    form, activity = scene.template.form(about), scene.template.activity(about)
    if about in _DATES and activity is None:
        kinds = {"visit", *AGREED} if about == "visit" else {"cohort-event", "session"}
        activity = next((one for one in scene.template.activities if one.kind in kinds), None)
    of = next((one for one in scene.template.matching if one.key == about), None)
    if form is not None:
        facts, targets, assumed = _things(form.about, scene) if form.about != form.key else _things("school", scene)
        entries = {**facts.entries, ENTRY: _entry(form, scene)}
        said = f"An entry of “{form.title}” stands in, with the first choice of each list."
        return replace(facts, entries=entries), targets, tuple(dict.fromkeys((said, *assumed)))
    if activity is not None:
        target = _target(activity, scene)
        return TemplateFacts(targets={TARGET: target}), {TARGET: target}, (_dated(target),)
    if about == "pair" or (of is not None and not of.people and of.who):
        return TemplateFacts(pairs={PAIR: _pair(scene)}), {}, ("The first other person stands in for a partner.",)
    if about == "match" or (of is not None and of.people):
        return _placement(scene)
    return TemplateFacts(), {}, ()


def _placement(scene: Scene) -> tuple[TemplateFacts, dict[str, Target], tuple[str, ...]]:
    of = next((one for one in scene.template.matching if one.people), None)
    things = scene.template.form(of.things or "") if of else None
    placement = Placement(
        version=1, match_id=MATCH, programme_id=scene.programme.programme_id, round=of.key if of else "",
        person_id=scene.someone.person_id, role=scene.someone.role, school_id=scene.home_id or "",
        host_school_id=scene.other_id or "", thing_entry_id=THING if things else None,
    )  # fmt: skip
    entries = {THING: _entry(things, scene).model_copy(update={"entry_id": THING})} if things else {}
    where = scene.other.name if scene.other else "the same school"
    return TemplateFacts(entries=entries, placements={MATCH: placement}), {}, (f"A placement at {where} stands in.",)


def _pair(scene: Scene) -> Together:
    return Together(
        version=1, pair_id=PAIR, round_id="preview-round", programme_id=scene.programme.programme_id, round="", run=1,
        person_ids=(scene.someone.person_id, scene.partner_id), school_ids=(scene.home_id or "", scene.other_id or ""),
    )  # fmt: skip


def _entry(form: Form, scene: Scene) -> FormEntry:
    told = {one.key: next(iter(found)) for one in form.fields if (found := choices(one, scene.template))}
    return FormEntry(
        version=1, entry_id=ENTRY, programme_id=scene.programme.programme_id, form=form.key, about=form.about,
        about_id=_id_of(form.about, scene), school_id=scene.home_id, number=1, author_ids=(scene.partner_id,),
        state="submitted", answers={key: value for key, value in told.items() if value not in {"yes", "no"}},
    )  # fmt: skip


def _id_of(about: str, scene: Scene) -> str:
    """The id of a stand-in for what something is about."""
    if scene.template.form(about) or about == "entry":
        return ENTRY
    if scene.template.activity(about) or about in _DATES:
        return TARGET
    known = {"match": MATCH, "pair": PAIR, "school": scene.home_id or "", "group": GROUP}
    if about in known:
        return known[about]
    return "" if about in {"programme", "cohort", "action"} else scene.partner_id


def _target(activity: Activity, scene: Scene, *, hosts: bool = False) -> Target:
    at_school = activity.kind in {"visit", *AGREED}
    people = ((scene.someone, scene.home_id), (Recipient(scene.partner_id, scene.someone.role), scene.other_id))
    attendees = tuple(
        Attendee(person_id=one.person_id, role=one.role, school_id=school)
        for one, school in people
        if not (activity.kind == "visit" and one.role == "coordinator")
    )
    opens = activity.opens or (f"{activity.during[0]}.opens" if activity.during else "")
    kinds: dict[str, Kind] = {"visit": "visit", CALL: "call", **dict.fromkeys(AGREED, "agreed-visit")}
    kind = kinds.get(activity.kind, "cohort-event")
    return Target(
        target_id=TARGET, kind=kind, programme_id=scene.programme.programme_id, cohort_id="preview-cohort",
        activity=activity.key, on=_school_day(scene.day(opens)), starts=activity.starts, ends=activity.ends,
        timezone=scene.template.timezone, attendees=attendees, sequence=0, version=1,
        facilitator_id=scene.facilitator_id if activity.facilitated else None,
        host_school_id=(scene.home_id if hosts else scene.other_id) if at_school else None,
        school_id=scene.other_id if activity.hosted else None,
        place=activity.venue.name if activity.venue else "", doings=tuple(one.key for one in activity.doings[:1]),
    )  # fmt: skip


def _school_day(day: dt.date) -> dt.date:
    """The day, or the Monday after a weekend."""
    return day + dt.timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _dated(target: Target) -> str:
    return f"The first day on which it may take place stands in for its date: {target.on:%d/%m/%Y}."


_STAGES: Mapping[str, Callable[[Sample, Scene, dt.datetime], Staged]] = {
    "tasks": _task, "mails": _own, "forms": _form, "reports": _report, "dates": _date,
}  # fmt: skip
