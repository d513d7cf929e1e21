"""Impact figures that withstand a differencing attack: no subtraction of figures gives a single person's answer away.

Answers are released in *blocks*. A block holds at least `smallest` answers, is made once, and never changes again.
Every figure ever shown (of a visit, event, group or cohort, in this report or an earlier one) is a sum of whole blocks.
So any sum or difference of figures, also of two editions, is a sum of whole blocks too: nothing, or at least `smallest`
answers. Hiding small cells alone does not reach that: "group less its other visits" gives the hidden visit, and "this
edition less the last" gives the one late answer.

How blocks are made: a visit or event with enough waiting answers makes a block of its own. What is left over once a
survey is settled is pooled over its group's visits, then over the cohort, and counts there only. Leftovers that are
still too few wait, and count nowhere. An answer changed after its release is kept but not released again.

What this does not hide: that all of five or more people agreed, which any share of 100% says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from shared.commands.reporting import Agreement

AGREES: frozenset[Agreement] = frozenset({"agree", "strongly-agree"})
Scope = Literal["target", "group", "cohort"]


class Answer(NamedTuple):
    """One person's answer that is not released yet, without the person."""

    response_id: str
    target_id: str
    answers: Mapping[str, Agreement]


class Target(NamedTuple):
    """What was asked about: a visit of a group, or an event (no group). `settled`: few more answers are expected."""

    target_id: str
    group_id: str | None
    settled: bool


class Block(BaseModel):
    """Answers released together, for good. `agree` counts those who agree with each statement."""

    model_config = ConfigDict(frozen=True)

    scope: Scope
    scope_id: str
    group_id: str | None = None
    answers: int
    agree: dict[str, int]
    response_ids: tuple[str, ...] = ()


class Figure(NamedTuple):
    """What may be shown of one visit, event, group or cohort; `answers` is 0 where nothing may."""

    answers: int
    agree: Mapping[str, int]


def make_blocks(waiting: Iterable[Answer], targets: Iterable[Target], cohort_id: str, smallest: int) -> list[Block]:
    """Make as many blocks of at least `smallest` answers as the waiting answers allow, the finest first."""
    by_target = _grouped(sorted(waiting, key=lambda answer: answer.response_id), lambda answer: answer.target_id)
    blocks: list[Block] = []
    by_group: dict[str | None, list[Answer]] = defaultdict(list)
    for target in sorted(targets, key=lambda target: target.target_id):
        answers = by_target.get(target.target_id, [])
        if len(answers) >= smallest:
            blocks.append(_block("target", target.target_id, target.group_id, answers))
        elif target.settled:
            by_group[target.group_id] += answers
    rest = by_group.pop(None, [])
    for group_id, answers in sorted(by_group.items(), key=lambda item: item[0] or ""):
        if group_id and len(answers) >= smallest:
            blocks.append(_block("group", group_id, group_id, answers))
        else:
            rest += answers
    if len(rest) >= smallest:
        blocks.append(_block("cohort", cohort_id, None, rest))
    return blocks


def target_figure(blocks: Iterable[Block], target_id: str) -> Figure:
    """What may be shown of one visit or event."""
    return _total(block for block in blocks if block.scope == "target" and block.scope_id == target_id)


def group_figure(blocks: Iterable[Block], group_id: str) -> Figure:
    """What may be shown of one group: its visits' blocks and those pooled over its visits."""
    return _total(block for block in blocks if block.group_id == group_id)


def cohort_figure(blocks: Iterable[Block]) -> Figure:
    """What may be shown of the whole cohort."""
    return _total(blocks)


def _total(blocks: Iterable[Block]) -> Figure:
    answers, agree = 0, defaultdict[str, int](int)
    for block in blocks:
        answers += block.answers
        for statement, number in block.agree.items():
            agree[statement] += number
    return Figure(answers, dict(agree))


def _block(scope: Scope, scope_id: str, group_id: str | None, answers: list[Answer]) -> Block:
    agree = defaultdict[str, int](int)
    for answer in answers:
        for statement, agreement in answer.answers.items():
            agree[statement] += agreement in AGREES
    return Block(
        scope=scope,
        scope_id=scope_id,
        group_id=group_id,
        answers=len(answers),
        agree=dict(agree),
        response_ids=tuple(answer.response_id for answer in answers),
    )


def _grouped(answers: list[Answer], key: Callable[[Answer], str]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        found[key(answer)].append(answer)
    return found
