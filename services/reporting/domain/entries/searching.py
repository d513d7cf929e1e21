"""By what entries are looked for."""

from dataclasses import dataclass

from services.reporting.domain.entries.records import State


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Empty fields narrow nothing. `about_ids`, `states`: any of them; `named`: the beginning of the entry's id."""

    programme_id: str = ""
    form: str = ""
    about_id: str = ""
    about_ids: tuple[str, ...] = ()
    school_id: str = ""
    author_id: str = ""
    states: tuple[State, ...] = ()
    named: str = ""
