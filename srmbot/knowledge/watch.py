"""Folders -> a call whenever knowledge files in them have changed."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchfiles import Change

log = logging.getLogger("srmbot.knowledge")

QUIET_FOR = 100  # milliseconds without a change after which files are read; an editor writes in several steps
LONGEST_DELAY = 500  # milliseconds after which they are read all the same
LOOK_EVERY = 1000  # milliseconds between two looks at whether the folders are still the same ones
WATCH_AGAIN_AFTER = 1.0  # seconds after which folders that could not be watched are tried again
YAML_ENDINGS = (".yaml", ".yml")
SWAPPED = "..data"  # the link that Kubernetes moves when a mounted ConfigMap changes


def watch(folders: Sequence[Path], changed: Callable[[], object], stop: threading.Event) -> None:
    """Call `changed` after changes of YAML files in some folders, in this thread, until stopped.

    It is also called once at the beginning: what changed before anybody watched is not missed. A folder that was
    replaced by another of its name is watched anew, one that is gone is waited for.

    Args:
        folders: each with all that is in it.
        changed: what it raises is logged; the watching goes on.
        stop: ends the watching within a tenth of a second.
    """
    trouble = ""
    while not stop.is_set():
        try:
            for _ in changes(folders, stop):
                trouble = ""
                call(changed)
        except (OSError, RuntimeError) as fault:  # gone, or the system gives no more watches
            if trouble != str(fault):
                trouble = str(fault)
                log.warning("knowledge_unwatched", extra={"what": trouble})
            call(changed)
            stop.wait(WATCH_AGAIN_AFTER)


def changes(folders: Sequence[Path], stop: threading.Event) -> Iterator[None]:
    """One item at the beginning, and one after each change; ends when a folder is no longer the one it was.

    Raises:
        OSError: a folder cannot be watched.
        RuntimeError: watching has broken down.
    """
    from watchfiles import watch as watching  # it takes 70 ms to import

    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it has a line for each change
    before = [identity(folder) for folder in folders]
    seen = watching(
        *folders,
        watch_filter=matters,
        debounce=LONGEST_DELAY,
        step=QUIET_FOR,
        stop_event=stop,
        rust_timeout=LOOK_EVERY,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    first = True
    for found in seen:
        if first or found:
            yield
        first = False
        if [identity(folder) for folder in folders] != before:
            return


def identity(folder: Path) -> tuple[int, int]:
    """What tells a folder from another one of its name.

    Raises:
        OSError: it is gone.
    """
    found = os.stat(folder)
    return found.st_dev, found.st_ino


def matters(change: Change, path: str) -> bool:
    """Whether a change may be one of the knowledge: of a YAML file, of a folder, or Kubernetes' way to swap files."""
    name = os.path.basename(path)
    if name.startswith("."):
        return name == SWAPPED
    return name.lower().endswith(YAML_ENDINGS) or "." not in name


def call(changed: Callable[[], object]) -> None:
    """Call it; a bug in it must not end the watching."""
    try:
        changed()
    except Exception:
        log.exception("knowledge_reload_failed")
