"""The context of each template: what a kind of mail prints beyond its recipient."""

from collections.abc import Callable
from typing import Any

from services.notifications.domain import words
from services.notifications.domain.details import (
    AskedAgain,
    Blocking,
    CalendarDraft,
    CallLength,
    Change,
    CohortDraft,
    Due,
    Forwarded,
    GroupChange,
    Offers,
    Question,
    ReportFacts,
    ReportFailure,
    SignInEnds,
    SignInLock,
    WaitingRule,
)  # fmt: skip
from services.notifications.domain.kept import KeptMessage
from services.notifications.domain.kinds import WORDS
from services.notifications.domain.lists import LONGEST_LINE, LONGEST_TEXT, cut, first
from services.notifications.domain.targets import Target
from services.notifications.mail.abouts import About
from services.notifications.mail.date_words import date_in_own_words
from services.notifications.mail.presenter import Presenter
from services.notifications.mail.template_words import letter_for
from services.notifications.mail.views import EnquiryView, ReplyView, ReportView, TroubleView

Words = dict[str, Any]
_REPORT_TITLES = {
    "action-plan": "Findings and action plan",
    "appraisal": "Appraisal",
    "impact": "Impact of the programme",
}


def context_for(presenter: Presenter) -> Words:
    """Return what the template of the presenter's mail prints; raises KeyError when something is not known."""
    if presenter.known.worded(presenter.mail):
        return {"w": date_in_own_words(presenter)}
    if presenter.mail.kind.source == WORDS:
        return {"w": letter_for(presenter)}
    return _BY_TEMPLATE.get(presenter.mail.template, _about_target)(presenter)


def _about_target(presenter: Presenter) -> Words:
    details = presenter.mail.details
    change = details if isinstance(details, Change) else Change()
    target: Target = presenter.known.targets[presenter.mail.target_id]
    moved = words.day(change.moved_from) if change.moved_from else ""
    return {"t": presenter.target(target, moved, change.why), "left": presenter.mail.left}


def _asked_again(presenter: Presenter) -> Words:
    return {**_about_target(presenter), "moved": presenter.details(AskedAgain).moved}


def _offered(presenter: Presenter) -> Words:
    found = presenter.details(Offers)
    days, more = first(found.offers)
    return {
        "others": presenter.others(), "days": [words.day(day) for day in days], "more": more,
        "deadline": words.moment(found.deadline, found.timezone), "about": _about(presenter),
    }  # fmt: skip


def _refused(presenter: Presenter) -> Words:
    people = presenter.mail.refs["people"].split()
    found = presenter.known.agreements.get(presenter.mail.target_id)
    days, more = first(found.offers if found else ())
    notes, more_notes = first(found.notes if found else ())
    return {
        "who": words.listed([presenter.name(one) for one in people]),
        "days": [*map(words.day, days), *([f"and {more} more"] if more else [])],
        "about": _about(presenter),
        "notes": [(presenter.name(one.person_id), cut(one.note, LONGEST_TEXT)) for one in notes],
        "more_notes": more_notes,
    }


def _agreed(presenter: Presenter) -> Words:
    return {**_about_target(presenter), "about": _about(presenter)}


def _about(presenter: Presenter) -> str:
    found = presenter.known.agreements.get(presenter.mail.target_id)
    return found.about if found else ""


def _call_offered(presenter: Presenter) -> Words:
    return {"others": presenter.others(), "minutes": presenter.details(CallLength).minutes}


def _call(presenter: Presenter) -> Words:
    found = presenter.details(CallLength)
    chooses = found.chosen_by == presenter.mail.person_id
    return {**_about_target(presenter), "minutes": found.minutes, "chooses": chooses}


def _cohort_formed(presenter: Presenter) -> Words:
    group = presenter.group()
    pair = presenter.programme.pair if presenter.programme else ()
    invited = presenter.mail.role in pair
    titles = words.listed([presenter.title(role) for role in pair])
    steps = [
        f"{'You get' if invited else f'The {titles} of each school get'} an invitation for each date.",
        *(f"Each school hosts one {title[:1].lower()}{title[1:]}." for title in _hosted(presenter)),
    ]
    if presenter.programme and presenter.programme.template:
        steps[-1] += " Before it, the host writes what the others shall look at."
    if presenter.mail.role in {"chair-of-governors", "clerk", "governor"}:
        steps.append("You get your school's report when there is one. Until then you do not have to do anything.")
    return {"group": group, "names": words.listed([school.name for school in group.others]), "steps": steps}


def _hosted(presenter: Presenter) -> list[str]:
    """What each school of a group hosts, by title."""
    found = presenter.programme.activities if presenter.programme else ()
    return [activity.title for activity in found if activity.kind == "visit"]


def _group_changed(presenter: Presenter) -> Words:
    group, change = presenter.group(), presenter.details(GroupChange)
    joined = [presenter.school_name(school_id) for school_id in change.joined]
    left = [presenter.school_name(school_id) for school_id in change.left]
    parts = [f"{words.listed(joined)} joined your group."] if joined else []
    parts += [f"{words.listed(left)} left your group."] if left else []
    return {"group": group, "change": " ".join(parts) or "Your group has changed."}


def _waiting(presenter: Presenter) -> Words:
    return {"rule": presenter.details(WaitingRule).rule.replace("-", " ")}


def _findings(presenter: Presenter) -> Words:
    return {"due": words.day(presenter.details(Due).due)}


def _report(presenter: Presenter) -> Words:
    facts, programme = presenter.details(ReportFacts), presenter.programme
    specs = programme.reports if programme else ()
    title = next((spec.title for spec in specs if spec.key == facts.kind), _REPORT_TITLES[facts.kind])
    about = presenter.school_name(presenter.mail.refs.get("school")) or (programme.name if programme else "")
    found: Words = {"report": ReportView(title, about, facts.pages, presenter.attached, facts.edition > 1)}
    target = presenter.known.targets.get(presenter.mail.target_id)
    if presenter.mail.template == "appraisal-report":
        found["t"] = presenter.target(target) if target else {"day": "the programme"}
    return found


def _question(presenter: Presenter) -> Words:
    asked, target = presenter.details(Question), presenter.known.targets.get(presenter.mail.target_id)
    about = "a group"
    if target is not None:
        view = presenter.target(target)
        about = f"{view.host or view.title}, {view.day}"
    person = presenter.mail.refs.get("person")
    return {
        "question": words.question(asked.question), "about": about, "sentence": asked.sentence,
        "who": presenter.name(person) if person else "",
    }  # fmt: skip


def _reasons(presenter: Presenter) -> Words:
    found = presenter.details(Blocking)
    return {"reasons": found.reasons, "more": found.more, "sentence": found.sentence}


def _cohort_draft(presenter: Presenter) -> Words:
    return {name: str(count) for name, count in presenter.details(CohortDraft)}


def _calendar_draft(presenter: Presenter) -> Words:
    found = presenter.details(CalendarDraft)
    return {**{name: str(count) for name, count in found}, "unplaced": str(found.unplaced or "")}


def _report_failed(presenter: Presenter) -> Words:
    failure = presenter.details(ReportFailure)
    school = presenter.school_name(presenter.mail.refs.get("school"))
    return {"reason": failure.reason, "report": _REPORT_TITLES[failure.kind], "school": school}


def _troubles(presenter: Presenter) -> Words:
    found = presenter.known.undelivered[presenter.mail.mail_id]
    shown = [
        TroubleView(presenter.name(one.person_id), one.to, cut(one.subject), cut(one.detail)) for one in found.mails
    ]
    return {"troubles": shown, "total": found.total, "more": found.total - len(shown)}


def _forwarded(presenter: Presenter) -> Words:
    ((message, about),) = presenter.known.worklists[presenter.mail.mail_id].items
    writer = presenter.mail.refs.get("writer", "")
    return {
        "item": _reply(presenter, message, about, LONGEST_TEXT),
        "soon": presenter.details(Forwarded).soon,
        "writer": presenter.name(writer) if writer else "",
    }


def _waiting_replies(presenter: Presenter) -> Words:
    found = presenter.known.worklists[presenter.mail.mail_id]
    shown = [_reply(presenter, message, about, LONGEST_LINE) for message, about in found.items]
    return {"items": shown, "total": found.total, "more": found.total - len(shown)}


def _reply(presenter: Presenter, message: KeptMessage, about: About, longest: int) -> ReplyView:
    concern = message.concern
    presenter.mentions |= {one for one in (concern.person_id, concern.writer_id) if one}
    visit = ", ".join(filter(None, (about.visit, words.day(about.on) if about.on else "")))
    return ReplyView(
        who=about.person or message.sender or "Somebody", sender=cut(message.sender), visit=visit,
        subject=message.subject, why=cut(words.without_commands(message.why)), answer=concern.answer,
        words=cut(concern.words, longest),
        received=words.moment(message.received_at, "Europe/London"),
        key=message.key,
    )  # fmt: skip


def _enquiry(presenter: Presenter) -> Words:
    found = presenter.known.enquiries[presenter.mail.refs["enquiry"]]
    presenter.mentions.add(found.enquiry_id)  # so that the text goes when the enquiry does
    return {
        "asked": EnquiryView(
            name=cut(found.name), school=cut(found.school), role=cut(found.role), email=found.email,
            message=cut(found.message, LONGEST_TEXT), received=words.moment(found.received_at, _zone(presenter)),
            until=words.day(found.until),
        )
    }  # fmt: skip


def _sign_in(presenter: Presenter) -> Words:
    secrets, ends = presenter.known.sign_ins[presenter.mail.refs["attempt"]], presenter.details(SignInEnds)
    return {"code": secrets.code, "until": words.moment(ends.until, _zone(presenter))}


def _sign_in_locked(presenter: Presenter) -> Words:
    lock = presenter.details(SignInLock)
    steps = {"code": "Codes from mails", "second-factor": "Codes of the authenticator"}
    until = words.moment(lock.until, _zone(presenter))
    return {"who": presenter.name(presenter.mail.refs["person"]), "step": steps[lock.step], "until": until}


def _zone(presenter: Presenter) -> str:
    return presenter.known.cards[presenter.mail.person_id].timezone


_BY_TEMPLATE: dict[str, Callable[[Presenter], Words]] = {
    "answer-again": _asked_again,
    "dates-offered": _offered,
    "dates-refused": _refused,
    "dates-agreed": _agreed,
    "dates-withdrawn": _agreed,
    "call-offered": _call_offered,
    "call-booked": _call,
    "call-cancelled": _call,
    "cohort-formed": _cohort_formed,
    "group-changed": _group_changed,
    "waiting-list": _waiting,
    "findings-request": _findings,
    "findings-reminder": _findings,
    "action-overdue": _findings,
    "report-ready": _report,
    "appraisal-report": _report,
    "impact-report": _report,
    "coordinator-question": _question,
    "scheduling-failed": _reasons,
    "cohort-failed": _reasons,
    "cohort-draft": _cohort_draft,
    "calendar-draft": _calendar_draft,
    "report-failed": _report_failed,
    "bounce-notice": _troubles,
    "reply-forwarded": _forwarded,
    "replies-waiting": _waiting_replies,
    "enquiry": _enquiry,
    "sign-in": _sign_in,
    "sign-in-locked": _sign_in_locked,
}
