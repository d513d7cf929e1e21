"""Plans parts of a cohort in other processes: pickled parts on standard input, pickled visits on standard output.

A process reads a part, plans it and answers, until its input ends. If the service is killed, it ends after the part at
hand. Parts are pickled one by one, which keeps both sides small. It imports the planner and no driver.
"""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import IO

from services.scheduling.planner.model import Visit
from services.scheduling.planner.partition import Part, PlanParts
from services.scheduling.planner.plan import one_after_another, plan_part
from shared.errors import Retryable

__all__ = ["side_by_side"]

ROOT = Path(__file__).parents[4]
PROGRAM = (sys.executable, "-m", "services.scheduling.handlers.workers.processes")


def side_by_side(processes: int, program: Sequence[str] = PROGRAM) -> PlanParts:
    """Plans parts in so many processes. Raises Retryable when one of them ends before it has answered."""

    def planned(parts: Sequence[Part]) -> list[tuple[Visit, ...]]:
        shares = shared_out([len(part.problem.groups) for part in parts], processes)
        if len(shares) < 2:
            return one_after_another(parts)
        with ThreadPoolExecutor(len(shares)) as waiting:
            answers = list(waiting.map(lambda share: _answers(program, [parts[one] for one in share]), shares))
        found = {
            number: visits
            for share, answer in zip(shares, answers, strict=True)
            for number, visits in zip(share, answer, strict=True)
        }
        return [found[number] for number in range(len(parts))]

    return planned


def shared_out(sizes: Sequence[int], processes: int) -> list[list[int]]:
    """Numbers of the parts for each process: the largest part first, always to who has least to do."""
    shares: list[list[int]] = [[] for _ in range(min(processes, len(sizes)))]
    work = [0] * len(shares)
    for number in sorted(range(len(sizes)), key=lambda each: (-sizes[each], each)):
        least = work.index(min(work))
        shares[least].append(number)
        work[least] += sizes[number]
    return shares


def _answers(program: Sequence[str], parts: Sequence[Part]) -> list[tuple[Visit, ...]]:
    asked = b"".join(pickle.dumps(part) for part in parts)
    done = subprocess.run(  # noqa: S603 - our own module
        program, input=asked, stdout=subprocess.PIPE, cwd=ROOT, check=False
    )
    answers = BytesIO(done.stdout)
    try:
        return [pickle.load(answers) for _ in parts]  # noqa: S301 - written by our own process
    except (EOFError, pickle.UnpicklingError) as error:
        raise Retryable("A process that plans dates has stopped in the middle of it.") from error


def answer_all(source: IO[bytes], target: IO[bytes]) -> None:
    """Plan each part of the input."""
    while True:
        try:
            part: Part = pickle.load(source)  # noqa: S301 - written by the process that started this one
        except EOFError:
            return
        pickle.dump(plan_part(part), target)


if __name__ == "__main__":
    answer_all(sys.stdin.buffer, sys.stdout.buffer)
