"""What happens to a date in the template's own words. What people need to know of it stands below them."""

from dataclasses import replace

from services.notifications.domain import words
from services.notifications.domain.details import Change
from services.notifications.domain.kinds import WORDS
from services.notifications.domain.lists import LONGEST_TEXT, cut
from services.notifications.domain.template_mails.course_words import note_of
from services.notifications.domain.template_mails.filling import filled
from services.notifications.domain.template_mails.records import Passage
from services.notifications.domain.template_mails.wording import Letter, Part
from services.notifications.mail.presenter import Presenter
from services.notifications.mail.template_names import names_for
from services.notifications.mail.template_words import letter_for
from services.notifications.mail.views import TargetView

_ANSWER = "See the date and answer"
_DATES = "See all your dates"
_IN_CALENDARS = "The attachment puts it into your calendar, where you can answer, too."
_GONE = "The attachment takes it out of your calendar."


def date_in_own_words(presenter: Presenter) -> Letter:
    """Return the mail. Raises KeyError where something is not known, Permanent for a name that nobody knows."""
    said = presenter.known.worded(presenter.mail)
    assert said, "asked of mails that have words"
    known = names_for(
        presenter, _passage(presenter, said.key), presenter.known.language(presenter.mail.programme_id or "")
    )
    letter = letter_for(presenter) if presenter.mail.kind.source == WORDS else _letter(presenter)
    lead, *text = [cut(filled(one, known, said.key), LONGEST_TEXT) for one in said.text]
    subject = " ".join(filled(said.subject, known, said.key).split())
    (first, *others) = letter.parts
    first = replace(first, lead=lead, text=tuple(text))
    if said.button is not None and first.page:
        kit = presenter.mail.kind.source != WORDS
        page = "my_visits" if kit and said.button.page == "dates" else first.page
        first = replace(first, button=filled(said.button.label, known, said.key), page=page)
    return Letter(subject, subject, cut(lead), (first, *others))


def _passage(presenter: Presenter, key: str) -> Passage:
    mail = presenter.mail
    moved_from = mail.details.moved_from if isinstance(mail.details, Change) else None
    return Passage(mail=key, target_id=mail.target_id, before=str(moved_from or ""))


def _letter(presenter: Presenter) -> Letter:
    """A visit or event, of which our own words are written elsewhere."""
    mail, details = presenter.mail, presenter.mail.details
    change = details if isinstance(details, Change) else Change()
    moved = words.day(change.moved_from) if change.moved_from else ""
    view = presenter.target(presenter.known.targets[mail.target_id], moved, change.why)
    if mail.method == "CANCEL":
        part = Part("", button=_DATES, page="my_visits", facts=_facts(view), after=(_GONE,))
        return Letter("", "", "", (part,))
    after = (*(["What happens: " + "; ".join(said for said, _ in view.agenda)] if view.agenda else []), _IN_CALENDARS)
    part = Part("", button=_ANSWER, page="answer", facts=_facts(view), after=after)
    return Letter("", "", "", (part, *(note_of(*one) for one in view.notes)))


def _facts(view: TargetView) -> tuple[tuple[str, str], ...]:
    return (
        ("When", view.when), ("Instead of", view.moved_from), ("Where", view.place), ("Getting in", view.access),
        ("Led by", view.facilitator), ("Why", view.why),
    )  # fmt: skip
