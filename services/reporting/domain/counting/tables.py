"""What may be shown of sheets as tables: for each question how many gave which answer, of how many who were asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.reporting.domain.counting.sheets import Cell, Counted, Sheet, together
from services.reporting.domain.words import count, day, listed, sentence, spelt
from shared.template import Form, FormField, Template
from shared.template.answers import AGREEMENT, choices

Asked = Mapping[str, int]
"""Group -> how many of it are asked; of a form that counts everybody together, the group is empty."""


@dataclass(frozen=True)
class CountTable:
    """One question, under the `key` by which it is counted.

    `columns` name groups, all of them first; `rows`: the words of an answer and its numbers. `texts`: what was written,
    of a question that takes words. `answered`: how many did, by column. `note` says of how many, and what is
    withheld and why.
    """

    question: str
    key: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[int, ...]], ...] = ()
    texts: tuple[str, ...] = ()
    answered: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """Cells of several sheets under names, with how many answered and were asked; `withheld`: sheets left out.

    `apart`: there is no total of the groups, of which `missing` are withheld.
    """

    cells: Mapping[str, Cell]
    least: int
    asked: int = 0
    later: int = 0
    withheld: int = 0
    apart: bool = False
    missing: tuple[str, ...] = ()
    begun: str = ""

    @property
    def people(self) -> int:
        """How many people are in them."""
        return sum(cell.tally.people for cell in self.cells.values())


def shown_of(sheets: Sequence[Sheet], asked: Mapping[str, Asked]) -> Shown:
    """What may be shown of sheets with the same mark. Of several sheets only what each may show alone is added up."""
    least = max(one.least for one in sheets)
    showing = [one for one in sheets if one.shown]
    if all(one.apart for one in sheets):
        cells = {sheets[0].groups.get(cell.groups[0], cell.groups[0]): cell for cell in _by_group(showing)}
    elif len(sheets) == 1 and showing:
        one = sheets[0]
        cells = {_named(cell, one.groups): cell for cell in one.shown}
    else:
        tally = together(cell.tally for one in showing for cell in one.shown)
        cells = {"": Cell(groups=(), tally=tally)} if showing else {}
    return Shown(
        cells=cells,
        least=least,
        asked=sum(sum(asked.get(one.sheet_id, {}).values()) for one in showing or sheets),
        later=sum(one.people - one.people_shown for one in showing),
        withheld=len(sheets) - len(showing),
        begun=day(min(one.begun for one in sheets)),
        apart=all(one.apart for one in sheets),
        missing=tuple(
            title for key, title in sheets[0].groups.items() if not any(_in_a_cell(key, one) for one in sheets)
        ),
    )


def tables(
    form: Form, template: Template, shown: Shown, options: Mapping[str, Mapping[str, str]], wanted: str = ""
) -> list[CountTable]:
    """A table for each question. `options`: field -> words of what can be chosen and of what is levelled."""
    return [
        _table(asked, key, words, shown, _chosen_from(asked, template, options.get(asked.key, {})))
        for asked in form.fields
        if wanted in {"", asked.key}
        for key, words in _questions(asked, shown, options.get(asked.key, {}))
    ]


def withheld(shown: Shown) -> str:
    """Why nothing is shown."""
    return f"Fewer than {spelt(shown.least)} people have answered, so nothing is shown: an answer could be somebody's."


def _by_group(sheets: Iterable[Sheet]) -> Iterator[Cell]:
    """Of sheets whose groups stand alone: each group over all of them that show it."""
    cells = [cell for sheet in sheets for cell in sheet.shown]
    for groups in dict.fromkeys(cell.groups for cell in cells):
        yield Cell(groups=groups, tally=together(cell.tally for cell in cells if cell.groups == groups))


def _in_a_cell(group: str, sheet: Sheet) -> bool:
    return any(group in cell.groups for cell in sheet.shown)


def _questions(asked: FormField, shown: Shown, words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """The keys by which a question is counted, with their words: a level's one for each thing."""
    label = asked.label or asked.key.replace("-", " ").replace("_", " ").capitalize()
    if asked.kind != "level":
        return ((asked.key, label),)
    keys = dict.fromkeys(key for cell in shown.cells.values() for key in cell.tally.questions)
    things = [key for key in keys if key.startswith(f"{asked.key}:")]
    return tuple((key, words.get(key.partition(":")[2], key.partition(":")[2])) for key in things)


def _table(asked: FormField, key: str, words: str, shown: Shown, options: Mapping[str, str]) -> CountTable:
    none = Counted()
    counted = {name: cell.tally.questions.get(key, none) for name, cell in shown.cells.items()}
    total = none
    for one in counted.values():
        total = total.plus(one)
    if not shown.apart and total.answered < shown.least:
        said = f"Fewer than {spelt(shown.least)} people have answered this, so it is not shown."
        return CountTable(question=words, key=key, note=said)
    note = _note(total.answered, shown)
    if asked.kind == "text":
        return CountTable(question=words, key=key, texts=total.texts, note=note)
    apart = {name: one for name, one in counted.items() if name}
    if shown.apart:
        return _groups_alone(words, key, options, apart, shown)
    if len(apart) < 2 or any(one.answered < shown.least for one in apart.values()):
        apart = {}
    keys = dict.fromkeys((*options, *total.chosen))
    rows = tuple(
        (options.get(one, one), (total.chosen.get(one, 0), *(cell.chosen.get(one, 0) for cell in apart.values())))
        for one in keys
    )
    note += _merged(apart, shown)
    return CountTable(
        question=words,
        key=key,
        columns=("All", *apart),
        rows=rows,
        answered=(total.answered, *(one.answered for one in apart.values())),
        note=note,
    )


def _groups_alone(
    words: str, key: str, options: Mapping[str, str], groups: Mapping[str, Counted], shown: Shown
) -> CountTable:
    """Groups that are never added up, each with how many of it answered."""
    enough = {name: one for name, one in groups.items() if one.answered >= shown.least}
    rows = tuple((said, tuple(one.chosen.get(key, 0) for one in enough.values())) for key, said in options.items())
    note = " ".join(f"{name}: {count(one.answered, 'answer')}." for name, one in enough.items())
    if missing := [*shown.missing, *(name for name in groups if name not in enough)]:
        note += f" {sentence(listed(missing))}: not shown, because fewer than {spelt(shown.least)} answered."
    return CountTable(
        question=words,
        key=key,
        columns=tuple(enough),
        rows=rows if enough else (),
        answered=tuple(one.answered for one in enough.values()),
        note=note.strip(),
    )


def in_bands(table: CountTable, edges: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table as shares in bands: `below 50%`, `50% to 95%`, `above 95%`."""
    return tuple(
        (words, *(band(number, of, edges) for number, of in zip(numbers, table.answered, strict=True)))
        for words, numbers in table.rows
    )


def band(number: int, of: int, edges: Sequence[int]) -> str:
    """The band in which a share lies; a band begins at its percent, and the last one above it."""
    share = 100 * number / of if of else 0
    if share < edges[0]:
        return f"below {edges[0]}%"
    if share > edges[-1]:
        return f"above {edges[-1]}%"
    low, high = next((low, high) for low, high in pairwise(edges) if low <= share <= high)
    return f"{low}% to {high}%"


def _chosen_from(asked: FormField, template: Template, options: Mapping[str, str]) -> Mapping[str, str]:
    """What could be answered, key -> words, in the order in which it is shown; of levels no things."""
    if asked.kind == "agreement":
        return dict(reversed(AGREEMENT.items()))
    return (choices(asked, template) or options) if asked.kind == "level" else options


def _note(answered: int, shown: Shown) -> str:
    of = f" of the {spelt(shown.asked)} who were asked" if shown.asked >= shown.people else ""
    said = f"{sentence(count(answered, 'person has', 'people have'))} answered{of}."
    if shown.later:
        more = count(shown.later, "person has", "people have")
        said += f" {sentence(more)} answered since: they are added once there are {spelt(shown.least)}."
    if shown.withheld:
        left = count(shown.withheld, "place is", "places are")
        said += f" {sentence(left)} left out, because fewer than {spelt(shown.least)} people answered there."
    return said


def _merged(apart: Mapping[str, Counted], shown: Shown) -> str:
    """Why groups stand together."""
    merged = [name for name in apart if len(shown.cells[name].groups) > 1]
    if not merged:
        return ""
    why = f"fewer than {spelt(shown.least)} of one of them answered"
    return f" {sentence(listed(merged))} are counted together, because {why}."


def _named(cell: Cell, groups: Mapping[str, str]) -> str:
    return listed([groups.get(one, one) for one in cell.groups])
