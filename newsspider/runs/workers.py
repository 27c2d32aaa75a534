"""Splitting in processes of its own: a worker's death costs nothing but the page that killed it twice."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from concurrent.futures import Future
from typing import IO, cast

from newsspider.fetch.limits import LIMITS, cores
from newsspider.runs import worker
from newsspider.runs.reading import Reading, Task

logger = logging.getLogger(__name__)
_TIMEOUT = int(LIMITS["NEWSSPIDER_SPLIT_TIMEOUT"][0])


class Unread(Exception):
    """Raised for a page that could not be read: it killed its worker twice, took too long, or met a bug of
    ours.
    """


class Workers:
    """A few worker processes with one queue. Tasks go in from any thread, readings come back as futures."""

    def __init__(self, count: int | None = None, timeout: int = _TIMEOUT) -> None:
        """``count``: one a core, unless said; ``timeout``: seconds for one page."""
        self._tasks: queue.SimpleQueue[tuple[Task, Future[Reading]] | None] = queue.SimpleQueue()
        self._threads = [_Worker(self._tasks, timeout) for _ in range(count or cores())]
        for thread in self._threads:
            thread.start()

    def read(self, task: Task) -> Future[Reading]:
        """The reading of a response, as a future; its exception is ``Unread``."""
        future: Future[Reading] = Future()
        self._tasks.put((task, future))
        return future

    def processes(self) -> list[int]:
        """The process IDs of the workers that run now."""
        return [pid for thread in self._threads if (pid := thread.pid()) is not None]

    def close(self) -> None:
        """Ends the processes when what was handed in is done."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()


class _Worker(threading.Thread):
    """One process and the thread that feeds it, a page at a time: so a death always names the page that
    caused it.
    """

    def __init__(self, tasks: queue.SimpleQueue[tuple[Task, Future[Reading]] | None], timeout: int) -> None:
        super().__init__(name="newsspider-worker", daemon=True)
        self._tasks = tasks
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None

    def pid(self) -> int | None:
        """Its process, if one runs."""
        return self._process.pid if self._process else None

    def run(self) -> None:
        self._start()
        while (entry := self._tasks.get()) is not None:
            task, future = entry
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._read(task))
            except BaseException as error:  # the one who waits must hear of it, whatever it is
                future.set_exception(error)
        self._end()

    def _read(self, task: Task) -> Reading:
        for _ in range(2):
            try:
                answer = self._ask(task)
            except (EOFError, OSError):
                code = self._end()
                logger.warning("the worker ended (%s) over %s", code, task.url)
                self._start()
                continue
            if isinstance(answer, Reading):
                return answer
            raise Unread(str(answer))
        raise Unread("it ended its worker process twice")

    def _ask(self, task: Task) -> object:
        assert self._process is not None
        worker.send(cast("IO[bytes]", self._process.stdin), task)  # type: ignore[arg-type]
        return worker.receive(cast("IO[bytes]", self._process.stdout))  # type: ignore[arg-type]

    def _start(self) -> None:
        command = [sys.executable, "-m", "newsspider.runs.worker", str(self._timeout)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=1 << 20,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def _end(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast("IO[bytes]", stream).close()
        try:
            return process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
