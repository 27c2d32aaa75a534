"""Reading in processes of its own: a worker's death costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from newspaper import story

from newsspider.records import Outcome, Role
from newsspider.runs.reading import Task
from newsspider.runs.worker import send
from newsspider.runs.workers import Unread, Workers
from newsspider.source import Source

PAPER = Source("paper", "Paper", "https://paper.example/")


def task(body: str) -> Task:
    url = "https://paper.example/2026/11/24/a-story-of-a-market"
    now = datetime(2026, 11, 25, tzinfo=UTC)
    return Task(url, url, Role.ARTICLE, body.encode(), "text/html", None, now, PAPER, 10**9)


@pytest.fixture
def workers() -> Iterator[Workers]:
    pool = Workers(1, timeout=3)
    yield pool
    pool.close()


def test_a_page_is_read_in_another_process(workers: Workers) -> None:
    reading = workers.read(task(story(1))).result(120)
    assert (reading.outcome, reading.reason) == (Outcome.STORED, "ok")
    assert reading.article is not None
    assert reading.article.headline == "Ward 1 agrees on a new market"


def test_a_worker_that_was_killed_is_replaced_and_its_page_read_again(workers: Workers) -> None:
    workers.read(task(story(1))).result(120)
    for pid in workers.processes():
        os.kill(pid, signal.SIGKILL)
    assert workers.read(task(story(2))).result(120).outcome is Outcome.STORED


def test_a_worker_whose_parent_was_killed_ends_without_a_word() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "newsspider.runs.worker", "9"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        assert process.stdin
        assert process.stderr
        send(process.stdin, task(story(1)))  # type: ignore[arg-type]
        assert (process.wait(120), process.stderr.read()) == (0, b"")


def test_a_page_that_takes_too_long_twice_is_given_up_and_the_next_one_read(workers: Workers) -> None:
    endless = "<html><body>" + "<p>word word word <b>word</b> word, word.</p>" * 1_200_000
    slow = workers.read(task(endless))
    after = workers.read(task(story(3)))
    with pytest.raises(Unread, match="ended its worker process twice"):
        slow.result(120)
    assert after.result(120).outcome is Outcome.STORED
