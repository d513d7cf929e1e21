"""Which page stands behind the button of such a mail: where the task is done, or the entry is read."""

from dataclasses import dataclass

from services.notifications.domain.template_mails.records import FormEntry, Owed
from shared.template import Template
from shared.template.kinds import AGREED
from shared.template.naming import of_oneself

ENTRY, REPORT = "entry", "report"
_THING = "thing"
"""The kind of an entry that a form is filled in about: a link to the kind `entry` opens that entry itself."""

_PAGES = {"projects": "projects", "dates": "my-visits", "answer": "my-visits"}
"""What a template's page is called where it belongs to the whole programme; all others are on the person's own."""


@dataclass(frozen=True)
class PageLink:
    """A link to be issued. ``form``: the form to fill in about the target."""

    purpose: str
    target_id: str
    target_kind: str
    form: str = ""

    @property
    def label(self) -> str:
        """What tells it from the other links of a mail."""
        return f"{self.purpose}/{self.target_id}/{self.form}"


def home(programme_id: str) -> PageLink:
    """Return the person's own page: what they owe, over all programmes."""
    return PageLink("todo", programme_id, "programme")


def of_dates(programme_id: str) -> PageLink:
    """Return the page with somebody's dates, on which they answer them."""
    return PageLink(_PAGES["dates"], programme_id, "programme")


def of_entry(entry_id: str) -> PageLink:
    """Return the page on which an entry is read, agreed to, or changed."""
    return PageLink(ENTRY, entry_id, ENTRY)


def of_offer(offer_id: str) -> PageLink:
    """Return the page on which a place on offer is taken or passed on."""
    return PageLink("offer", offer_id, "offer")


def of_poll(poll_id: str, programme_id: str) -> PageLink:
    """Return the page on which the theme of a poll is chosen; mails that were queued without its id lead home."""
    return PageLink("poll", poll_id, "poll") if poll_id else home(programme_id)


def of_participation(school_id: str) -> PageLink:
    """Return the page on which somebody says whether their school takes part."""
    return PageLink("participation", school_id, "school")


def of_report(report_id: str) -> PageLink:
    """Return the page on which a report is read."""
    return PageLink(REPORT, report_id, REPORT)


def of_days(match_id: str, activity: str) -> PageLink:
    """Return the page on which the people of a placement agree on the days of an activity."""
    return PageLink("days", match_id, "match", activity)


def of_task(task: Owed, template: Template) -> PageLink:
    """Return the page on which a task is done.

    Where whoever fills in a form says whom it is about, the form is opened for their school; what people write about
    themselves is opened from the task, which knows who they are.
    """
    form = template.form(task.of) if task.do == "form" and not task.about_id else None
    own = form is not None and of_oneself(form, template)
    target = task.about_id or task.school_id or ""
    if own or not target:
        return PageLink("task", task.task_id, "task") if own else home(task.programme_id)
    if task.do == "form":
        kind = task.about if task.about_id else "school"
        return PageLink(ENTRY, target, _THING if kind == ENTRY else kind, task.of)
    if task.do in {"agree", "introduce"} or (task.do == "answer" and template.form(task.of)):
        return of_entry(target)
    activity = template.activity(task.of)
    if task.do == "answer" and activity is not None:
        return PageLink("answer", target, "visit" if activity.kind == "visit" else "cohort-event")
    if task.do == "choose" and activity is not None and activity.kind in AGREED:
        return of_days(target, task.of)
    return PageLink("task", task.task_id, "task")


def of_button(page: str, programme_id: str, template: Template, task: Owed | None, entry: FormEntry | None) -> PageLink:
    """Return the page that a template names for a button; the person's own page for what has no page of its own."""
    if page in {"task", ENTRY} and task is not None:
        return of_task(task, template)
    if page in {"task", ENTRY} and entry is not None:
        return of_entry(entry.entry_id)
    return PageLink(_PAGES.get(page, "todo"), programme_id, "programme")
