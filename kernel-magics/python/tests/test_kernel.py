"""The kernel over Jupyter's protocol."""

import re
import time

import pytest

pytestmark = pytest.mark.alone

TAB = "\x1b"


def test_evaluates(kernel):
    reply = kernel.run("1 + 1")
    assert reply.status == "ok"
    assert [result["data"]["text/plain"] for result in reply.of("execute_result")] == ["2"]


def test_says_who_it_is(kernel):
    info = kernel.answer(kernel.client.kernel_info())
    assert info["status"] == "ok"
    assert info["implementation"] == "odeum"
    assert info["language_info"]["name"] == "java"
    assert info["language_info"]["version"].startswith("25") or int(info["language_info"]["version"][:2]) > 25


def test_prints_without_standard_error(kernel):
    reply = kernel.run('System.out.println("hello"); List.of(1, 2).stream().map(x -> x + 1).toList()')
    assert reply.stream("stdout") == "hello\n"
    assert reply.stream("stderr") == ""
    assert reply.of("execute_result")[0]["data"]["text/plain"] == "[2, 3]"


def test_assertions_are_on(kernel):
    reply = kernel.run('assert 1 > 2 : "one is smaller";')
    assert reply.content["ename"] == "AssertionError"
    assert reply.content["evalue"] == "one is smaller"


def test_an_exception_shows_the_users_frames_only(kernel):
    first = kernel.run("int third(List<Integer> list) {\n  return list.get(2);\n}")
    assert first.status == "ok"
    count = kernel.run("0").content["execution_count"]
    reply = kernel.run("var few = new ArrayList<>(List.of(1));\n\nthird(few)")
    assert reply.content["ename"] == "IndexOutOfBoundsException"
    lines = [line.replace(TAB + "[1m" + TAB + "[31m", "").replace(TAB + "[0m", "") for line in reply.traceback.split("\n")]
    assert lines == [
        "java.lang.IndexOutOfBoundsException: Index 2 out of bounds for length 1",
        f"  at third (In [{count - 1}], line 2)",
        f"  at In [{count + 1}], line 3",
    ]


def test_causes_are_shown(kernel):
    reply = kernel.run(
        'try { Integer.parseInt("x"); } catch (NumberFormatException e) {\n'
        '  throw new IllegalStateException("no number", e); }'
    )
    assert "IllegalStateException: no number" in reply.traceback
    assert 'Caused by: java.lang.NumberFormatException: For input string: "x"' in reply.traceback
    assert "jshell" not in reply.traceback.lower()


def test_an_error_of_a_magic_is_its_message(kernel):
    reply = kernel.run(
        'throw new odeum.magics.MagicException("%solve: unknown option --sovler.", List.of("  try: --solver"));'
    )
    assert reply.content["evalue"] == "%solve: unknown option --sovler.\n  try: --solver"
    assert len(reply.traceback.split("\n")) == 2


@pytest.mark.parametrize("cell", ["%%ode?", "%%ode --help", "%%ode?\n"])
def test_a_cell_magic_alone_is_asked_for_help(kernel, cell):
    """JJava knows a cell magic by what follows its first line."""
    reply = kernel.run(cell)
    assert reply.status == "ok"
    assert "%%ode NAME" in reply.of("display_data")[0]["data"]["text/plain"]


def test_an_interrupted_magic_declares_what_it_has(kernel):
    kernel.run("%%ode decay\nx' = -k*x\nparam k = 1\ninit x = 1\ntime 0 .. 2")
    kernel.run("%solve decay -o exact -q")
    kernel.run("%%ode guess\nx' = -k*x\nparam k = 0.5\ninit x = 1\ntime 0 .. 2")
    message = kernel.client.execute("%train guess -d exact -O adam --epochs 10000000 -o fit -q")
    time.sleep(3)
    kernel.manager.interrupt_kernel()
    stopped = kernel.answer(message)
    assert "interrupted after epoch" in stopped["evalue"]
    assert kernel.run("fit.loss() >= 0").of("execute_result")[0]["data"]["text/plain"] == "true"


def test_a_mistake_the_compiler_finds(kernel):
    reply = kernel.run('int number = "text";')
    assert reply.content["evalue"] == "incompatible types: java.lang.String cannot be converted to int"


def test_interrupt_gives_the_prompt_back(kernel):
    message = kernel.client.execute("Thread.sleep(60_000);")
    time.sleep(0.5)
    begin = time.monotonic()
    kernel.manager.interrupt_kernel()
    assert kernel.answer(message)["ename"] == "Interrupted"
    assert time.monotonic() - begin < 2
    assert kernel.run("2 + 2").status == "ok"


def test_interrupt_lets_work_end_in_good_order(kernel):
    """Work that asks is not cancelled: it stops by itself and may still say what it has."""
    message = kernel.client.execute(
        "int steps = 0;\n"
        "while (!odeum.magics.Interrupts.requested()) { steps++; Thread.sleep(10); }\n"
        'System.out.println("kept " + (steps > 0)); Thread.sleep(300); boolean ended = true;'
    )
    time.sleep(0.7)
    kernel.manager.interrupt_kernel()
    kernel.answer(message)
    assert kernel.run("steps > 0").of("execute_result")[0]["data"]["text/plain"] == "true"


def test_interrupt_stops_the_statements_that_follow(kernel):
    """Also when the running statement ends by itself."""
    kernel.run("boolean reached = false;")
    message = kernel.client.execute(
        "while (!odeum.magics.Interrupts.requested()) Thread.sleep(10);\nreached = true;"
    )
    time.sleep(0.5)
    kernel.manager.interrupt_kernel()
    assert kernel.answer(message)["status"] == "error"
    assert kernel.run("reached").of("execute_result")[0]["data"]["text/plain"] == "false"


def test_run_all_halts_at_the_first_error(kernel):
    """A notebook sends its cells at once."""
    queued = [
        kernel.client.execute('Thread.sleep(200); throw new RuntimeException("stop");'),
        kernel.client.execute("int after = 1;"),
    ]
    statuses = {}
    while len(statuses) < 2:
        message = kernel.client.get_shell_msg(timeout=20)
        statuses[message["parent_header"]["msg_id"]] = message["content"]["status"]
    assert [statuses[message] for message in queued] == ["error", "aborted"]
    assert kernel.run("after").status == "error"
    assert kernel.run("3 + 3").status == "ok"


def test_completes_java(kernel):
    reply = kernel.answer(kernel.client.complete('"abc".toUpp', 11))
    assert any(match.startswith("toUpperCase") for match in reply["matches"])


def test_inspects_at_the_end_of_a_name(kernel):
    reply = kernel.answer(kernel.client.inspect("Math.abs", 8))
    assert reply["status"] == "ok"


def test_history_is_answered(kernel):
    assert kernel.answer(kernel.client.history())["status"] == "ok"


@pytest.mark.parametrize("busy", [False, True])
def test_shuts_down_within_two_seconds(start_kernel, busy):
    kernel = start_kernel()
    if busy:
        kernel.client.execute("while (true) { }")
        time.sleep(0.5)
    begin = time.monotonic()
    kernel.client.shutdown()
    while kernel.manager.is_alive() and time.monotonic() - begin < 10:
        time.sleep(0.05)
    assert time.monotonic() - begin < 2


def test_without_the_vector_api(start_kernel):
    kernel = start_kernel(ODEUM_VECTOR="off", ODEUM_JVM_OPTS="-Xmx200m -Dodd='a b'")
    reply = kernel.run('ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()')
    assert reply.of("execute_result")[0]["data"]["text/plain"] == "false"
    assert kernel.run('System.getProperty("odd")').of("execute_result")[0]["data"]["text/plain"] == "a b"
    limit = kernel.run("Runtime.getRuntime().maxMemory() >> 20").of("execute_result")[0]["data"]["text/plain"]
    assert 150 <= int(limit) <= 200


@pytest.mark.parametrize(
    "call",
    [
        "System.exit(3);",
        "Runtime.getRuntime().exit(3);",
        "Runtime.getRuntime().halt(3);",
        "java.util.function.IntConsumer end = System::exit; end.accept(3);",
        "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(3);",
    ],
)
def test_a_cell_cannot_end_the_kernel(kernel, call):
    reply = kernel.run(call)
    assert reply.content["ename"] == "CellExit"
    assert "(3): a cell cannot end the kernel" in reply.content["evalue"]
    assert len(reply.traceback.split("\n")) == 1
    assert kernel.run("6 * 7").status == "ok"


def test_the_machines_limits(start_kernel):
    """Memory and stack: one line each; the kernel lives on and what the cell held is free again."""
    kernel = start_kernel(ODEUM_JVM_OPTS="-Xmx200m")
    kernel.run("int deep(int n) {\n  return deep(n + 1) + 1;\n}")
    reply = kernel.run("deep(0)")
    assert re.fullmatch(r"StackOverflowError: calls nest too deeply, at deep \(In \[\d+\], line [12]\)", reply.content["evalue"])
    for _ in range(2):
        reply = kernel.run("{ var hog = new ArrayList<long[]>(); while (true) hog.add(new long[1 << 18]); }", timeout=60)
        assert reply.content["ename"] == "OutOfMemoryError"
        assert re.match(r"OutOfMemoryError: the heap of \d+ MB is full, at In \[\d+\], line 1\. For more, set ODEUM_JVM_OPTS", reply.content["evalue"])
        assert len(reply.traceback.split("\n")) == 1
    assert kernel.run("var large = new long[10_000_000]; large.length").status == "ok"


def plain(reply):
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in reply.traceback.split("\n")]


@pytest.mark.parametrize(
    "cell, message, line, caret",
    [
        ("\n\nint other = width + 1;\nother = wdth;", "cannot find symbol: variable wdth. Did you mean width?", "other = wdth;", "        ^^^^"),
        ("for (int i = 0; i < 3; i++) {\n  double q = widht + 1;\n}", "cannot find symbol: variable widht. Did you mean width?", "  double q = widht + 1;", "             ^^^^^"),
        ("Lisst<String> a = null;", "cannot find symbol: class Lisst. Did you mean List?", "Lisst<String> a = null;", "^^^^^"),
        ("System.out.printn(1)", "cannot find symbol: method printn(int). Did you mean print?", "System.out.printn(1)", "           ^^^^^^"),
        ("int x = 5\nint y = 6;", "';' expected", "int x = 5", "         ^"),
    ],
)
def test_the_compiler_points_at_the_users_line(kernel, cell, message, line, caret):
    kernel.run("int width = 3;")
    reply = kernel.run(cell)
    assert reply.content["evalue"] == message
    number = cell.split("\n").index(line) + 1
    head, shown, below = plain(reply)
    assert head == f"In [{reply.content['execution_count']}], line {number}: {message}"
    assert (shown, below) == ("  " + line, "  " + caret)


def test_code_that_cannot_run_yet(kernel):
    assert kernel.run("int early() { return latre() + 1; }").status == "ok"
    assert plain(kernel.run("early()")) == ["early cannot be used yet, for it needs what is not defined: method latre()."]
    reply = kernel.run("int half( {")
    assert reply.content["evalue"] == "The code ends too early: a bracket, a quote or a comment is not closed."


def test_no_name_of_jshells_in_a_message(kernel):
    reply = kernel.run("Object nothing = null; nothing.toString()")
    assert reply.content["evalue"] == 'Cannot invoke "Object.toString()" because "nothing" is null'
    assert "REPL" not in reply.traceback


@pytest.mark.parametrize(
    "cell, result",
    [
        ('"""\n  %solve x\n  %%ode y\n  a=%b"""', "  %solve x\n  %%ode y\n  a=%b".replace("  ", "", 1).replace("\n  ", "\n")),
        ("/*\n%solve x\n*/ 5 // it's =%solve", "5"),
        ('String.format("x=%d", 3)', "x=3"),
        ("'\"' + \"=%s\"", '"=%s'),
        ("int before = 1;\n%solvers -q\nint behind = before + 1;\nbehind", "2"),
    ],
)
def test_magics_are_found_in_code_only(kernel, cell, result):
    assert kernel.run(cell).of("execute_result")[0]["data"]["text/plain"] == result


def test_completes_what_the_cell_knows(kernel):
    kernel.run("%%ode lotka\nx' = a*x - x*y\ny' = x*y - y\nparam a = 1.5\ninit x = 1, y = 1\ntime 0 .. 5")
    kernel.run("%solve lotka -o orbit -q")

    def matches(code):
        return kernel.answer(kernel.client.complete(code))["matches"]

    assert {"%solve", "%%ode", "%time"} <= set(matches("%"))
    assert matches("%solve lot") == ["lotka"]
    assert matches("%solve lotka -p ") == ["a="]
    assert matches("%plot orbit ")[:2] == ["x", "y"]
    assert matches("%%ode m\nx' = -rate*x + si") == ["sin", "sigmoid"]
    assert "statistics()" in matches("orbit.stat")
    assert "orbit" in matches("") and "AbstractList" not in matches("")
    reply = kernel.answer(kernel.client.complete('"😀".toUpp'))
    assert (reply["cursor_start"], reply["cursor_end"]) == (4, 9)
    assert reply["metadata"]["_jupyter_types_experimental"][0]["type"] == "function"


def test_explains_values_options_and_methods(kernel):
    kernel.run("double speed = 2.5;")

    def inspected(code):
        content = kernel.answer(kernel.client.inspect(code))
        return content["data"].get("text/plain") if content["found"] else None

    assert inspected("speed") == "double speed = 2.5"
    assert inspected("%solve lotka --rtol").startswith("--rtol R  relative tolerance")
    assert "options" in inspected("%solve")
    assert inspected("Math.hypot").startswith("double Math.hypot(double x, double y)")
    assert inspected("nothing_at_all") is None
    for cell, text in [("speed?", "double speed = 2.5"), ("?speed", "double speed = 2.5"), ("solve?", "Solves a system"), ("no_such?", "Nothing is known of no_such.")]:
        reply = kernel.run(cell)
        assert reply.of("display_data")[0]["data"]["text/plain"].startswith(text)
        assert reply.of("execute_result") == []


def test_imports_in_one_cell_leave_variables_alone(kernel):
    kernel.run("Integer kept = 3;")
    assert kernel.run("import java.util.prefs.*;\n\nimport java.util.spi.*;").status == "ok"
    assert kernel.run("kept").of("execute_result")[0]["data"]["text/plain"] == "3"
