"""How much of a sheet may be shown, so that nobody's answer can be worked out, from one table or from several.

Small groups are merged, never left out of a total: whoever has a total and all groups but one can subtract. What has
been shown once stays as it is until so many more people have answered that the difference says nothing of one of them.
So every number that is ever shown, and every difference between two of them, is of `least` people or more
(tests/unit/reporting/counting holds this for any order of answers and reports).
"""

from collections.abc import Iterator, Mapping

from services.reporting.domain.counting.sheets import ALL, Cell, Sheet, Tally, people_in, together


def cells_of(people: Mapping[str, int], least: int, *, secret: bool = False) -> tuple[tuple[str, ...], ...]:
    """Groups in cells of at least `least` people each; none where all of them together are fewer.

    Groups that are large enough stand alone. The others stand together, with the smallest large one where needed; their
    order is that of `people`, and does not say which of them is the large one.
    `secret`: the numbers themselves must not be worked out, so that a cell in which each is as large as a small one can
    be takes another in, too; of several that are as small, all.
    """
    if sum(people.values()) < least:
        return ()
    large = [group for group in people if people[group] >= least]
    small = [group for group in people if people[group] < least]
    number = sum(people[group] for group in small)
    full = secret and number == len(small) * (least - 1)
    if small and large and (number < least or full):
        smallest = min(people[group] for group in large)
        alike = [group for group in large if people[group] == smallest]
        joined = alike if secret else alike[:1]
        large = [group for group in large if group not in joined]
        small += joined
    merged = tuple(group for group in people if group in small)
    return (*((group,) for group in large), *((merged,) if merged else ()))


def brought_up_to_date(sheet: Sheet) -> Sheet:
    """The sheet with everything that may be shown by now."""
    return sheet.model_copy(update={"shown": tuple(_shown(sheet))})


def _shown(sheet: Sheet) -> Iterator[Cell]:
    in_cells: set[str] = set()
    for cell in sheet.shown:
        in_cells |= set(cell.groups)
        now = _tally(sheet, cell.groups)
        yield cell.model_copy(update={"tally": now}) if now.people - cell.tally.people >= sheet.least else cell
    people = people_in(sheet.tallies)
    left = {group: people[group] for group in (*sheet.groups, ALL) if group in people and group not in in_cells}
    enough = [(group,) for group, number in left.items() if number >= sheet.least]
    for groups in enough if sheet.apart else cells_of(left, sheet.least):
        yield Cell(groups=groups, tally=_tally(sheet, groups))


def _tally(sheet: Sheet, groups: tuple[str, ...]) -> Tally:
    return together(sheet.tallies[group] for group in groups if group in sheet.tallies)
