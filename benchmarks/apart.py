"""Calls measured in a process of their own, which loads nothing but what they need: their memory is their own."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from benchmarks.measuring import high_water

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Apart(Generic[T]):
    """What calls returned, what each took in seconds of wall and CPU, and the most memory of their process in MB."""

    results: list[T]
    wall: list[float]
    cpu: list[float]
    mb: float


def apart(call: Callable[..., T], asked: Sequence[tuple[Any, ...]], warm: tuple[Any, ...]) -> Apart[T]:
    """Call a function of a module with each of these arguments, once `warm` has loaded the compiled code."""
    command = [sys.executable, "-m", __name__]
    done = subprocess.run(command, input=pickle.dumps((call, asked, warm)), stdout=subprocess.PIPE, check=True)
    return Apart(*pickle.loads(done.stdout))


def _taken(
    call: Callable[..., T], asked: Sequence[tuple[Any, ...]], warm: tuple[Any, ...]
) -> tuple[list[T], list[float], list[float], float]:
    """The fields of `Apart`."""
    call(*warm)
    results, wall, cpu = [], [], []
    for arguments in asked:
        began, worked = time.perf_counter(), time.process_time()
        results.append(call(*arguments))
        cpu.append(time.process_time() - worked)
        wall.append(time.perf_counter() - began)
    return results, wall, cpu, high_water()


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_taken(*pickle.load(sys.stdin.buffer))))
