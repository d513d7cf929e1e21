"""The links of mails in words from a template: one for each button."""

from collections.abc import Iterable, Sequence

from services.notifications.domain.details import OwedStage, ReportNews
from services.notifications.domain.kinds import COURSE_DATES, THEME_WANTED
from services.notifications.domain.mail import Mail
from services.notifications.domain.targets import Target
from services.notifications.domain.template_mails import pages
from services.notifications.domain.template_mails.pages import PageLink
from services.notifications.domain.template_mails.people import COORDINATOR
from services.notifications.domain.template_mails.records import Owed, Passage
from services.notifications.mail.agreed_words import OF_DAYS, links
from services.notifications.mail.packs import notes
from services.notifications.mail.snapshot import Snapshot
from shared.template import Mail as Worded
from shared.template import Template


def links_of(mail: Mail, known: Snapshot) -> tuple[PageLink, ...]:
    """Return the links of a mail, each once. Raises KeyError where what it is about is not known."""
    found: list[PageLink] = []
    match mail.template:
        case "task" | "task-reminder":
            told = isinstance(mail.details, OwedStage) and mail.details.stage == "missed"
            task = known.facts.tasks[mail.refs["task"]]
            found += [] if told else [_page(task, known), pages.home(task.programme_id)]
            found += [pages.of_entry(task.about_id)] if told and in_their_place(mail, task) else []
        case "weekly-tasks":
            tasks = known.weekly(mail)
            found += [*(_page(task, known) for task in tasks), *(pages.home(task.programme_id) for task in tasks[:1])]
        case "participation-asked":
            found.append(pages.of_participation(mail.refs["school"]))
        case "entry-news":
            found.append(pages.of_entry(mail.refs["entry"]))
        case "place-offered":
            found += [pages.of_offer(mail.refs["offer"]), pages.home(mail.programme_id or "")]
        case "report-news":
            found += [pages.of_report(mail.refs["report"])] if _can_be_read(mail) else []
        case "own-words":
            template = known.language(mail.programme_id or "")
            passages = known.passages(mail)
            found += [link for one in passages if (link := button(one, worded(one, template), mail, known))]
        case _:
            found += _of_engine(mail, known)
    return tuple({link.label: link for link in found}.values())


def in_their_place(mail: Mail, task: Owed) -> bool:
    """Whether who hears that others have not done it can do it: the coordinator agrees for who says nothing."""
    return task.do == "agree" and mail.role == COORDINATOR


def _of_engine(mail: Mail, known: Snapshot) -> Sequence[PageLink]:
    """The links of mails that no template words."""
    if mail.template == THEME_WANTED:
        return _poll(mail)
    if mail.template == COURSE_DATES:
        return [pages.of_dates(mail.programme_id or ""), *_notes(mail, known, known.dates(mail))]
    if mail.kind.calendar and mail.target_id in known.packs and not mail.left:
        return _notes(mail, known, [known.targets[mail.target_id]])
    return links(mail, known) if mail.template in OF_DAYS else ()


def _notes(mail: Mail, known: Snapshot, dates: Iterable[Target]) -> list[PageLink]:
    """The pages of what hosts have written for who comes on these dates."""
    programme = known.programmes.get(mail.programme_id or "")
    found = [notes(programme, one, known.packs, mail.school_id) for one in dates]
    return [one.page for one in found if one and one.page]


def _poll(mail: Mail) -> list[PageLink]:
    """The page on which a theme is chosen; the coordinator has the console."""
    return [] if mail.role == COORDINATOR else [pages.of_poll(mail.refs.get("poll_id", ""), mail.programme_id or "")]


def _page(task: Owed, known: Snapshot) -> PageLink:
    return pages.of_task(task, known.language(task.programme_id))


def button(passage: Passage, said: Worded, mail: Mail, known: Snapshot) -> PageLink | None:
    """Return the page behind the button of a passage, if it has one."""
    if said.button is None:
        return None
    programme_id = mail.programme_id or ""
    task, entry = known.facts.tasks.get(passage.task_id), known.facts.entries.get(passage.entry_id)
    if said.button.page == pages.REPORT and passage.report_id:
        return pages.of_report(passage.report_id)
    return pages.of_button(said.button.page, programme_id, known.language(programme_id), task, entry)


def _can_be_read(mail: Mail) -> bool:
    return isinstance(mail.details, ReportNews) and mail.details.news == "released"


def worded(passage: Passage, template: Template) -> Worded:
    """Return the mail of the template that a passage is from; raises KeyError where it has it no more."""
    found = next((mail for mail in template.mails if mail.key == passage.mail), None)
    if found is None:
        raise KeyError(passage.mail)
    return found
