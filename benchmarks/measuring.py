"""Wall and CPU seconds and peak memory of one call, processes that it starts included."""

import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
EVERY = 0.05
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """What a call returned and what it took; `mb` is resident memory, sampled, of this process and its children."""

    result: T
    wall: float
    cpu: float
    mb: float


def measured(call: Callable[[], T]) -> Measured[T]:
    """Run a call and measure it."""
    peak, over = [0.0], threading.Event()
    sampling = threading.Thread(target=_sample, args=(peak, over), daemon=True)
    sampling.start()
    wall, cpu = time.perf_counter(), _cpu()
    result = call()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    over.set()
    sampling.join()
    return Measured(result, wall, cpu, peak[0])


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _sample(peak: list[float], over: threading.Event) -> None:
    while True:
        peak[0] = max(peak[0], sum(_resident(each) for each in ("self", *_children())))
        if over.wait(EVERY):
            return


def _children() -> Iterator[str]:
    for listed in Path("/proc/self/task").glob("*/children"):
        try:
            yield from listed.read_text().split()
        except OSError:  # the thread has ended
            continue


def _resident(process: str) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_MB
    except (OSError, IndexError):  # the process has ended
        return 0.0
