"""Wall and CPU seconds and peak memory of one call, processes that it starts included."""

import resource
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")
EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """What a call returned and what it took; `mb` is the peak as `Peak` takes it."""

    result: T
    wall: float
    cpu: float
    mb: float


class Peak:
    """The most memory of this process and its children while open: proportional set size (PSS) in MB, sampled.

    PSS counts a page that two processes share half for each, so that the sum counts nothing twice.
    """

    def __init__(self) -> None:
        self.mb = 0.0
        self._over = threading.Event()
        self._sampling = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._sampling.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._sampling.join()

    def restart(self) -> None:
        """Forget what was seen so far."""
        self.mb = 0.0

    def _sample(self) -> None:
        while True:
            self.mb = max(self.mb, sum(_proportional(each) for each in ("self", *_children())))
            if self._over.wait(EVERY):
                return


def measured(call: Callable[[], T]) -> Measured[T]:
    """Run a call and measure it."""
    with Peak() as peak:
        wall, cpu = time.perf_counter(), _cpu()
        result = call()
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    return Measured(result, wall, cpu, peak.mb)


def high_water() -> float:
    """The most memory this process has had, in MB.

    Not `ru_maxrss`: a process that is started begins with that of the one that started it.
    """
    return _kilobytes("self/status", "VmHWM:") / 1024


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _children() -> Iterator[str]:
    for listed in Path("/proc/self/task").glob("*/children"):
        try:
            yield from listed.read_text(encoding="utf-8").split()
        except OSError:  # the thread has ended
            continue


def _proportional(process: str) -> float:
    return _kilobytes(f"{process}/smaps_rollup", "Pss:") / 1024


def _kilobytes(file: str, name: str) -> int:
    try:
        lines = (Path("/proc") / file).read_text(encoding="utf-8").splitlines()
    except OSError:  # the process has ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
