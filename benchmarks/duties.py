"""Duties laid out over a school year: trusts of ten schools, each with two executive heads and fourteen kinds of duty.

`python -m benchmarks.duties [SCHOOLS]` lays out 1,000 schools, then again, when nothing has changed. Wall time of one
process, without the store.
"""

import sys
import time
from typing import Any

from tests.unit.scheduling.duties import trusts

duty: Any = trusts.duty
Trust: Any = trusts.Trust

TARGET = 30.0
A_TRUST = 10
DUTIES = (
    *(duty(f"daily-{number}", ["headteacher"], "daily") for number in range(5)),
    duty("head-meeting", ["executive-head", "headteacher"], "weekly", over="leads"),
    duty("chief-meeting", ["chief", "executive-head"], "fortnightly", over="oversees"),
    duty("presence", ["headteacher.leads"], "weekly", at="school"),
    duty("data", ["headteacher", "middle-leader"], "weekly"),
    duty("progress", ["headteacher", "middle-leader"], "six-a-year"),
    duty("review", ["headteacher.leads", "headteacher"], "termly"),
    duty("welfare", ["headteacher.leads", "headteacher"], "termly"),
    duty("around", ["headteacher.leads", "headteacher"], "twice-a-year", apart_school_weeks=8),
    duty("quality", ["headteacher.leads", "headteacher"], "yearly"),
)


def trust(schools: int) -> Trust:
    """A trust with its people; schools of two authorities."""
    found = Trust(*DUTIES)
    found.takes("chief", "chief")
    for number in range(2):
        found.takes(f"exec-{number}", "executive-head")
        found.leads("chief", f"exec-{number}", "oversees")
    for number in range(schools):
        school = f"sch-{number}"
        found.school(school, ("373", "926")[number % 2])
        found.takes(f"head-{number}", "headteacher", school)
        found.takes(f"lead-{number}", "middle-leader", school)
        found.leads(f"exec-{number % 2}", f"head-{number}")
    return found


def main(schools: int) -> int:
    """Print the seconds; 1 where the first layout takes longer than it may."""
    trusts = [trust(min(A_TRUST, schools - at)) for at in range(0, schools, A_TRUST)]
    began = time.perf_counter()
    for one in trusts:
        one.at()
    took = time.perf_counter() - began
    duties = sum(len(one.duties) for one in trusts)
    days = sum(len(each.days) for one in trusts for each in one.duties.values())
    print(f"{schools:,} schools, {duties:,} duties, {days:,} days: {took:.1f} s (at most {TARGET:.0f} s)")
    began = time.perf_counter()
    for one in trusts:
        one.at()
    print(f"again, nothing changed: {time.perf_counter() - began:.1f} s")
    return int(took > TARGET)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
