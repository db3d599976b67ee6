"""Where jobs run: in this process, in processes of this machine, on a dask cluster. The outputs are the same."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from aurora.errors import InvalidInput, Refused
from aurora.service import batch_worker
from aurora.service.batch_worker import Done, Job

LOCAL: Final = "local"
DASK: Final = "dask"


class Engine(NamedTuple):
    """Something that runs jobs. ``width`` jobs at a time keep it busy; ``remote`` workers may not see the store."""

    submit: Callable[[Job], Future[Done]]
    width: int
    remote: bool


class Inline(Executor):
    """Runs each job at once, in this process: for one worker, and for work too small to share."""

    def submit(self, function: Any, /, *args: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(*args, **named))
        return future


@contextmanager
def open_engine(name: str, jobs: int, small: bool) -> Iterator[Engine]:
    """The engine of that name: ``local``, ``dask`` (a cluster of its own), or the address of a dask scheduler.

    Raises ``InvalidInput`` for another name, ``Refused`` without the extra ``distributed`` or without the cluster.
    """
    batch_worker.forget()
    if name == LOCAL:
        if jobs == 1 or small:
            inline = Inline()
            yield Engine(lambda job: inline.submit(batch_worker.run_job, job), 1, False)
            return
        context = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(jobs, context, initializer=batch_worker.prepare, initargs=(os.getpid(),))
        try:
            yield Engine(lambda job: pool.submit(batch_worker.run_job, job), jobs, False)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return
    if name != DASK and not name.startswith(("tcp://", "tls://", "ucx://")):
        raise InvalidInput(
            "BATCH-006",
            f"no engine '{name}'",
            hint="--engine local, dask, or tcp://HOST:PORT of a dask scheduler",
        )
    with _dask(name, jobs) as engine:
        yield engine


@contextmanager
def _dask(name: str, jobs: int) -> Iterator[Engine]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise Refused(
            "BATCH-007", "dask.distributed is not installed", hint="pip install 'aurora-synth[distributed]'"
        ) from error
    cluster = None
    try:
        if name == DASK:
            cluster = LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None
            )
        try:
            client = Client(cluster or name, timeout=30)
        except OSError as error:
            raise Refused(
                "BATCH-008",
                f"there is no dask scheduler at {name}: {error}",
                hint="dask scheduler, and dask worker tcp://HOST:PORT",
            ) from error
        with client:
            width = max(1, sum(client.nthreads().values()))
            executor = client.get_executor(pure=False)
            yield Engine(lambda job: executor.submit(batch_worker.run_job, job), width, True)
    finally:
        if cluster is not None:
            cluster.close()
