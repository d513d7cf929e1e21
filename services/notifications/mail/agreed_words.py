"""The words and links of mails about days that people agree, out of what is known."""

from services.notifications.domain import words
from services.notifications.domain.details import Change, Days
from services.notifications.domain.lists import LONGEST_TEXT, cut
from services.notifications.domain.mail import Mail
from services.notifications.domain.template_mails import dated, pages
from services.notifications.domain.template_mails.dated import Day, What
from services.notifications.domain.template_mails.pages import PageLink
from services.notifications.domain.template_mails.wording import Letter
from services.notifications.mail.presenter import Presenter
from services.notifications.mail.snapshot import Snapshot
from shared.commands.agreed_visits import ArrangementDetail
from shared.events.scheduling_parts import Attendee

OF_DAYS = frozenset({"days", "days-declined", "agreed-day", "agreed-day-cancelled", "host-pack"})
"""Kinds of mail about days that people agree."""
SUBSTITUTE = "substitute"
"""Why a day has other people: the coordinator lets somebody stand in."""


def letter(presenter: Presenter) -> Letter:
    """Return the mail. Raises KeyError where something is not known."""
    match presenter.mail.template:
        case "days":
            return _asking(presenter)
        case "days-declined":
            return _declined(presenter)
        case "host-pack":
            return dated.to_read(_what(presenter), _day(presenter))
        case "agreed-day-cancelled":
            return _cancelled(presenter)
        case _:
            return _cancelled(presenter) if presenter.mail.left else _agreed(presenter)


def links(mail: Mail, known: Snapshot) -> tuple[PageLink, ...]:
    """Return the links of the mail."""
    again = not isinstance(mail.details, Change) or dated.is_agreed_anew(mail.details.why)
    gone = mail.left or (mail.template == "agreed-day-cancelled" and not again)
    if mail.template == "days-declined" or gone:
        return ()
    if mail.template == "agreed-day-cancelled":
        return (_page(mail),)
    reading = tuple(link for _, link in _reading(mail, known))
    return reading if mail.template == "host-pack" else (_page(mail), *reading)


def _asking(presenter: Presenter) -> Letter:
    days = presenter.details(Days)
    what = _what(presenter)
    if days.stage == "asked" or days.until is None:
        return dated.asked(what, days.last or presenter.known.today(presenter.mail.programme_id or ""), days.needed)
    by = presenter.name(presenter.mail.refs["person"])
    return dated.proposed(what, by, days.days, words.moment(days.until, days.timezone))


def _declined(presenter: Presenter) -> Letter:
    person, found = presenter.mail.refs["person"], _detail(presenter)
    said = next((one.words for one in found.declined if one.person_id == person), "") if found else ""
    return dated.declined(_what(presenter), presenter.name(person), cut(said, LONGEST_TEXT))


def _agreed(presenter: Presenter) -> Letter:
    details, target = presenter.details(Change), presenter.known.targets[presenter.mail.target_id]
    moved_from = details.moved_from
    place = next((one for one in target.attendees if one.person_id == presenter.mail.person_id), None)
    if details.why == SUBSTITUTE and place and place.substitute_for:
        return dated.stands_in(_what(presenter), _day(presenter), presenter.name(place.substitute_for))
    if target.sequence == 0:
        return dated.agreed(_what(presenter), _day(presenter))
    return dated.changed(_what(presenter), _day(presenter), words.day(moved_from) if moved_from else "")


def _cancelled(presenter: Presenter) -> Letter:
    found, person = _detail(presenter), presenter.mail.refs.get("person", "")
    visits = {one.visit_id: one.words for one in found.visits} if found else {}
    said = cut(visits.get(presenter.mail.target_id, ""), LONGEST_TEXT)
    by, why = presenter.name(person) if person else "", presenter.details(Change).why
    if presenter.mail.left and why == SUBSTITUTE and (stand_in := _stand_in(presenter)):
        return dated.stood_in_for(_what(presenter), _day(presenter), stand_in)
    return dated.cancelled(_what(presenter), _day(presenter), why, said, by, left=presenter.mail.left)


def _stand_in(presenter: Presenter) -> str:
    """Who comes in place of whoever reads it."""
    places = presenter.known.targets[presenter.mail.target_id].attendees
    found = next((one.person_id for one in places if one.substitute_for == presenter.mail.person_id), "")
    return presenter.name(found) if found else ""


def _comes(presenter: Presenter, place: Attendee) -> str:
    """Who comes, and in whose place."""
    name = presenter.name(place.person_id)
    return f"{name} (in place of {presenter.name(place.substitute_for)})" if place.substitute_for else name


def _what(presenter: Presenter) -> What:
    refs = presenter.mail.refs
    activity = presenter.known.language(presenter.mail.programme_id or "").activity(refs["activity"])
    title = activity.title.rstrip(".") if activity else refs["activity"]
    purpose = activity.purpose if activity else ""
    return What(title, presenter.school_name(refs["school"]), _page(presenter.mail).label, purpose)


def _day(presenter: Presenter) -> Day:
    target = presenter.known.targets[presenter.mail.target_id]
    view = presenter.target(target)
    activity = presenter.known.language(presenter.mail.programme_id or "").activity(target.activity)
    listed = {one.key: one.title for one in activity.doings} if activity else {}
    visiting = presenter.mail.school_id != target.host_school_id
    papers = presenter.known.papers.get(presenter.mail.mail_id, ())
    reading = tuple((label, link.label) for label, link in _reading(presenter.mail, presenter.known))
    return Day(
        day=view.day,
        when=view.when,
        place=view.place,
        people=words.listed([_comes(presenter, one) for one in target.attendees]),
        doings=words.listed([listed[one] for one in target.doings if one in listed]),
        reading=reading,
        late=words.listed([one.title for one in papers if not one.received]),
        follows=bool(activity and activity.pack and visiting and "pack" not in presenter.mail.refs),
    )


def _page(mail: Mail) -> PageLink:
    return pages.of_days(mail.refs["match"], mail.refs["activity"])


def _reading(mail: Mail, known: Snapshot) -> list[tuple[str, PageLink]]:
    """What is read before the day: the host's pack by who comes from elsewhere, papers by everybody."""
    template, refs = known.language(mail.programme_id or ""), mail.refs
    activity = template.activity(refs.get("activity", ""))
    found = list[tuple[str, PageLink]]()
    if activity and activity.pack and refs.get("pack") and mail.school_id != refs.get("school"):
        form = template.form(activity.pack)
        found.append((form.title if form else activity.pack, pages.of_entry(refs["pack"])))
    papers = known.papers.get(mail.mail_id, ())
    return [*found, *((paper.title, pages.of_report(paper.report_id)) for paper in papers if paper.report_id)]


def _detail(presenter: Presenter) -> ArrangementDetail | None:
    refs = presenter.mail.refs
    return presenter.known.arranged.get((refs["match"], refs["activity"]))
