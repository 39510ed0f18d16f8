"""Papers read one after another or several at a time; what goes wrong in one stays with that one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import resource_tracker
from pathlib import Path

from extractor.dataset import check_name, failure, title_of
from extractor.document import Source
from extractor.ingest import SourceError
from extractor.pipeline import Pipeline
from extractor.records import Comparison, EntityMention, Measurement, PaperKind, Unattached


@dataclass(frozen=True)
class Reading:
    """What became of one file: what was read in it, or the reason why nothing was. `source` is there when it was read."""

    path: Path
    reason: str | None = None
    source: Source | None = None
    text: str = ""
    title: str | None = None
    kind: PaperKind = "review"
    format: str = ""
    characters: int = 0
    records: tuple[Measurement | Comparison, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    unattached: tuple[Unattached, ...] = ()
    warnings: tuple[str, ...] = ()


def readings(
    files: Sequence[Path], *, model: str | None = None, lexicon: Path | None = None, jobs: int = 1, debug: bool = False
) -> Generator[Reading, None, None]:
    """Read files; the order, and everything else, is the same for any number of jobs.

    Args:
        files: the papers.
        model: a spaCy pipeline with a parser, by name or folder.
        lexicon: a user's own drugs, trials and endpoints.
        jobs: how many processes read.
        debug: let an unexpected error through, from this very process.
    """
    if debug or min(jobs, len(files)) <= 1:
        for file in files:
            yield read_one(file, model, lexicon, debug=debug)
    else:
        yield from _in_processes(files, model, lexicon, min(jobs, len(files)))


def read_one(path: Path, model: str | None, lexicon: Path | None = None, *, debug: bool = False) -> Reading:
    """Read one file; what fails in it is the reason that the reading carries."""
    try:
        check_name(path)
        extraction = _pipeline(model, lexicon).extract(path)
    except Exception as error:
        if debug and not isinstance(error, SourceError):
            raise
        return Reading(path, reason=failure(error))
    document = extraction.document
    return Reading(
        path,
        source=document.source,
        text=document.raw,
        title=title_of(document),
        kind=extraction.kind,
        format=document.source.format,
        characters=len(document.raw),
        records=extraction.records,
        mentions=extraction.mentions,
        unattached=extraction.unattached,
        warnings=document.warnings,
    )


@lru_cache(maxsize=1)
def _pipeline(model: str | None, lexicon: Path | None) -> Pipeline:
    """The one pipeline of this process: loading a model takes longer than reading a paper."""
    return Pipeline(model, lexicon)


def _in_processes(files: Sequence[Path], model: str | None, lexicon: Path | None, jobs: int) -> Generator[Reading, None, None]:
    # Started afresh, not forked: the progress bar has a thread, and a fork copies a thread's locks but not the thread.
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        with _interrupts_held():
            started = [(file, _submitted(pool, file, model, lexicon)) for file in files]
        for file, future in started:
            yield _result(file, future)
        pool.shutdown()
    finally:  # on Ctrl-C or a closed pipe nobody waits for the papers that are still being read
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()


def _submitted(pool: ProcessPoolExecutor, file: Path, model: str | None, lexicon: Path | None) -> Future[Reading]:
    try:
        return pool.submit(read_one, file, model, lexicon)
    except BrokenProcessPool as error:  # a process can die while the last papers are still being handed out
        future: Future[Reading] = Future()
        future.set_exception(error)
        return future


def _result(file: Path, future: Future[Reading]) -> Reading:
    try:
        return future.result()
    except BrokenProcessPool:
        return Reading(file, reason="not read: a process that was reading died, perhaps for want of memory; try fewer --jobs")
    except Exception as error:
        return Reading(file, reason=failure(error))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end. Processes started meanwhile never see it, from their first moment on: it is this one that ends them."""
    if threading.current_thread() is not threading.main_thread() or os.name == "nt":
        yield
        return
    held: list[int] = []
    resource_tracker.ensure_running()  # where the first process starts it, it lets interrupts through again
    handler = signal.signal(signal.SIGINT, lambda number, _: held.append(number))  # another thread may be the one that takes it
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
    if held:
        signal.raise_signal(signal.SIGINT)
