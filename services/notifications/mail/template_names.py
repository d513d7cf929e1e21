"""What a template's own words may mention: `shared/template/variables.py` says which names there are."""

import datetime as dt

from services.notifications.domain import words
from services.notifications.domain.template_mails import wording
from services.notifications.domain.template_mails.records import FormEntry, Passage, Together
from services.notifications.mail.presenter import Presenter
from services.notifications.mail.template_facts import Counts
from shared.template import Form, FormField, Template
from shared.template.answers import choices

_COUNTED = ("submitted", "agreed", "released")


def names_for(presenter: Presenter, passage: Passage, template: Template) -> dict[str, str]:
    """Return name -> value of everything that is known in a passage."""
    facts, programme = presenter.known.facts, presenter.programme
    name = programme.name if programme else ""
    school = presenter.school_name(passage.school_id) or presenter.school_name(presenter.mail.school_id)
    found = {
        "programme.name": name,
        "person.name": presenter.name(presenter.mail.person_id),
        "school.name": school or name,
        "coordinator.name": presenter.name(programme.coordinator_id) if programme else "",
    }
    counts = facts.counts.get(presenter.mail.programme_id or "", {})
    found |= {f"{form.key}.count": str(_count(form, counts)) for form in template.forms if form.many}
    if task := facts.tasks.get(passage.task_id):
        found["task.title"] = wording.title_of(task, template)
        found["task.due"] = words.day(task.due)
        found["about.title"] = about(presenter, task.about, task.about_id) or school
    if passage.report:
        found["report.title"] = report_title(template, passage.report)
    if entry := facts.entries.get(passage.entry_id):
        form = template.form(entry.form)
        found["form.title"] = form.title if form else entry.form
        found["entry.title"] = entry_title(entry, template)
        found["author.name"] = words.listed([presenter.name(one) for one in entry.author_ids])
        found["about.title"] = about(presenter, entry.about, entry.about_id) or school or name
    if passage.course:
        found |= _of_offer(passage, template)
    return found | _of_round(presenter, passage, template) | _of_dates(presenter, passage, template)


def _of_offer(passage: Passage, template: Template) -> dict[str, str]:
    """What is said of a course that somebody may come to."""
    activity = template.activity(passage.course)
    title = activity.title.rstrip(".") if activity else passage.course
    return {"activity.title": title, "activity.day": words.day(dt.date.fromisoformat(passage.first))}


def _of_dates(presenter: Presenter, passage: Passage, template: Template) -> dict[str, str]:
    """What is said of a date; of a course of all the dates that stand in the mail."""
    known, mail = presenter.known, presenter.mail
    one = known.targets.get(passage.target_id)
    dates = known.dates(mail) or ((one,) if one else ())
    views = [presenter.target(date) for date in dates]
    if not views:
        return {}
    activity = template.activity(dates[0].activity)
    course = activity.title.rstrip(".") if activity and len(views) > 1 else ""
    found = {
        "activity.title": course or views[0].title,
        "activity.day": words.listed([view.day for view in views]),
        "activity.when": words.listed([view.when for view in views]),
        "activity.place": words.listed(list(dict.fromkeys(view.place for view in views if view.place))),
        "host.name": views[0].host,
    }
    before = {"activity.before": words.day(dt.date.fromisoformat(passage.before))} if passage.before else {}
    return found | before


def _of_round(presenter: Presenter, passage: Passage, template: Template) -> dict[str, str]:
    found = {}
    if one := next((one for one in template.matching if one.key == passage.round), None):
        found["round.title"] = one.title or one.key
    if placed := presenter.known.facts.placements.get(passage.match_id):
        thing = presenter.known.facts.entries.get(placed.thing_entry_id or "")
        found["placed.name"] = presenter.name(placed.person_id)
        found["host.name"] = presenter.school_name(placed.host_school_id)
        found["thing.title"] = entry_title(thing, template) if thing else ""
    if pair := presenter.known.facts.pairs.get(passage.pair_id):
        found["partners"] = partners(presenter, pair)
        found["partners.schools"] = _partners_schools(presenter, pair)
    return found


def partners(presenter: Presenter, pair: Together) -> str:
    """Return the others of a pair or ring, by name; for who is not in it, everybody."""
    return words.listed([presenter.name(one) for one in pair.person_ids if one != presenter.mail.person_id])


def _partners_schools(presenter: Presenter, pair: Together) -> str:
    """Return the schools of the others."""
    both = zip(pair.person_ids, pair.school_ids, strict=True)
    return words.listed([presenter.school_name(school) for one, school in both if one != presenter.mail.person_id])


def report_title(template: Template, key: str) -> str:
    """Return what the template calls a report."""
    return next((report.title for report in template.reports if report.key == key), key.replace("-", " "))


def about(presenter: Presenter, kind: str, about_id: str) -> str:
    """Return what something is about, in words: a school, person, day, whom an entry names, a placement."""
    facts = presenter.known.facts
    if school := presenter.school_name(about_id):
        return school
    if entry := facts.entries.get(about_id):
        return _about_entry(presenter, entry)
    if placement := facts.placements.get(about_id):
        return presenter.school_name(placement.host_school_id)
    if pair := facts.pairs.get(about_id):
        return partners(presenter, pair)
    if target := facts.targets.get(about_id):
        view = presenter.target(target)
        return ", ".join(part for part in (view.title, view.host, view.day) if part)
    return presenter.name(about_id) if about_id in presenter.known.cards else ""


def _about_entry(presenter: Presenter, entry: FormEntry) -> str:
    """Return whom an entry names, beside who gets the mail; else what it is called and whose it is."""
    named = presenter.known.facts.named.get(entry.entry_id, ())
    if others := [one for one in named if one != presenter.mail.person_id]:
        return words.listed([presenter.name(one) for one in others])
    template = presenter.known.language(entry.programme_id)
    of = presenter.school_name(entry.school_id) or words.listed([presenter.name(one) for one in entry.author_ids])
    return ", ".join(part for part in (entry_title(entry, template), of) if part)


def entry_title(entry: FormEntry, template: Template) -> str:
    """Return what an entry is called: its first answer that is told and has words of its own, else its form's title."""
    form = template.form(entry.form)
    if form is None:
        return entry.form.replace("-", " ")
    said = (_in_words(field, entry, template) for field in form.fields)
    return next((one for one in said if one), form.title)


def _in_words(field: FormField, entry: FormEntry, template: Template) -> str:
    answer = entry.answers.get(field.key)
    listed = choices(field, template) or {}
    if field.kind == "yes-no" or answer is None:
        return ""
    given = answer if isinstance(answer, tuple) else (str(answer),)
    return words.listed([listed[one] for one in given if one in listed])


def _count(form: Form, counts: Counts) -> int:
    """Return how many entries of a form count: those that somebody has to agree to only once they are agreed."""
    states = _COUNTED[1:] if form.sign_off else _COUNTED
    return sum(counts.get((form.key, state), 0) for state in states)
