"""Executes one notebook and tells how it goes, as JSON lines on standard output.

Usage: execute_notebook.py SOURCE TARGET. The executed copy is written to TARGET after every cell, beside and renamed.
Events: {"event": "start", "cells"}, {"event": "cell", "number", "heading"}, {"event": "say", "text"},
{"event": "done", "number", "seconds"}, {"event": "failed", "number", "source", "text"}, {"event": "end"}.
The exit code is 0 where every cell ran, 1 where one failed, 130 where it was interrupted.
"""

import json
import os
import sys
import time

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


def main(source, target):
    """Executes the notebook; returns the exit code."""
    notebook = nbformat.read(source, as_version=4)
    client = TellingClient(
        notebook,
        timeout=None,
        kernel_name=notebook.metadata.kernelspec.name,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(source))}},
    )
    codes = [(index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    tell("start", cells=len(codes))
    heading = ""
    try:
        with client.setup_kernel():
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "markdown":
                    lines = [line.lstrip("# ").strip() for line in cell.source.splitlines() if line.startswith("#")]
                    heading = lines[-1] if lines else heading
                    continue
                if (index, cell) not in codes:
                    continue
                number = codes.index((index, cell)) + 1
                tell("cell", number=number, heading=heading)
                started = time.monotonic()
                try:
                    # The kernel sends no counts, so they are given here.
                    client.execute_cell(cell, index, execution_count=number)
                    cell.execution_count = number
                except CellExecutionError as error:
                    text = errors_of(cell) or str(error)
                    tell("failed", number=number, source=cell.source, text=text)
                    return 1
                except DeadKernelError:
                    tell("failed", number=number, source=cell.source, text="The kernel stopped: out of memory, or killed.")
                    return 1
                finally:
                    write(notebook, target)
                tell("done", number=number, seconds=time.monotonic() - started)
    except KeyboardInterrupt:
        write(notebook, target)
        return 130
    tell("end")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
