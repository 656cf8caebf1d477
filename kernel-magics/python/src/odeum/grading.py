"""Java notebooks under nbgrader: what the ``nbgrader_config.py`` of a course needs beyond settings.

``use(c)`` puts two of nbgrader's steps aside for the ones here, which keep their names in the
configuration: ``c.ClearSolutions`` and ``c.Execute``.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_output
from nbgrader import preprocessors
from nbgrader.converters import Autograde, GenerateAssignment
from traitlets import Bool, Integer, Unicode

CELL_MAGIC = re.compile(r"%%(\w+).*")
# Other names of cells that are written in the same language.
SAME = {"sde": "ode"}


class ClearSolutions(preprocessors.ClearSolutions):
    """Puts a stub where a solution was, in the language of the cell and not of the notebook.

    A ``%%ode`` cell takes the stub of ``code_stub["ode"]``, a ``%%kotlin`` cell that of
    ``code_stub["kotlin"]``. Where all of a cell is the solution, the line of its magic stays.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        magic = CELL_MAGIC.match(cell.source) if cell.cell_type == "code" else None
        if not magic:
            return super().preprocess_cell(cell, resources, cell_index)
        name = SAME.get(magic[1], magic[1])
        language = name if name in self.code_stub else resources["language"]
        cell, _ = super().preprocess_cell(cell, {**resources, "language": language}, cell_index)
        if not CELL_MAGIC.match(cell.source):
            cell.source = f"{magic[0]}\n{cell.source}"
        return cell, resources


class Execute(preprocessors.Execute):
    """Runs a submission so that what it does harms nothing but its own points.

    * A kernel that ends (``Runtime.halt``) costs the cell that did it and those below; nbgrader
      would give up the whole submission, points from above it included.
    * The kernel's memory is bounded, and so is what a cell may print.
    * The kernel runs in a copy of the folder that has the assignment's files and no notebook: what
      is deleted there is a copy, and the hidden tests do not lie beside the data.
    """

    jvm_options = Unicode("-Xmx512m", help="Options of the JVM that runs a submission.").tag(config=True)
    max_output = Integer(200_000, help="How many characters a cell may print; the rest is dropped.").tag(config=True)
    # Each println is an output of its own otherwise.
    coalesce_streams = Bool(True).tag(config=True)

    def preprocess(self, nb, resources, km=None):
        self.ended = False
        self.printed = {}
        source = Path(resources["metadata"]["path"])
        with tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as scratch:
            self.folder = Path(scratch) / source.name
            shutil.copytree(source, self.folder, ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints"))
            return super().preprocess(nb, resources, km)

    def start_new_kernel(self, **kwargs):
        environment = {**os.environ, "ODEUM_JVM_OPTS": self.jvm_options}
        super().start_new_kernel(cwd=str(self.folder), env=environment, **kwargs)

    def preprocess_cell(self, cell, resources, index):
        if self.nb.metadata.language_info.get("version") == "none":
            raise RuntimeError("There is no JDK for the kernel, so nothing can be graded. 'odeum doctor' tells more.")
        if cell.cell_type != "code":
            return cell, resources
        if self.ended:
            cell.outputs = [error("The kernel had ended in a cell above, so this cell did not run.")]
            return cell, resources
        try:
            return super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self.ended = True
            cell.outputs.append(error("The kernel ended in this cell."))
            return cell, resources

    def output(self, outs, msg, display_id, cell_index):
        if msg["msg_type"] == "stream":
            before = self.printed.get(cell_index, 0)
            self.printed[cell_index] = before + len(msg["content"]["text"])
            if before > self.max_output:
                return None
        return super().output(outs, msg, display_id, cell_index)


def error(text: str):
    return new_output("error", ename="KernelEnded", evalue=text, traceback=[text])


def use(c) -> None:
    """Puts the steps of this module into nbgrader's commands."""
    ours = {preprocessors.ClearSolutions: ClearSolutions, preprocessors.Execute: Execute}

    def replaced(steps):
        return [ours.get(step, step) for step in steps]

    c.GenerateAssignment.preprocessors = replaced(GenerateAssignment().preprocessors)
    c.Autograde.autograde_preprocessors = replaced(Autograde().autograde_preprocessors)
