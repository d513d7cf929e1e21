"""A programme in which people are placed to things, made up: what programmes and reporting would tell of it.

Its template has keys of its own; nothing here is known by name to the service.
"""

import datetime as dt
import random

from shared.events.forms import EntryWithdrawn, FormAgreed
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import (
    MomentReached,
    ProgrammeOpened,
    RelationDeclared,
    RoleLeft,
    RoleTaken,
    SchoolEnrolled,
    SchoolWithdrawn,
)
from shared.template import Template
from shared.template.pauses import Pause

PROGRAMME = "prg-1"
SUBJECTS = ("reading", "writing", "maths", "music")
_YES = {"kind": "yes-no", "told": True}
_ROUND = {
    "key": "swap", "kind": "placements", "people": "visitor-entry", "things": "puzzle", "wishes": "visitor-entry.likes",
    "choose": "least-cost", "waiting": {"offer_working_days": 5},
    "rules": [
        {"rule": "same-school"}, {"rule": "own-manager"}, {"rule": "declared-conflict"},
        {"rule": "ledger", "number": 1},
    ],
}  # fmt: skip


def template(**changes):
    """A template with one round; `changes` are to the round."""
    return Template.model_validate({
        "key": "swaps", "version": 1, "title": "Swaps", "summary": "People look into puzzles of other schools.",
        "roles": [
            {"key": "lead", "title": "lead"},
            {"key": "visitor", "title": "visitor", "later": True},
            {"key": "boss", "title": "manager", "later": True},
        ],
        "relations": [{"key": "looks-after", "from_role": "boss", "to_role": "visitor"}],
        "clock": {"moments": [
            {"key": "posting", "opens": "09-15", "closes": "10-31"},
            {"key": "naming", "opens": "11-05", "closes": "11-20"},
        ]},
        "lists": [{"key": "subjects", "entries": [{"key": key, "title": key.title()} for key in SUBJECTS]}],
        "matching": [{**_ROUND, **changes}],
        "forms": [
            {
                "key": "puzzle", "title": "A puzzle", "by": ["lead"], "many": True,
                "fields": [{"key": "subject", "kind": "choice", "of": "subjects", "told": True}],
            },
            {
                "key": "visitor-entry", "title": "A visitor", "by": ["lead"], "about": "visitor", "many": True,
                "fields": [
                    {"key": "who", "kind": "person"},
                    {"key": "good-at", "kind": "several", "of": "subjects", "told": True},
                    {"key": "likes", "kind": "rank", "of": "puzzle", "most": 5, "told": True},
                    {"key": "not-there", "kind": "several", "of": "puzzle", "required": False, "told": True},
                ],
            },
            {"key": "own-word", "title": "Your own word", "by": ["visitor"], "about": "visitor-entry",
             "fields": [{"key": "gladly", **_YES}]},
            {"key": "managers-word", "title": "Your word as manager", "by": ["visitor.boss"], "about": "visitor-entry",
             "fields": [{"key": "fine", **_YES}]},
        ],
        "tasks": [
            {"key": "post", "who": ["lead"], "do": {"form": "puzzle"}, "opens": "posting.opens",
             "due": "posting.closes"},
            {"key": "name", "who": ["lead"], "do": {"form": "visitor-entry"}, "opens": "naming.opens",
             "due": "naming.closes"},
        ],
    })  # fmt: skip


def opened(**changes):
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Swaps 2026", year=2026, coordinator_id="per-coordinator",
        template=template(**changes),
    )  # fmt: skip


def school(letter):
    return f"sch-{letter}"


def enrolled(letter):
    facts = SchoolFacts(
        school_id=school(letter), urn=100000 + ord(letter), name=f"School {letter.upper()}", phase="primary",
        authority_code="370", authority="Barnsley",
    )  # fmt: skip
    return SchoolEnrolled(version=1, programme_id=PROGRAMME, enrolment_id=f"enr-{letter}", school=facts)


def left(letter):
    return SchoolWithdrawn(
        version=2, programme_id=PROGRAMME, enrolment_id=f"enr-{letter}", school_id=school(letter)
    )  # fmt: skip


def puzzle(name, subject="reading", version=1, **changes):
    """A thing; its first letter is its school."""
    return _entry(name, "puzzle", "school", {"subject": subject}, version, **changes)


def visitor(name, *likes, good_at=(), not_there=(), person=None, boss=None, word=True, manager=True):
    """Somebody who was named, with what follows: their role, their manager, what both said. None: nothing yet."""
    letter, person = name[0], person or f"per-{name}"
    answers = {"likes": entries(likes), "good-at": tuple(good_at), "not-there": entries(not_there)}
    said = [
        _word(name, "own-word", "gladly", word) if word is not None else None,
        _word(name, "managers-word", "fine", manager) if manager is not None else None,
    ]
    return [
        _entry(name, "visitor-entry", "visitor", answers),
        took(person, "visitor", letter, entry=name),
        RelationDeclared(
            version=1, relation_id=f"rel-{name}", programme_id=PROGRAMME, relation="looks-after",
            from_person=boss or f"per-boss-{name}", to_person=person,
        ),
        *filter(None, said),
    ]  # fmt: skip


def agreed(name, *, version=2, yes=True):
    """What the person says of themselves, later."""
    return _word(name, "own-word", "gladly", yes, version)


def took(person, role, letter, entry=None, version=1):
    return RoleTaken(
        version=version, membership_id=f"mem-{letter}-{person}-{role}", programme_id=PROGRAMME, person_id=person,
        role=role, school_id=school(letter), since=dt.date(2026, 9, 1), entry_id=f"ent-{entry}" if entry else None,
    )  # fmt: skip


def gone(person, role, letter, successor=None):
    return RoleLeft(
        version=2, membership_id=f"mem-{letter}-{person}-{role}", programme_id=PROGRAMME, person_id=person,
        role=role, school_id=school(letter), until=dt.date(2026, 12, 1), successor_id=successor,
    )  # fmt: skip


def postponed(version=2, on=dt.date(2026, 9, 7)):
    facts = {"version": version, "programme_id": PROGRAMME, "state": "postponed", "on": on}
    return ProgrammePostponed(**facts, pauses=(Pause(first=on),))


def resumed(version=3, on=dt.date(2027, 11, 1)):
    first = dt.date(2026, 9, 7)
    facts = {"version": version, "programme_id": PROGRAMME, "state": "running", "on": on}
    return ProgrammeResumed(**facts, pauses=(Pause(first=first, last=on),), postponed_on=first)


def withdrawn(name, form="puzzle", version=2):
    return EntryWithdrawn(
        version=version, entry_id=f"ent-{name}", programme_id=PROGRAMME, form=form, about="school",
        about_id=school(name[0]), school_id=school(name[0]), number=1, person_id="per-lead", on=dt.date(2026, 11, 1),
    )  # fmt: skip


def closed(moment, on=dt.date(2026, 11, 20)):
    return MomentReached(
        version=1, moment_id=f"mom-{moment}", programme_id=PROGRAMME, moment=moment, state="closes", on=on
    )  # fmt: skip


def entries(names):
    return tuple(f"ent-{name}" for name in names)


def _word(name, form, key, yes, version=1):
    return _entry(f"{name}-{form}", form, "visitor-entry", {key: yes}, version, about_id=f"ent-{name}")


def _entry(name, form, about, answers, version=1, about_id=None, author="per-lead"):
    return FormAgreed(
        version=version, entry_id=f"ent-{name}", programme_id=PROGRAMME, form=form, about=about,
        about_id=about_id or school(name[0]), school_id=school(name[0]), number=version,
        author_ids=(f"{author}-{name[0]}",), answers=answers,
    )  # fmt: skip


def year(seed, schools=12, things=40, people=38):
    """A programme as big as a demonstration's: who wishes for what is drawn; some subjects are wanted more."""
    draw = random.Random(seed)
    letters = [chr(ord("a") + n) for n in range(schools)]
    puzzles = [f"{letters[n % schools]}{n}" for n in range(things)]
    told = [opened(), *(enrolled(letter) for letter in letters)]
    told += [puzzle(name, draw.choice(SUBJECTS)) for name in puzzles]
    for n in range(people):
        letter = letters[n % schools]
        others = [name for name in puzzles if name[0] != letter]
        likes = draw.sample(others, 5)
        told += visitor(f"{letter}v{n}", *likes, good_at=draw.sample(SUBJECTS, 2), not_there=draw.sample(others, 1))
    return [*told, closed("posting"), closed("naming")]
