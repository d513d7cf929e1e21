"""What made-up people write: briefs, appraisals, what they take home, findings and action plans.

Put together from many parts by a seed, so that no two schools write the same and the same seed writes the same again.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

PRACTICE = (
    "Every lesson opens with five minutes of retrieval; please see it in {where} and ask pupils what it does for them.",
    "Our work on {topic} runs from a one-page guide that all staff wrote. Watch it in {where}, then talk to {who}.",
    "Staff plan {topic} in pairs across year groups on a Tuesday. Sit in, and look at the books that follow.",
    "We film short clips of our own lessons to develop {topic}. {who} will show you three and how we talk about them.",
)
CHALLENGE = (
    "It is strong in {where} and patchy elsewhere. How do you keep it going when staff change?",
    "Our newest staff find it hard to see what good {topic} looks like. What would you show them first?",
    "We measure too much and learn too little from it. Which two figures would you keep?",
    "Parents tell us they cannot see it at home. We have tried newsletters and an open evening; few came.",
)
STRENGTH = (
    "Pupils in {where} explained what they are learning and why, in their own words.",
    "Routines for {topic} are the same in every room we saw, and no time is lost between tasks.",
    "{who} knows each subject's plan in detail and uses it to coach, not to check.",
    "Books show that {topic} builds from one term to the next; earlier mistakes do not come back.",
    "Support staff take part in planning and know what to look for.",
    "Governors ask for evidence about {topic} and read it before they meet.",
)
DEVELOP = (
    "Questions in some rooms are answered by the same few; wait longer and ask more pupils.",
    "Make the next step in {topic} visible to pupils, not only to the teacher.",
    "Share the guide for {topic} with supply staff on arrival.",
    "Give middle leaders an hour a fortnight to see {topic} in other rooms.",
)
NEXT_STEP = (
    "{who} visits two partner schools by the end of term and reports to the leadership team.",
    "Try the shorter planning sheet in {where} for six weeks, then decide.",
    "Film two openings of lessons and discuss them at the next staff meeting.",
    "Send our partner schools the guide; they mark it up and send it back within a fortnight.",
)
EVIDENCE = (
    "Six short lesson visits in {where}, ten minutes each",
    "A conversation with eight pupils about {topic}",
    "Books of twelve pupils in two year groups",
    "A walk at the change of lessons with {who}",
    "The school's own figures for the last three terms",
)
LEARNT = (
    "That {topic} needs one page, not a policy. Their guide fits on a sheet and everybody uses it.",
    "How much time they gave staff to practise before anything was expected in lessons.",
    "Their leaders stopped two things before they started one. We only ever add.",
    "Pupils can say what they will do next. Ours can say what they have done.",
    "A short clip of a lesson starts a better conversation than a written observation.",
)
WILL_USE = (
    "We will try the five-minute opening in {where} after half-term, with {who} leading it.",
    "Our senior team will write one page on {topic} before Easter and test it with two departments.",
    "I will give three middle leaders time to see each other teach once a fortnight.",
    "We will film two of our own lessons and talk about them at the next training day.",
)
OFFER = (
    "A morning in our school for two of your staff, to see {topic} from planning to books.",
    "An hour on the telephone with {who} about how we began.",
    "Our one page on {topic}, and an afternoon to adapt it together.",
    "A second pair of eyes: {who} comes for half a day and tells you what they see.",
)
TRIED = ("tried", "tried", "kept", "will-use", "stopped")
"""Answers to what became of it, by their keys."""
FINDING = (
    ("Routines in {topic} now hold across the school", "on-track"),
    ("Middle leaders lead {topic} without being asked", "complete"),
    ("{topic_} is still uneven in {where}", "at-risk"),
    ("Staff who joined this year were brought in too late", "off-track"),
    ("Pupils can say what they will improve next", "on-track"),
    ("Time for planning together is used for planning together", "complete"),
)
DETAIL = (
    "Before the first visit this depended on who taught. After three visits and a term of practice it does not.",
    "We compared ourselves with the schools of our group and found the difference in how early new staff practise.",
    "It works where a leader is in the room every week. Where nobody is, it fades within a month.",
    "The change began with one thing we stopped doing, which gave everybody an hour a week.",
)
ACTION = (
    ("Write one page on {topic} with all staff", "The page hangs in every staff room and new staff can explain it."),
    ("Pair each new teacher with somebody from {where}", "Every pair has met six times by the end of term."),
    ("Visit one school of the group to see {topic} again", "Two things seen there are in our plan by half-term."),
    ("Give middle leaders an hour a fortnight in lessons", "Each has seen eight lessons and talked about all of them."),
    (
        "Report to governors on {topic}",
        "Governors have asked at least three questions of it; the minutes show the answers.",
    ),
    ("Look at books of the same twelve pupils each term", "At least ten of the twelve show the next step being taken."),
)
WANTED = "Please say when it began."
"""What a head asks to be changed in the findings."""
OWNER_ROLES = ("CPD lead", "Headteacher", "Senior leader")
"""Owners whom a school has by their role, so that they are asked how it stands."""
OWNER = ("Headteacher", "Deputy headteacher", "CPD lead", "Lead for {topic}", "Head of Year 8", "Lead practitioner")
WHERE = (
    "Year 4",
    "Year 6",
    "Reception and Year 1",
    "the humanities",
    "science",
    "mathematics in Year 9",
    "Years 7 and 8",
)
WHO = ("our CPD lead", "our lead for teaching", "two class teachers", "our deputy headteacher", "our subject leaders")


@dataclass(frozen=True)
class Plan:
    """A school's findings and action plan, by the names of the form's columns."""

    summary: str
    findings: list[dict[str, str]]
    actions: list[dict[str, str]]


class Pen:
    """Writes for one person about one thing; the same seed writes the same."""

    def __init__(self, seed: str, topic: str) -> None:
        self._random = Random(seed)  # noqa: S311 - made-up texts
        self._topic = topic[0].lower() + topic[1:]

    def one(self, parts: Sequence[str]) -> str:
        """One sentence."""
        return self._fill(self._random.choice(parts))

    def pick(self, keys: Sequence[str]) -> str:
        """One of several keys, as it stands."""
        return self._random.choice(keys)

    def some(self, parts: Sequence[str], least: int, most: int) -> str:
        """Several sentences, one a line."""
        chosen = self._random.sample(list(parts), self._random.randint(least, min(most, len(parts))))
        return "\n".join(self._fill(part) for part in chosen)

    def plan(self, due: dt.date) -> Plan:
        """Findings with evidence, and actions due in the weeks after `due`."""
        findings = [
            {
                "title": self._fill(title),
                "detail": self.one(DETAIL),
                "status": status,
                "evidence": self.some(EVIDENCE, 1, 3),
            }
            for title, status in self._random.sample(FINDING, self._random.randint(2, 3))
        ]
        actions = [
            {
                "what": self._fill(what),
                "owner": self.one(OWNER),
                "due": (due + dt.timedelta(days=self._random.randint(60, 300))).isoformat(),
                "success": self._fill(success),
                "status": self._random.choice(("not-started", "not-started", "under-way")),
            }
            for what, success in self._random.sample(ACTION, self._random.randint(2, 4))
        ]
        summary = f"{self.one(LEARNT)} {self.one(DETAIL)} {self.one(WILL_USE)}"
        return Plan(summary, findings, actions)

    def agreement(self) -> str:
        """How far somebody agrees: mostly."""
        points = ("strongly-agree", "agree", "neither", "disagree")
        return self._random.choices(points, weights=(45, 40, 10, 5))[0]

    def chance(self, share: float) -> bool:
        """True for about that share."""
        return self._random.random() < share

    def _fill(self, part: str) -> str:
        where, who = self._random.choice(WHERE), self._random.choice(WHO)
        words = {"topic": self._topic, "topic_": self._topic[0].upper() + self._topic[1:], "where": where, "who": who}
        said = part.format(**words)
        return said[0].upper() + said[1:]
