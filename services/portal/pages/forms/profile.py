"""A school's profile: what it has to share, what it wants to learn, when it cannot; its own people change it."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from services.portal.domain import words
from services.portal.domain.reading import Reading, whole_number
from services.portal.domain.rows import indexes
from services.portal.pages.forms.form import Facts, FormPage, Saved, Values
from services.portal.pages.forms.spans import spans_of, spans_stepped
from services.portal.pages.portal import Portal, Visitor
from shared.commands.base import Command
from shared.commands.profiles import ChangeProfile, ProfileShown, ShowProfile
from shared.commands.programmes import TopicClaim

LONGEST = 2000
WEIGHTS = {"5": "5, most of all", "4": "4", "3": "3", "2": "2", "1": "1, least of all"}
KINDS = ("strength", "need")


class ProfilePage(FormPage):
    """The target is the school, its programme the one in the address."""

    purpose: ClassVar[str] = "profile"
    template: ClassVar[str] = "profile.html"
    fields: ClassVar[Mapping[str, str]] = {
        "needs-without-strengths": "strength-1-topic", "strengths-without-needs": "need-1-topic",
        "travel": "travel", "dates-outside-year": "dates-0-first", "no-possible-date": "dates-0-first",
    }  # fmt: skip

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the profile; raises Hidden for somebody who has no part in the school's."""
        programme_id = visitor.link.programme_id or ""
        query = ShowProfile(programme_id=programme_id, school_id=visitor.link.target_id, person_id=visitor.person_id)
        found: ProfileShown = await portal.shown(query)
        return {
            "programme": {"name": found.programme},
            "title": found.school or "Your school",
            "found": found,
            "topics": {one.key: one.title for one in found.topics},
            "weights": WEIGHTS,
            "most": {"strength": found.most_strengths, "need": found.most_needs},
            "least": {"strength": found.least_strengths, "need": found.least_needs},
            "longest": LONGEST,
            "indexes": indexes,
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what is kept."""
        found: ProfileShown = facts["found"]
        values = {"version": str(found.version)}
        for kind, claims in (("strength", found.strengths), ("need", found.needs)):
            for number, claim in enumerate(claims, start=1):
                at = f"{kind}-{number}"
                values |= {f"{at}-topic": claim.topic, f"{at}-weight": str(claim.weight)}
                values[f"{at}-evidence"] = claim.evidence
        for number, span in enumerate(found.dates_not_possible):
            last = "" if span.last == span.first else span.last.isoformat()
            values |= {f"dates-{number}-first": span.first.isoformat(), f"dates-{number}-last": last}
        if not found.dates_not_possible:
            values |= {"dates-0-first": "", "dates-0-last": ""}
        if found.farthest_travel_km is not None:
            values["travel"] = f"{found.farthest_travel_km:g}"
        return values

    def step(self, values: Values, button: str) -> tuple[dict[str, str], str] | None:
        """Add or remove a row of dates."""
        return spans_stepped(values, button, "dates")

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the change; what is closed is left out, so that it stays."""
        found: ProfileShown = facts["found"]
        told = {kind: tuple(_claims(kind, facts, reading)) for kind in KINDS} if found.open else {}
        days = spans_of(reading, "dates", None)
        return ChangeProfile(
            programme_id=visitor.link.programme_id or "",
            urn=found.urn,
            person_id=visitor.person_id,
            version=whole_number(reading.values.get("version", "")),
            strengths=told["strength"] if told and found.most_strengths else None,
            needs=told["need"] if told and found.most_needs else None,
            dates_not_possible=days,
            farthest_travel_km=_travel(reading) if found.open and found.asks_travel else None,
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say until when it can be changed, and what becomes of it."""
        found: ProfileShown = facts["found"]
        until = f"You can change it until {words.day(found.until)}." if found.open and found.until else ""
        then = (
            "The groups are made from the profiles once enrolment has closed; you then hear who is in yours."
            if found.open and found.most_needs
            else "Dates that lie on days you have named are looked at again."
        )
        return Saved("Your school\u2019s profile is saved", tuple(filter(None, (until, then))), "Change it again")


def _claims(kind: str, facts: Facts, reading: Reading) -> Iterator[TopicClaim]:
    """Topics of one kind as typed; a row without a topic is none, unless something else stands in it."""
    for number in range(1, facts["most"][kind] + 1):
        at = f"{kind}-{number}"
        topic, evidence = reading.values.get(f"{at}-topic", ""), reading.values.get(f"{at}-evidence", "").strip()
        if not topic:
            if evidence:
                reading.wrong(f"{at}-topic", f"Choose the topic of {kind} {number}, or empty its text.")
            elif number <= facts["least"][kind]:
                reading.wrong(f"{at}-topic", f"Choose a topic for {kind} {number}.")
            continue
        weight = reading.choice(f"{at}-weight", f"how much {kind} {number} counts", tuple(WEIGHTS))
        if topic not in facts["topics"]:
            reading.wrong(f"{at}-topic", f"Choose a topic of the list for {kind} {number}.")
        elif not evidence:
            reading.wrong(f"{at}-evidence", f"Say in a sentence how you know, for {kind} {number}.")
        elif len(evidence) > LONGEST:
            reading.wrong(f"{at}-evidence", f"This takes at most {LONGEST:,} characters; it has {len(evidence):,}.")
        else:
            yield TopicClaim(topic=topic, weight=int(weight or 3), evidence=evidence)


def _travel(reading: Reading) -> float | None:
    typed = reading.values.get("travel", "").strip().removesuffix("km").strip()
    if not typed:
        return None
    try:
        found = float(typed)
    except ValueError:
        found = 0
    if not 1 <= found <= 1000:
        reading.wrong("travel", "Give the farthest way in kilometres, between 1 and 1,000.")
        return None
    return found
