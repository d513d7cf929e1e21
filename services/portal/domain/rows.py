"""Rows of a form in flat fields `<kind>-<n>-<column>`, so that plain HTML can add and remove them."""

import re
from collections.abc import Mapping

BUTTON = re.compile(r"(add|remove)-([a-z]+)(?:-(\d{1,3}))?")


def indexes(values: Mapping[str, str], kind: str) -> list[int]:
    """Return the numbers of the rows that are there, in order."""
    pattern = re.compile(rf"{kind}-(\d{{1,3}})-[a-z]+")
    return sorted({int(match[1]) for name in values if (match := pattern.fullmatch(name))})


def is_empty(values: Mapping[str, str], kind: str, number: int, ignoring: tuple[str, ...] = ()) -> bool:
    """Return whether nothing was typed in a row; columns that always hold something are ignored."""
    prefix = f"{kind}-{number}-"
    return not any(
        value.strip()
        for name, value in values.items()
        if name.startswith(prefix) and name.removeprefix(prefix) not in ignoring
    )


def stepped(
    values: Mapping[str, str], button: str, columns: Mapping[str, tuple[str, ...]], most: int
) -> tuple[dict[str, str], str] | None:
    """Carry out an add or remove button. Return the new values and the field to go to, or None for another button."""
    match = BUTTON.fullmatch(button)
    if not match or match[2] not in columns:
        return None
    verb, kind, number = match[1], match[2], match[3]
    rows = indexes(values, kind)
    if verb == "add":
        if len(rows) >= most:
            return dict(values), f"{kind}-{rows[-1]}-{columns[kind][0]}"
        new = rows[-1] + 1 if rows else 0
        blank = {f"{kind}-{new}-{column}": "" for column in columns[kind]}
        return {**values, **blank}, f"{kind}-{new}-{columns[kind][0]}"
    if number is None or int(number) not in rows:
        return None
    kept = {name: value for name, value in values.items() if not name.startswith(f"{kind}-{number}-")}
    left = [row for row in rows if row != int(number)]
    near = max((row for row in left if row < int(number)), default=left[0] if left else None)
    return kept, f"{kind}-{near}-{columns[kind][0]}" if near is not None else f"add-{kind}"
