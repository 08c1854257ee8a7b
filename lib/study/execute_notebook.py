"""Executes one notebook and tells how it goes, as JSON lines on standard output.

Usage: execute_notebook.py SOURCE TARGET. The executed copy is written to TARGET after every cell, beside and renamed.
Events: {"event": "start", "cells"}, {"event": "cell", "number", "heading"}, {"event": "say", "text"},
{"event": "done", "number", "seconds"}, {"event": "failed", "number", "source", "text"}, {"event": "end"}.
The exit code is 0 where every cell ran, 1 where one failed, 130 where it was interrupted.
"""

import json
import os
import signal
import sys
import time


class Interruption:
    """Takes SIGINT at once while cells run, and later where it would leave a kernel behind: while one starts or stops."""

    def __init__(self):
        self.pending = False
        self.held = True
        signal.signal(signal.SIGINT, self.take)

    def take(self, *_):
        """Called by the system."""
        self.pending = True
        if not self.held:
            raise KeyboardInterrupt

    def allow(self):
        """From here on, an interruption is taken at once; one that has come already is taken now."""
        self.held = False
        if self.pending:
            raise KeyboardInterrupt

    def hold(self):
        """From here on, an interruption is only remembered."""
        self.held = True


# Before the imports that follow, which take a second.
interruption = Interruption()

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError


def tell(event, **details):
    """Writes one event."""
    print(json.dumps({"event": event, **details}), flush=True)


class TellingClient(NotebookClient):
    """Executes a notebook and passes on what its cells print and show while they run."""

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        text = content.get("text") or content.get("data", {}).get("text/plain") or ""
        if text.strip():
            tell("say", text=text.strip())
        return super().process_message(msg, cell, cell_index)


def write(notebook, target):
    """Writes the executed copy so that a reader sees the old one or the new one, never half of one."""
    partial = target + ".partial"
    with open(partial, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, target)


def errors_of(cell):
    """What a failed cell said. The kernel sends its errors as text on the error stream, not as error outputs."""
    return "".join(output["text"] for output in cell.get("outputs", []) if output.get("name") == "stderr").strip()


def run_cells(client, target):
    """Executes the notebook's cells in a kernel that is there; returns the exit code."""
    notebook = client.nb
    codes = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    heading = ""
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            lines = [line.lstrip("# ").strip() for line in cell.source.splitlines() if line.startswith("#")]
            heading = lines[-1] if lines else heading
        if index not in codes:
            continue
        number = codes.index(index) + 1
        tell("cell", number=number, heading=heading)
        started = time.monotonic()
        try:
            client.execute_cell(cell, index)
            cell.execution_count = number  # the kernel sends none
        except CellExecutionError as error:
            tell("failed", number=number, source=cell.source, text=errors_of(cell) or str(error))
            return 1
        except DeadKernelError:
            tell("failed", number=number, source=cell.source, text="The kernel stopped: out of memory, or killed.")
            return 1
        finally:
            write(notebook, target)
        tell("done", number=number, seconds=time.monotonic() - started)
    tell("end")
    return 0


def main(source, target):
    """Executes the notebook; returns the exit code."""
    notebook = nbformat.read(source, as_version=4)
    client = TellingClient(
        notebook,
        timeout=None,
        kernel_name=notebook.metadata.kernelspec.name,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(source))}},
    )
    tell("start", cells=sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells))
    try:
        with client.setup_kernel():
            try:
                interruption.allow()
                return run_cells(client, target)
            except KeyboardInterrupt:
                client.shutdown_kernel = "immediate"  # it may be busy for hours
                raise
            finally:
                interruption.hold()
    except KeyboardInterrupt:
        write(notebook, target)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
