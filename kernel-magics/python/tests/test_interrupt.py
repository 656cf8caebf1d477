"""Interrupts: the prompt comes back within two seconds, the next cell runs, nothing burns on."""

import random
import time

import pytest

pytestmark = pytest.mark.alone

BAR = 2.0


def value(kernel, expression):
    return kernel.run(expression).of("execute_result")[0]["data"]["text/plain"]


@pytest.fixture(scope="module")
def prepared(kernel):
    """A kernel with what the cells below need, and a way to see what still computes."""
    for cell in [
        "void spin() {\n  while (true) { }\n}",
        "class Spinner {\n  long turns;\n  void spin() {\n    for (;;) turns++;\n  }\n}",
        "class Worker implements Runnable {\n  public void run() { while (true) { } }\n}",
        "var pool = java.util.concurrent.Executors.newFixedThreadPool(2);",
        "long burnt() throws Exception {\n"
        "  var bean = java.lang.management.ManagementFactory.getThreadMXBean();\n"
        "  long own = Thread.currentThread().threadId(), sum = 0;\n"
        "  var before = new java.util.HashMap<Long, Long>();\n"
        "  for (long id : bean.getAllThreadIds()) before.put(id, bean.getThreadCpuTime(id));\n"
        "  Thread.sleep(100);\n"
        "  for (long id : bean.getAllThreadIds())\n"
        "    if (id != own && !bean.getThreadInfo(id).getThreadName().matches(\"(Shell|Heartbeat|odeum-publish|iothread|reaper).*\"))\n"
        "      sum += bean.getThreadCpuTime(id) - before.getOrDefault(id, 0L);\n"
        "  return sum / 1_000_000;\n}",
        "%%ode stiff\nx' = y\ny' = 1e5*((1 - x^2)*y) - x\ninit x = 2, y = 0\ntime 0 .. 1e9",
        "%%ode slow\nx' = y\ny' = -x\ninit x = 1, y = 0\nparam k = 1\ntime 0 .. 1e8",
        "%%ode truth\nx' = y\ny' = -sin(x)\ninit x = 1, y = 0\ntime 0 .. 3",
        "%solve truth --saveat 12 -o data -q",
        "%%ode guess\nx' = y\ny' = f(x)\nnet f = mlp(1, 8, 1, tanh)\ninit x = 1, y = 0\ntime 0 .. 3",
    ]:
        assert kernel.run(cell).status == "ok", cell
    return kernel


CELLS = {
    "sleep": "Thread.sleep(60_000);",
    "loop": "while (true) { }",
    "counted loop": "long n = 0; for (long i = 0; i >= 0; i++) n += i;",
    "method": "spin();",
    "lambda": "Runnable r = () -> { while (true) { } }; r.run();",
    "class of another cell": "new Spinner().spin();",
    "recursion": "int deep(int n) { return n == 0 ? 0 : deep(n - 1) + deep(n - 1); }\ndeep(200);",
    "catch": "while (true) { try { Thread.sleep(1); } catch (Throwable t) { } }",
    "catch inside": "while (true) try { while (true) { } } catch (Throwable t) { }",
    "stream": "java.util.stream.LongStream.iterate(0, i -> i + 1).filter(i -> i < 0).findFirst();",
    "parallel stream": "java.util.stream.IntStream.range(0, 8).parallel().forEach(i -> { while (true) { } });",
    "thread": "var t = new Thread(new Worker()); t.start(); t.join();",
    "pool": "for (int i = 0; i < 2; i++) pool.submit(new Worker());\npool.submit(() -> 1).get();",
    "virtual thread": "Thread.ofVirtual().start(new Worker()).join();",
    "flood": 'while (true) System.out.println("a line of some length, printed again and again");',
    "solve": "%solve slow --max-steps 1000000000",
    "stiff solve": "%solve stiff --max-steps 1000000000 --rtol 1e-10 -s kvaerno3",
    "fixed steps": "%solve slow --dt 1e-4 --max-steps 2000000000 -s rk4",
    "ensemble": "%solve slow -t 0 100000 --ensemble 1000 --max-steps 100000000",
    "compare": "%solve slow --compare tsit5,dopri5,bosh3 -t 0 1000000 --max-steps 1000000000",
    "sweep": "%solve slow -t 0 100000 --sweep k=1:100:0.1 --max-steps 1000000000",
    "gradient": '%gradient slow --of "x(100000)" --wrt "x(0)" --max-steps 1000000000',
    "train": "%train guess -d data --epochs 10000000",
}


def interrupt(kernel, message, after):
    time.sleep(after)
    begin = time.monotonic()
    kernel.manager.interrupt_kernel()
    content = kernel.answer(message, timeout=8)
    return content, time.monotonic() - begin


@pytest.mark.parametrize("name", CELLS)
def test_the_prompt_comes_back(prepared, name):
    message = prepared.client.execute(CELLS[name])
    content, seconds = interrupt(prepared, message, 0.4)
    assert content["status"] == "error"
    assert "nterrupted" in content["evalue"]
    assert seconds < BAR
    assert value(prepared, "6 * 7") == "42"
    assert int(value(prepared, "burnt()")) < 40


def test_a_training_keeps_what_it_has(prepared):
    message = prepared.client.execute("%train guess -d data --epochs 10000000 -q -o kept")
    content, _ = interrupt(prepared, message, 1.0)
    assert "interrupted after epoch" in content["evalue"]
    assert value(prepared, "kept.epochs() > 0") == "true"


def test_ten_at_random_times(prepared):
    """Also while the cell still waits to be read, and while the compiler works on it."""
    chance = random.Random(6)
    body = "\n".join(f"int v{i} = {i};" for i in range(10)) + "\nwhile (true) { }"
    for _ in range(10):
        message = prepared.client.execute(body)
        content, seconds = interrupt(prepared, message, chance.uniform(0, 0.6))
        assert content["ename"] == "Interrupted"
        assert seconds < BAR
    assert value(prepared, "6 * 7") == "42"


def test_one_without_a_cell_is_forgotten(prepared):
    prepared.manager.interrupt_kernel()
    assert prepared.run("1 + 1").status == "ok"
    time.sleep(0.1)
    assert prepared.run("Thread.sleep(100); 2").status == "ok"


def test_a_thread_of_an_earlier_cell_lives_on(prepared):
    prepared.run(
        "var beats = new java.util.concurrent.atomic.AtomicInteger();\n"
        "Thread.ofPlatform().daemon().start(() -> {\n"
        "  try { while (true) { beats.incrementAndGet(); Thread.sleep(10); } } catch (InterruptedException e) { } });"
    )
    message = prepared.client.execute("while (true) { }")
    interrupt(prepared, message, 0.3)
    before = int(value(prepared, "beats.get()"))
    time.sleep(0.2)
    assert int(value(prepared, "beats.get()")) > before


def test_waiting_for_the_user_can_be_interrupted(prepared):
    client = prepared.client
    message = client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
    client.get_stdin_msg(timeout=10)
    begin = time.monotonic()
    prepared.manager.interrupt_kernel()
    assert prepared.answer(message)["ename"] == "Interrupted"
    assert time.monotonic() - begin < BAR
    message = client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
    client.get_stdin_msg(timeout=10)
    client.input("Zoë")
    assert prepared.answer(message)["status"] == "ok"


def test_what_cannot_be_stopped_is_left_behind(prepared):
    """Code of the JDK does not look; the prompt comes back without it."""
    hopeless = "java.util.stream.LongStream.range(0, Long.MAX_VALUE).sum()"
    message = prepared.client.execute(hopeless)
    content, seconds = interrupt(prepared, message, 0.4)
    assert seconds < BAR
    assert "goes on in the background" in content["evalue"]
    assert value(prepared, "6 * 7") == "42"
