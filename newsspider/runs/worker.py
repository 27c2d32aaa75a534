"""The process that reads responses: ``python -m newsspider.runs.worker``, tasks on stdin, readings on stdout.

Each message is a length (8 bytes, big endian) and a pickle; only our own parent writes to the pipe. The
process ends with its parent, at the end of stdin, and by its alarm when a single page takes longer than its
limit."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import sys
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
_MEMORY = 6 * 1024**3  # bytes of address space: a page must not take the machine along


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Read one message; raises EOFError when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def main() -> None:
    """Serve until stdin ends."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the parent decides when to end
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.RLIM_INFINITY))
    timeout = int(sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    tasks = os.fdopen(os.dup(0), "rb")
    from newsspider.runs.reading import read
    from newsspider.split import warm_up

    warm_up()
    while True:
        try:
            task = receive(tasks)
        except EOFError:
            return
        signal.alarm(timeout)
        try:
            answer: object = read(task)  # type: ignore[arg-type]
        except Exception as error:  # a bug of ours: the page is kept unsplit and the parent says so
            answer = f"{type(error).__name__}: {error}"
        signal.alarm(0)
        try:
            send(answers, answer)
        except BrokenPipeError:  # the parent was killed
            # What waits in ``answers`` must not fail once more at the end: since Python 3.13 that is told on stderr.
            os._exit(0)


if __name__ == "__main__":
    main()
