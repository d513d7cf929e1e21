"""What people hear of an entry where the template says nothing: who reads it next, and what is asked of them."""

from dataclasses import dataclass

from services.notifications.domain import words
from services.notifications.domain.template_mails.records import FormEntry, NewsKind
from services.notifications.domain.template_mails.wording import DISCREET, About, Letter, Part, Rows
from shared.template import Form, Template


@dataclass(frozen=True)
class _Words:
    """`{form}`, `{of}` (the school or thing) and `{who}` (who wrote it, or asks) stand for what is known."""

    subject: str
    lead: str
    button: str
    after: str = ""


NEWS: dict[NewsKind, _Words] = {
    "submitted": _Words(
        "Please read: {form}{of}",
        "{who} has sent this. Please read it, and agree or ask for changes.",
        "Read it and answer",
    ),
    "changes-asked": _Words(
        "Changes asked for: {form}{of}",
        "{who} has read this and asks for changes.",
        "See what is asked",
        "Your text is kept as you sent it. Change what you want to, and send it again.",
    ),
    "answered": _Words(
        "Answered: {form}{of}",
        "{who} has answered every line of what you asked for.",
        "See the answers",
    ),
    "agreed": _Words(
        "Who may read this? {form}{of}",
        "It has been agreed to. Please read it, and release it to those who should read it.",
        "Read it and decide",
        "Until you do, nobody else reads it.",
    ),
    "released": _Words("{form}{of}", "You can read this from now on.", "Read it"),
    "proposed": _Words(
        "Would you like to be introduced? {form}",
        "{who} would like to introduce you to somebody. Please read to whom and why, and say yes or no.",
        "Read it and answer",
        DISCREET,
    ),
    "introduced": _Words(
        "You are introduced: {people}",
        "You have all said yes to what {who} has proposed, so you can write to each other.",
        "Read why",
        "What comes of it is up to you. Kindred sends nothing more about it.",
    ),
    "ended": _Words(
        "Nothing comes of it: {form}",
        "The introduction that {who} has proposed does not come about: somebody has said no, or not everybody has "
        "answered in time.",
        "See what it was about",
        "Nobody is told who it was, and nobody has seen an address.",
    ),
    "overdue": _Words(
        "Nobody has agreed yet: {form}{of}",
        "Whoever agrees to this has said nothing. You can read it, and agree or ask for changes in their place.",
        "Read it and answer",
    ),
}


def letter(
    news: NewsKind, entry: FormEntry, template: Template, about: About, page: str, *, cards: Rows = ()
) -> Letter:
    """Return the mail; `about.people`: who wrote the entry, or who asks for changes; `cards`: who can be written to."""
    said, form = NEWS[news], template.form(entry.form)
    title = form.title if form else entry.form
    place = about.title or about.school
    names = words.listed([name for name, _ in cards])
    known = {"people": names, "form": title, "of": f", {place}" if place else "", "who": about.people or "Somebody"}
    school = about.school if about.school != about.title else ""
    part = Part(
        said.lead.format_map(known),
        button=said.button,
        page=page,
        facts=(*cards, ("What", title), ("About", about.title), ("School", school)),
        after=(said.after,) if said.after else (),
    )
    return Letter(said.subject.format_map(known), title, part.lead, (part,))


def is_told(news: NewsKind, form: Form, template: Template) -> bool:
    """Whether people hear of this by itself: never where a task says it to the same people already.

    What is released without anybody letting it go, any number of times, is a list that people look at. What a report is
    made of is told with the report.
    """
    agreeing = [task for task in template.tasks if task.do.agree == form.key]
    match news:
        case "proposed":
            return not any(task.do.introduce == form.key for task in template.tasks)
        case "submitted":
            return form.sign_off is not None and not agreeing
        case "overdue":
            return not any(task.missed and task.missed.tell for task in agreeing)
        case "released":
            reported = any(report.release_of == form.key for report in template.reports)
            return not reported and (not form.many or bool(form.release and form.release.by))
        case _:
            return True
