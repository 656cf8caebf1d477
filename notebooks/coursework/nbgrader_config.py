"""Settings of the course. README.md tells how to use it; nbgrader reads this file in its folder."""

from odeum import grading

c = get_config()  # noqa: F821, which nbgrader provides
grading.use(c)

c.CourseDirectory.course_id = "odeum"

# Solutions stand between lines with BEGIN SOLUTION and END SOLUTION, hidden tests between BEGIN HIDDEN
# TESTS and END HIDDEN TESTS: after /// in Java and Kotlin, after # in %%ode cells. nbgrader looks for
# these words anywhere in a line, so one setting serves all cells; these are its own.
c.ClearSolutions.begin_solution_delimeter = "BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "END HIDDEN TESTS"

# What a student finds in the place of a solution. All three end as an error when they are run, in
# words that say why, so that no test passes by itself.
c.ClearSolutions.code_stub = {
    "java": '// your code here\nthrow new UnsupportedOperationException("not written yet");',
    "kotlin": '// your code here\nTODO("not written yet")',
    "ode": "...  # your code here",
}
c.ClearSolutions.text_stub = "*Your answer here.*"

# A cell that takes longer is interrupted and has failed; the next one runs.
c.Execute.kernel_name = "odeum"
c.Execute.timeout = 30
c.Execute.interrupt_on_timeout = True
# How long to wait for outputs that are still on the way, as after a flood of them. Then the grading
# goes on without them; nbgrader would give up the submission.
c.Execute.iopub_timeout = 4
c.Execute.raise_on_iopub_timeout = False
c.Execute.startup_timeout = 60
# The kernel's memory. More than that is an OutOfMemoryError in the cell that wants it.
c.Execute.jvm_options = "-Xmx512m"
c.Execute.max_output = 200_000
