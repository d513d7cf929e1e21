"""What made-up CPD leads want to know, and the topics in which it lies."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Question:
    """What a project looks into."""

    topic: str
    title: str
    need: str
    inside: str


QUESTIONS = (
    Question("feedback", "Feedback that pupils use", "Teachers give hours of feedback; few books show it was used.",
             "Books of two year groups, and what pupils say of them"),
    Question("homework", "Homework worth setting", "Half of it is never handed in. What does it add?",
             "Three subjects and the figures of one term"),
    Question("reading", "Reading in every subject", "Pupils read well in English and badly in science.",
             "Lessons in science and history, and the words they teach"),
    Question("attendance", "The same sixty children", "Our figures improve, but not for the children who miss most.",
             "What is done on the first day of absence, and on the tenth"),
    Question("behaviour", "Between lessons", "Lessons are calm, corridors and lunchtimes are not.",
             "Two days outside lessons, and what staff on duty say"),
    Question("disadvantaged-pupils", "Where the money goes", "We spend it on eleven things and cannot say which help.",
             "The plan, its figures, and a talk with those who carry it out"),
    Question("send", "Help in the room", "Teaching assistants work hard. Do pupils learn to do without them?",
             "Six lessons with support, and what pupils say"),
    Question("middle-leadership", "Leading without a classroom key", "Our middle leaders manage. Do they lead?",
             "How four of them use the time they are given"),
    Question("assessment", "Too many tests", "We test every half-term and change little afterwards.",
             "What three departments do in the week after a test"),
    Question("transition", "The summer before", "Pupils arrive ready and we begin again from the start.",
             "What feeder schools send, and who reads it"),
    Question("parents", "Parents we never meet", "The same forty families come to everything.",
             "What families are asked to, and how"),
    Question("wellbeing", "What staff would stop", "Our survey says workload. It does not say of what.",
             "Talks with ten members of staff, in confidence"),
)  # fmt: skip
LED = ("A year group", "The school's reading week", "Induction of new staff", "A subject in a small department")
NOTES = {
    "arrival": "8:40 at main reception; the bell goes at 8:50.",
    "sign-in": "Sign in on the screen and take a green lanyard.",
    "identity": "Photo identification. Your school confirms your checks to ours.",
    "parking": "Four places behind the hall are kept for visitors.",
}
WISHES = (
    {"text": "Two lessons in Year 5", "whom": "The class teachers", "how-long": "An hour"},
    {"text": "Your policy, as staff have it", "whom": "The office"},
    {"text": "Six pupils who volunteer", "whom": "A head of year", "how-long": "Twenty minutes"},
)
NOTED = (
    "Eleven of twelve books had a comment; four had an answer to it.",
    "Three teachers said that they mark at home.",
)
WITH_A_NAME = "In the second lesson Amelia said that she reads every comment."
SUMMARY = "At {host} a great deal is written for pupils, and little of it is used. What helps costs nothing."
FOUND = ("Comments are written and seldom answered", "Eleven of twelve books had a comment; four had an answer to it.")
PLANNED = ("Give five minutes of every third lesson to answering comments", "Eight of twelve books show an answer.")
CHANGES = ("Please say in which year groups you looked.", "Please name what already works.")
GAINED = "I ask more and answer later. I can say what I saw before I say what I think."
WELL_DONE = "They asked before they judged, and came back with what they had promised."


def question(seed: str) -> Question:
    """What one school wants to know."""
    return Random(seed).choice(QUESTIONS)  # noqa: S311 - made-up texts


DECIDED = "The school tries what was proposed for half a term, and looks again."
