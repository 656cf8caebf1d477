"""``odeum run``: runs a notebook headless in our kernel and prints its text outputs as they come."""

from __future__ import annotations

import atexit
import re
import sys
import warnings
from pathlib import Path
from typing import Optional

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from .jdk import Search
from .launch import Incomplete, command

COLOUR = re.compile(r"\x1b\[[\d;]*m")


class Runner(NotebookClient):
    """Prints outputs while it runs. One that updates in place is printed once, in its last form."""

    def output(self, outs, msg, display_id, cell_index):
        out = super().output(outs, msg, display_id, cell_index)
        if out is not None and display_id is None:
            show(out)
        return out

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        finally:
            for known in self._display_id_map.values():
                for at in known.get(cell_index, []):
                    show(cell.outputs[at])


def show(out) -> None:
    if out.output_type == "stream":
        stream = sys.stderr if out.name == "stderr" else sys.stdout
        print(out.text, end="", file=stream, flush=True)
    elif out.output_type == "error":
        print(COLOUR.sub("", "\n".join(out.traceback)), flush=True)
    elif "text/plain" in out.get("data", {}):
        print(out.data["text/plain"], flush=True)


def read(path: Path) -> nbformat.NotebookNode:
    """Reads a notebook; raises ValueError with a line for the user."""
    if not path.is_file():
        raise ValueError(f"there is no file {path}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Older notebooks lack cell ids, which is no concern here.
        try:
            return nbformat.read(path, as_version=4)
        except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError):
            raise ValueError(f"{path} is not a notebook") from None


def failed_cell(notebook: nbformat.NotebookNode) -> str:
    """The last cell that ran into an error, counted from 1, with its prompt and the error's first line."""
    for index in reversed(range(len(notebook.cells))):
        cell = notebook.cells[index]
        for out in cell.get("outputs", []):
            if out.output_type == "error":
                prompt = f" (In [{cell.execution_count}])" if cell.execution_count else ""
                first = (COLOUR.sub("", out.evalue).strip().splitlines() or [""])[0]
                error = first if out.ename == "MagicException" else f"{out.ename}: {first}"
                return f"cell {index + 1}{prompt}: {error.removesuffix(': ')}"
    return "a cell failed"


def run(notebook: str, output: Optional[str]) -> int:
    path = Path(notebook)
    try:
        content = read(path)
    except ValueError as wrong:
        return complain(str(wrong))
    try:
        command(Search(), "")
    except Incomplete as trouble:
        return complain(str(trouble))
    forget_outputs(content)
    where = {"metadata": {"path": str(path.resolve().parent)}}
    runner = Runner(content, timeout=None, kernel_name="odeum", resources=where)
    try:
        runner.execute()
    except CellExecutionError:
        return complain(failed_cell(content))
    except (DeadKernelError, RuntimeError) as died:
        atexit.unregister(runner._cleanup_kernel)  # It trips over a kernel that never started.
        return complain(f"the kernel ended: {died} ('odeum doctor' may tell why)")
    except KeyboardInterrupt:
        return complain("interrupted")
    finally:
        unwritten = write(content, output) if output else None
        if unwritten:
            complain(unwritten)
    return 1 if unwritten else 0


def forget_outputs(notebook: nbformat.NotebookNode) -> None:
    """A cell that does not run must not show what it said another time."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def write(notebook: nbformat.NotebookNode, output: str) -> Optional[str]:
    """Writes the executed copy; returns what went wrong, if something did."""
    try:
        nbformat.write(notebook, output)
    except OSError as wrong:
        return f"the copy could not be written to {output}: {wrong.strerror}"
    return None


def complain(message: str) -> int:
    sys.stdout.flush()
    print(f"odeum run: {message}", file=sys.stderr)
    return 1
