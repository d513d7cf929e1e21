"""Weighing a poll: how many named which theme, which of them is chosen, and how much of it may be shown."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from pydantic import Field

from services.reporting.domain.counting.sheets import Counted, Sheet, together
from services.reporting.domain.counting.showing import cells_of
from services.reporting.domain.decisions.decision import Answered
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.facts import Record
from services.reporting.domain.ids import derived
from shared.commands.base import Done
from shared.errors import Rejected
from shared.events.polls import PollClosed, ThemeChosen
from shared.template.polls import VOTE, Poll


class PollRecord(Record):
    """A poll that has closed. `counts`: theme -> how many named it; `among`: what may be chosen, if somebody must.

    `round`: of its form, when it closed: answers to that round are taken no more.
    """

    poll_id: str
    programme_id: str
    template: str
    year: int
    poll: str
    form: str
    round: str = ""
    closed_on: dt.date
    answered: int
    least: int
    counts: dict[str, int] = Field({})
    among: tuple[str, ...] = ()
    chooser_ids: tuple[str, ...] = ()
    theme: str = ""
    theme_title: str = ""
    person_id: str = ""
    version: int = 0


def poll_id(programme_id: str, poll: str) -> str:
    """Id of a poll of a programme."""
    return derived("pol", programme_id, poll)


def weighed(
    poll: Poll,
    programme: EngineProgramme,
    sheets: Sequence[Sheet],
    titles: Mapping[str, str],
    choosers: Sequence[str],
    *,
    least: int,
    round_: str,
    on: dt.date,
) -> Answered[PollRecord]:
    """Close a poll. `titles`: theme -> words; `choosers`: who chooses, where nobody else does or votes tie."""
    tally = together(one for sheet in sheets for one in sheet.tallies.values())
    counted = tally.questions.get(poll.field, Counted()).chosen
    counts = {theme: counted.get(theme, 0) for theme in titles}
    answered = tally.people
    first = _first(counts) if answered >= least else tuple(titles)
    by_vote = poll.chosen_by == VOTE and len(first) == 1
    record = PollRecord(
        poll_id=poll_id(programme.programme_id, poll.key), programme_id=programme.programme_id,
        template=programme.template.key, year=programme.year, poll=poll.key, form=poll.form, round=round_,
        closed_on=on, answered=answered, least=least, counts=counts,
        among=() if by_vote else (first if poll.chosen_by == VOTE else tuple(titles)),
        chooser_ids=() if by_vote else tuple(choosers),
        version=1,
    )  # fmt: skip
    done = Done(id=record.poll_id)
    closed = PollClosed(
        version=1, poll_id=record.poll_id, programme_id=record.programme_id, poll=poll.key,
        waits_for=record.chooser_ids,
    )  # fmt: skip
    if not by_vote:
        return Answered(done=done, record=record, events=(closed,))
    record, told = _with_theme(record, poll, first[0], titles[first[0]], "")
    return Answered(done=done, record=record, events=(closed, told))


def chosen(
    record: PollRecord | None,
    poll: Poll,
    titles: Mapping[str, str],
    *,
    theme: str,
    person_id: str,
    choosers: Collection[str],
) -> Answered[PollRecord]:
    """Choose a theme. Raises Rejected: unknown-poll, chosen, not-among."""
    if record is None:
        raise Rejected("unknown-poll", "This poll has not closed yet: people still answer.")
    if person_id not in choosers:
        raise Rejected("unknown-poll", "There is nothing for you to choose here.")
    if record.theme:
        raise Rejected("chosen", f"“{record.theme_title}” was chosen already.")
    if theme not in record.among:
        among = ", ".join(titles.get(one, one) for one in record.among)
        raise Rejected("not-among", f"Choose one of: {among}.")
    record, told = _with_theme(record, poll, theme, titles[theme], person_id)
    done = Done(id=record.poll_id, version=record.version, sentence=f"“{record.theme_title}” is chosen.")
    return Answered(done=done, record=record, events=(told,))


def shown(record: PollRecord) -> list[tuple[tuple[str, ...], int]]:
    """Themes with how many named them, the most first. Those that too few named stand together.

    They are merged as groups are (see `showing`), so that no number of one of them can be worked out from the others
    and the sum of all.
    """
    if record.answered < record.least:
        return []
    found = [
        (cell, sum(record.counts[one] for one in cell)) for cell in cells_of(record.counts, record.least, secret=True)
    ]
    return sorted(found, key=lambda one: (len(one[0]) > 1, -one[1], one[0]))


def _first(counts: Mapping[str, int]) -> tuple[str, ...]:
    most = max(counts.values(), default=0)
    return tuple(theme for theme, number in counts.items() if number == most)


def _with_theme(
    record: PollRecord, poll: Poll, theme: str, title: str, person_id: str
) -> tuple[PollRecord, ThemeChosen]:
    update = {"theme": theme, "theme_title": title, "person_id": person_id, "version": record.version + 1}
    record = record.model_copy(update=update)
    told = ThemeChosen(
        version=record.version,
        poll_id=record.poll_id,
        programme_id=record.programme_id,
        poll=poll.key,
        theme=theme,
        title=title,
        activity=poll.names or "",
        person_id=person_id,
    )
    return record, told
