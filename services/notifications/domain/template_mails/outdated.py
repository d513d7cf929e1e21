"""Whether a mail about a task or entry still has something to say when it is sent."""

from services.notifications.domain.template_mails.records import FormEntry, NewsKind, Owed


def no_longer_owed(task: Owed, person_id: str, *, told: bool) -> str:
    """Return why a mail about a task is pointless; "" where it is not. `told`: it is for who only hears of it."""
    if task.state == "done":
        return "It has been done meanwhile."
    if task.closed:
        return "Nobody owes it any more."
    return "" if told or person_id in task.person_ids else "This person no longer owes it."


def no_longer_news(news: NewsKind, number: int, entry: FormEntry) -> str:
    """Return why the news of an entry's version is out of date; "" where it is not."""
    if entry.state == "withdrawn":
        return "The entry was withdrawn."
    if news in {"released", "answered", "introduced", "ended"}:
        return ""
    if entry.number > number:
        return "It was sent in again meanwhile."
    if news == "proposed":
        return ""
    waits = news if news in {"changes-asked", "agreed"} else "submitted"
    return "" if entry.state == waits else "Somebody has dealt with it meanwhile."
