"""The words of mails from a template: default ones for tasks and entries, and the template's own, filled in."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from services.notifications.domain import words
from services.notifications.domain.details import (
    Change,
    Handover,
    News,
    OwedStage,
    OwnWords,
    Participation,
    PlaceKept,
    PlacementOver,
    Postponed,
    ReportNews,
)
from services.notifications.domain.kinds import COURSE_DATES, COURSE_OVER, THEME_WANTED
from services.notifications.domain.lists import LONGEST_LETTER, LONGEST_TEXT, cut, first, within
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails import (
    course_words,
    news,
    pages,
    places,
    programme_words,
    report_news,
    wording,
)
from services.notifications.domain.template_mails.filling import filled
from services.notifications.domain.template_mails.people import COORDINATOR
from services.notifications.domain.template_mails.records import Owed, Passage
from services.notifications.domain.template_mails.report_news import Made
from services.notifications.domain.template_mails.wording import INTRODUCE, About, Letter, Part
from services.notifications.mail.agreed_words import OF_DAYS
from services.notifications.mail.agreed_words import letter as letter_of_days
from services.notifications.mail.presenter import Presenter
from services.notifications.mail.snapshot import FEW
from services.notifications.mail.template_names import about, names_for, report_title
from services.notifications.mail.template_pages import button, in_their_place, worded
from services.notifications.mail.views import TargetView
from shared.template import Template

__all__ = ["letter_for"]


def letter_for(presenter: Presenter) -> Letter:
    """Return a mail in words. Raises KeyError where something is not known, Permanent for a name that nobody knows."""
    return _LETTERS.get(presenter.mail.template, _task)(presenter)


def _task(presenter: Presenter) -> Letter:
    known, stage = presenter.known, presenter.details(OwedStage).stage
    task = known.facts.tasks[presenter.mail.refs["task"]]
    template = known.language(task.programme_id)
    page = pages.of_task(task, template).label
    match stage:
        case "missed":
            theirs = page if in_their_place(presenter.mail, task) else ""
            return wording.missed(task, template, _of_task(presenter, task), theirs)
        case "reminded":
            day = known.today(task.programme_id)
            letter = wording.reminded(task, template, _of_task(presenter, task), page, day)
        case _:
            letter = wording.asked(task, template, _of_task(presenter, task), page)
    return replace(letter, home=pages.home(task.programme_id).label)


def _weekly(presenter: Presenter) -> Letter:
    known = presenter.known
    tasks, more = first(known.weekly(presenter.mail))
    rows = [
        (task, template, _of_task(presenter, task), pages.of_task(task, template).label)
        for task in tasks
        if (template := known.language(task.programme_id))
    ]
    letter = wording.weekly(rows, known.today(tasks[0].programme_id), more)
    return replace(letter, home=pages.home(tasks[0].programme_id).label)


def _news(presenter: Presenter) -> Letter:
    told, known = presenter.details(News), presenter.known
    entry = known.facts.entries[presenter.mail.refs["entry"]]
    people = [presenter.mail.refs["person"]] if "person" in presenter.mail.refs else list(entry.author_ids)
    named = About(
        about(presenter, entry.about, entry.about_id),
        _other_school(presenter, entry.school_id),
        words.listed([presenter.name(one) for one in people]),
    )
    page = pages.of_entry(entry.entry_id).label
    cards = _cards(presenter) if told.news == "introduced" else ()
    return news.letter(told.news, entry, known.language(entry.programme_id), named, page, cards=cards)


def _cards(presenter: Presenter) -> tuple[tuple[str, str], ...]:
    """Name and address of everybody to whom the reader is introduced."""
    others = [one for one in presenter.mail.refs.get("people", "").split() if one != presenter.mail.person_id]
    cards = presenter.known.cards
    return tuple((presenter.name(one), cards[one].email if one in cards else "") for one in others)


def _place(presenter: Presenter) -> Letter:
    kept, mail = presenter.details(PlaceKept), presenter.mail
    thing = presenter.known.facts.entries.get(mail.refs["entry"])
    whom = "" if mail.refs["person"] == mail.person_id else presenter.name(mail.refs["person"])
    what = about(presenter, "entry", mail.refs["entry"])
    school = presenter.school_name(thing.school_id) if thing else ""
    letter = places.letter(whom, About(what, school), kept.until, kept.wish, pages.of_offer(mail.refs["offer"]).label)
    return replace(letter, home=pages.home(mail.programme_id or "").label)


def _report(presenter: Presenter) -> Letter:
    told, template = presenter.details(ReportNews), presenter.known.language(presenter.mail.programme_id or "")
    title = report_title(template, told.report)
    named = About(
        about(presenter, told.about, told.about_id), _other_school(presenter, presenter.mail.refs.get("school"))
    )
    made = Made(told.report, title, told.edition, told.pages, told.size, told.reason)
    if told.news == "failed":
        return report_news.failed(made, named)
    return report_news.released(made, named, pages.of_report(presenter.mail.refs["report"]).label)


def _own(presenter: Presenter) -> Letter:
    """One passage is a mail by itself; several different ones stand one below the other, each under its subject."""
    template = presenter.known.language(presenter.mail.programme_id or "")
    said: dict[tuple[str, str, tuple[str, ...]], Part] = {}
    for passage in presenter.known.passages(presenter.mail):
        part = _passage(presenter, passage, template)
        said.setdefault((part.title, part.lead, part.text), part)
    parts, more = first(list(said.values()))
    (one, *others) = parts
    if not others:
        alone = Part(one.lead, text=one.text, button=one.button, page=one.page)
        gone = programme_words.fallen_away(_dates(presenter, presenter.details(OwnWords).dated))
        return Letter(one.title, one.title, cut(one.lead), (alone, *gone))
    programme = presenter.programme.name if presenter.programme else ""
    rest = [Part(f"And {more} more.")] if more else []
    alike = len({part.title for part in parts}) == 1
    subject = one.title if alike else f"{len(said)} messages: {programme}"
    listed = _each_once([_short(part, LONGEST_LETTER // len(parts)) for part in parts], titled=not alike)
    return Letter(subject, subject, "What is new since yesterday.", (*listed, *rest))


def _short(part: Part, longest: int) -> Part:
    """Return a passage of so many characters at most: with many others in one mail, it is read on the page."""
    lead, *text = within((part.lead, *part.text), longest)
    return replace(part, lead=lead, text=tuple(text))


def _of_programme(presenter: Presenter) -> Letter:
    """What concerns a programme as a whole."""
    programme = presenter.known.programmes[presenter.mail.programme_id or ""]
    match presenter.mail.details:
        case Participation() as told:
            summary = programme.whole.summary if programme.whole else ""
            page = pages.of_participation(presenter.mail.refs["school"]).label
            return programme_words.asked(programme.name, summary, told, page)
        case Handover() as told:
            return _handed_over(presenter, programme.name, told)
        case Postponed(since=None, until=until, dated=dated, total=total):
            return programme_words.postponed(programme.name, until, _dates(presenter, dated), total)
        case _:
            return programme_words.resumed(programme.name, "my_visits")


def _handed_over(presenter: Presenter, programme: str, told: Handover) -> Letter:
    mail, template = presenter.mail, presenter.known.language(presenter.mail.programme_id or "")
    title = next((one.title for one in template.roles if one.key == told.role and one.title), "")
    role = title or words.role_title(told.role)
    new = mail.person_id == mail.refs["person"]
    people = [presenter.name(one) for one in mail.refs["people"].split()] if new else []
    who = presenter.name(mail.refs["person"]), presenter.name(mail.refs["left"])
    return programme_words.handed_over(programme, role, told.on, who, people)


def _dates(presenter: Presenter, dated: Sequence[str]) -> list[tuple[str, str]]:
    """Dates that fall away, each with its day."""
    shown, more = first([presenter.target(presenter.known.targets[one]) for one in dated])
    rows = [(view.title, view.when) for view in shown]
    return [*rows, ("And", f"{more} more")] if more else rows


def _ended(presenter: Presenter) -> Letter:
    """A placement has ended, of which the template says nothing."""
    refs = presenter.mail.refs
    dates = _dates(presenter, presenter.details(PlacementOver).dated)
    return programme_words.ended(presenter.name(refs["person"]), presenter.school_name(refs["school"]), dates)


def _course_dates(presenter: Presenter) -> Letter:
    """The dates of a course to which somebody is invited."""
    views = [presenter.target(one) for one in presenter.known.dates(presenter.mail)]
    programme_id, key = presenter.mail.programme_id or "", presenter.mail.refs["activity"]
    activity = presenter.known.language(programme_id).activity(key)
    title = activity.title.rstrip(".") if activity else key
    hosted = activity is not None and activity.hosted
    with_ = [_others(presenter, one) if hosted else "" for one in presenter.known.dates(presenter.mail)]
    found = [_date(view, others) for view, others in zip(views, with_, strict=True)]
    page, signed_up = pages.of_dates(programme_id).label, bool(activity and activity.sign_up)
    return course_words.dates(title, activity.purpose if activity else "", found, page, signed_up=signed_up)


def _date(view: TargetView, others: str) -> course_words.Date:
    agenda = tuple(said for said, _ in view.agenda)
    return course_words.Date(
        view.when, view.title, view.place, agenda, others, view.notes, notes_follow=view.notes_follow
    )


def _others(presenter: Presenter, target: Target) -> str:
    """Who else comes, where they are few enough to be named."""
    people = [one.person_id for one in target.attendees if one.person_id != presenter.mail.person_id]
    return words.listed([presenter.name(one) for one in people]) if len(people) < FEW else ""


def _course_over(presenter: Presenter) -> Letter:
    """The dates of a course to which somebody is not invited any more."""
    views = [presenter.target(one) for one in presenter.known.dates_over(presenter.mail)]
    key = presenter.mail.refs["activity"]
    activity = presenter.known.language(presenter.mail.programme_id or "").activity(key)
    found = [course_words.Date(view.when, view.title, view.place) for view in views]
    return course_words.over(activity.title.rstrip(".") if activity else key, found)


def _course_ended(presenter: Presenter) -> Letter:
    """A place in a course of sessions has ended."""
    told, key = presenter.details(Change), presenter.mail.refs["activity"]
    activity = presenter.known.language(presenter.mail.programme_id or "").activity(key)
    return course_words.ended(activity.title if activity else key, told.why, told.moved_from)


def _theme(presenter: Presenter) -> Letter:
    """The theme of a poll is wanted."""
    template = presenter.known.language(presenter.mail.programme_id or "")
    key = presenter.mail.refs["poll"]
    poll = next((one for one in template.polls if one.key == key), None)
    activity = template.activity(poll.names) if poll and poll.names else None
    title, by_console = poll.title if poll else key, presenter.mail.role == COORDINATOR
    own = pages.of_poll(presenter.mail.refs.get("poll_id", ""), presenter.mail.programme_id or "")
    page = "console_polls" if by_console else own.label
    return programme_words.theme_wanted(title, activity.title if activity else "", page)


def _passage(presenter: Presenter, passage: Passage, template: Template) -> Part:
    said, known = worded(passage, template), names_for(presenter, passage, template)
    lead, *text = [cut(filled(one, known, said.key), LONGEST_TEXT) for one in said.text]
    link = button(passage, said, presenter.mail, presenter.known)
    label = filled(said.button.label, known, said.key) if said.button else ""
    subject = " ".join(filled(said.subject, known, said.key).split())
    return Part(lead, title=subject, text=tuple(text), button=label, page=link.label if link else "")


def _each_once(parts: Sequence[Part], *, titled: bool) -> list[Part]:
    """Return the passages of a digest: a title or button that several share stands with the first of them."""
    seen: set[object] = set()
    found = []
    for part in parts:
        title = part.title if titled and part.title not in seen else ""
        again = (part.button, part.page) in seen
        shown = replace(part, title=title)
        found.append(replace(shown, button="", page="") if again else shown)
        seen |= {part.title, (part.button, part.page)}
    return found


def _other_school(presenter: Presenter, school_id: str | None) -> str:
    """Return a school's name, unless it is the reader's own, which the foot says."""
    return "" if school_id == presenter.mail.school_id else presenter.school_name(school_id)


def _of_task(presenter: Presenter, task: Owed) -> About:
    people = words.listed([presenter.name(one) for one in task.person_ids])
    entry = presenter.known.facts.entries.get(task.about_id) if task.do == INTRODUCE else None
    if entry is not None:
        others = [one for one in entry.introduced_ids if one != presenter.mail.person_id]
        title = words.listed([presenter.name(one) for one in others])
        return About(title, "", words.listed([presenter.name(one) for one in entry.author_ids]))
    return About(about(presenter, task.about, task.about_id), _other_school(presenter, task.school_id), people)


_LETTERS: dict[str, Callable[[Presenter], Letter]] = {
    "weekly-tasks": _weekly,
    "entry-news": _news,
    "report-news": _report,
    "own-words": _own,
    "place-offered": _place,
    "placement-ended": _ended,
    "course-ended": _course_ended,
    THEME_WANTED: _theme,
    COURSE_DATES: _course_dates,
    COURSE_OVER: _course_over,
    **dict.fromkeys(OF_DAYS, letter_of_days),
    **dict.fromkeys(
        ("programme-postponed", "programme-resumed", "participation-asked", "line-handed-over"), _of_programme
    ),
}
"""Kind of mail -> what words it; a task's where the kind is none of these."""
