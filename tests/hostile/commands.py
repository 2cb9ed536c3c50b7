"""Run commands one after the other, each in a fork of a process that has everything loaded, and tell how each ended.

A list of argument lists comes as JSON on standard input; a line of JSON for each goes to standard output: its exit
code, what it said on standard error, the seconds of the processor that the command took itself, and with the documents
read in its children, and the most memory in MB that any of its processes held.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from extractor.batch.worker import warm
from extractor.cli import main


def ended(arguments: list[str], scratch: Path) -> dict[str, object]:
    """How one command ended."""
    child = os.fork()
    if not child:
        _run(arguments, scratch)
    _, status, used = os.wait4(child, 0)
    told, _, own = (scratch / "stderr").read_text("utf-8", "replace").rpartition("\n")
    return {
        "arguments": arguments,
        "code": os.waitstatus_to_exitcode(status),
        "stderr": told,
        "own": float(own or "inf"),
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024 / 1_000_000,
    }


def _run(arguments: list[str], scratch: Path) -> None:
    code = 99
    try:
        for name, at in (("stdout", 1), ("stderr", 2)):
            os.dup2(os.open(scratch / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), at)
        main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        own = resource.getrusage(resource.RUSAGE_SELF)
        os.write(2, f"\n{own.ru_utime + own.ru_stime}".encode())
        os._exit(code)


if __name__ == "__main__":
    warm()
    with tempfile.TemporaryDirectory() as name:
        for one in json.loads(sys.stdin.buffer.read()):
            print(json.dumps(ended(one, Path(name))), flush=True)
