"""A year in figures: how long it took, how much mail people got, how much memory the services needed."""

import datetime as dt
from collections import Counter
from email.utils import parsedate_to_datetime

from kindred.demo.round import Round

Week = tuple[int, int]
"""A year and a week of it, by ISO 8601."""


def said(this: Round, seconds: float) -> list[str]:
    """One line each."""
    lines = [f"Played in {seconds:.0f} s"]
    weeks = mails_a_week(this)
    if weeks:
        of = Counter[str]()
        for (who, _), count in weeks.items():
            of[who] = max(of[who], count)
        (busiest, week), most = max(weeks.items(), key=lambda one: (one[1], one[0]))
        spans = len({week for _, week in weeks})
        mean = sum(weeks.values()) / (len(of) * spans)
        monday = dt.date.fromisocalendar(*week, 1)
        lines.append(
            f"Mails: {sum(weeks.values()):,} to {len(of):,} people over {spans} weeks; {mean:.2f} a person and week, "
            f"at most {most} ({busiest}, in the week from {monday:%d %B %Y}); half of the people never more than "
            f"{sorted(of.values())[len(of) // 2]} a week"
        )
    memory = this.target.memory()
    if memory:
        parts = ", ".join(f"{name} {size / 2**20:.0f}" for name, size in sorted(memory.items()))
        lines.append(f"Peak memory of the services: {sum(memory.values()) / 2**20:.0f} MiB ({parts})")
    return lines


def mails_a_week(this: Round) -> Counter[tuple[str, Week]]:
    """Address and week -> how many mails arrived."""
    found = Counter[tuple[str, Week]]()
    for letters in this.ledger.received.values():
        for letter in letters:
            year, week, _ = parsedate_to_datetime(str(letter.message["Date"])).isocalendar()
            found[letter.to, (year, week)] += 1
    return found
