"""%train on networks in the real kernel: the live display, an interrupt, and a kernel that is killed."""

import re
import signal
import time
from queue import Empty

import pytest

pytestmark = pytest.mark.alone

PENDULUM = [
    "%%ode truth\nx' = y\ny' = -sin(x) - 0.1*y\ninit x = 1, y = 0\ntime 0 .. 3",
    "%solve truth --saveat 12 -o data -q",
    "%%ode pend\nx' = y\ny' = f(x) - k*y\nnet f = mlp(1, 8, 1, tanh)\nparam k = 0.2\ninit x = 1, y = 0\ntime 0 .. 3",
]


def value(kernel, expression):
    return kernel.run(expression).of("execute_result")[0]["data"]["text/plain"]


def define(kernel):
    for cell in PENDULUM:
        assert kernel.run(cell).status == "ok"


@pytest.fixture(scope="module")
def pendulum(kernel):
    define(kernel)
    return kernel


def wait_for_update(kernel, message_id, count=2):
    """Waits until a running cell has replaced its output so many times."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            message = kernel.client.get_iopub_msg(timeout=1)
        except Empty:
            continue
        of_cell = message["parent_header"].get("msg_id") == message_id
        count -= of_cell and message["msg_type"] == "update_display_data"
        if count == 0:
            return
    raise AssertionError("no live update")


def test_one_output_lives_and_ends_complete(pendulum):
    times = []

    def arrived(message):
        reply.messages.append(message)
        if "display_data" in message["msg_type"]:
            times.append(time.monotonic())

    reply = type(pendulum.run("0"))()
    reply.content = pendulum.client.execute_interactive(
        "%train pend -d data --epochs 1000000 --budget 2.5s --seed 1 -o fit",
        timeout=60,
        allow_stdin=False,
        output_hook=arrived,
    )["content"]
    assert reply.status == "ok", reply.traceback
    assert reply.stream("stderr") == ""
    first, summary = reply.of("display_data")
    updates = reply.of("update_display_data")
    assert len(updates) >= 2
    assert {update["transient"]["display_id"] for update in updates} == {first["transient"]["display_id"]}
    assert set(first["data"]) == {"application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"}
    running = r"epoch \d+/1000000 [▇▁]{10} \d % · loss \S+ · best \S+ · [\d.]+ it/s · ETA [\d:-]+ · seed 1"
    for frame in [first, *updates[:-1]]:
        assert re.fullmatch(running, frame["data"]["text/plain"]), frame["data"]["text/plain"]
    # The last frame does not wait; between the others there is a quarter of a second.
    between = [after - before for before, after in zip(times, times[1 : len(updates)])]
    assert min(between) > 0.15, between
    assert re.search(r" it/s · [\d.]+ s · seed 1$", updates[-1]["data"]["text/plain"])
    assert "x (data)" in updates[-1]["data"]["image/svg+xml"]
    assert "f: 25 weights" in summary["data"]["text/plain"]
    assert "the same without a clock: %train pend -d data --epochs " in summary["data"]["text/plain"]
    assert value(pendulum, 'fit.net("f").apply(1) == fit.model().derivative(0, 1, 0)[1]') == "true"
    assert pendulum.run("%solve fit.model()").status == "ok"


def test_a_result_is_assigned(pendulum):
    pendulum.run("var node = NeuralOde.of(Mlp.of(2, 4, 2));")
    for cell in [
        "var ode = %train pend -d data --epochs 1 -q",
        "var net = %train node -d data --epochs 1 -q",
        "double slope = net.model().net().applyAll(1, 0)[0];",
        "TrainingResult<NeuralOde> typed = %train node -d data --epochs 1 -q",
        "typed = %train node -d data --epochs 2 -q",
        "%train node -d data --epochs 2 -q -o named",
    ]:
        assert pendulum.run(cell).status == "ok", cell
    assert value(pendulum, 'ode.model().value("k") == ode.parameter("k")') == "true"
    assert value(pendulum, "typed.model().solve(new double[] {1, 0}, 0, 1).last(\"x\") != 1") == "true"
    assert value(pendulum, "Arrays.equals(typed.losses(), named.losses())") == "true"


def test_an_interrupt_keeps_the_best_and_prints_what_goes_on(pendulum, tmp_path):
    file = tmp_path / "pend.safetensors"
    message = pendulum.client.execute(f'%train pend -d data --epochs 1000000 --save "{file}"')
    wait_for_update(pendulum, message)
    pendulum.manager.interrupt_kernel()
    stopped = pendulum.answer(message)
    assert stopped["status"] == "error"
    done = int(re.match(r"%train pend: interrupted after epoch (\d+) of 1000000; ", stopped["evalue"])[1])
    assert value(pendulum, "pendFit.epochs()") == str(done)
    assert value(pendulum, "pendFit.loss() < pendFit.history().startLoss()") == "true"
    line = stopped["evalue"].split("go on: ")[1]
    assert line == f"%train pend -d data --epochs 1000000 --save {file} --resume {file} -o pendFit"
    assert pendulum.run(line.replace("1000000", str(done + 3))).status == "ok"
    assert value(pendulum, "pendFit.epochs()") == str(done + 3)


def killed(start_kernel, line, file, writes=2):
    """Trains in a kernel of its own until a state was written so often, then kills it (SIGKILL)."""
    victim = start_kernel()
    define(victim)
    victim.client.execute(line)
    written = set()
    end = time.monotonic() + 60
    while len(written) < writes and time.monotonic() < end:
        time.sleep(0.002)
        if file.exists():
            written.add(file.stat().st_mtime_ns)
    victim.manager.signal_kernel(signal.SIGKILL)
    assert len(written) == writes


def assert_same(kernel, one, other):
    for bits in ["losses()", "validationLosses()", "best().flat().toArray()"]:
        assert value(kernel, f"Arrays.equals({one}.{bits}, {other}.{bits})") == "true"
    assert value(kernel, f"{one}.message().equals({other}.message())") == "true"


def test_a_killed_kernel_loses_no_bit(pendulum, start_kernel, tmp_path):
    file = tmp_path / "killed.safetensors"
    line = f'%train pend -d data --clip 1 --val 0.2 -q --save "{file}" --epochs '
    killed(start_kernel, line + "1000000", file)
    saved = int(value(pendulum, f'Checkpoint.load(Path.of("{file}")).epoch()'))
    assert saved > 1
    total = str(saved + 5)
    assert pendulum.run(f'{line}{total} --resume "{file}" -o resumed').status == "ok"
    assert pendulum.run(f"%train pend -d data --clip 1 --val 0.2 -q --epochs {total} -o whole", timeout=60).status == "ok"
    assert value(pendulum, "resumed.epochs()") == total
    assert_same(pendulum, "whole", "resumed")


@pytest.mark.parametrize(
    "options",
    [
        "-O adam:300,lbfgs:1000000 --schedule cosine",
        "-O adam:40,lm:8 --starts 1000000 --seed 4",
    ],
)
def test_a_killed_kernel_goes_on_whatever_it_was_at(pendulum, start_kernel, tmp_path, options):
    file = tmp_path / "killed.safetensors"
    killed(start_kernel, f'%train pend -d data {options} -q --save "{file}"', file, writes=3)
    stage = f'Checkpoint.load(Path.of("{file}"))'
    done = int(value(pendulum, f"{stage}.stage().epochs()"))
    starts = int(value(pendulum, f"{stage}.starts().done().size()"))
    # What is left is made short; an unbroken run of the same length then gives the same bits.
    second = int(value(pendulum, f"{stage}.stage().number()")) == 1
    short = options.replace("--starts 1000000", f"--starts {starts + 2}")
    short = short.replace("1000000", str((done if second else 0) + 4))
    line = f"%train pend -d data {short} -q"
    assert pendulum.run(f'{line} --resume "{file}" -o resumed', timeout=120).status == "ok"
    assert pendulum.run(f"{line} -o whole", timeout=120).status == "ok"
    assert_same(pendulum, "whole", "resumed")
    assert value(pendulum, "whole.starts().size() == resumed.starts().size()") == "true"


def test_the_line_after_an_interrupt_gives_the_bits_of_an_unbroken_training(pendulum):
    line = "%train pend -d data -O adam:60,lbfgs:20 --starts 100 -o part"
    message = pendulum.client.execute(line)
    wait_for_update(pendulum, message, count=1)
    pendulum.manager.interrupt_kernel()
    stopped = pendulum.answer(message)
    assert stopped["status"] == "error"
    begun = re.match(r"%train pend: interrupted in start (\d+) of 100, after epoch \d+ of 80; the best", stopped["evalue"])
    further = stopped["evalue"].split("go on: ")[1]
    assert further == line.replace(" -o part", " --resume part -o part")
    few = f"--starts {int(begun[1]) + 1}"
    assert pendulum.run(further.replace("--starts 100", few), timeout=120).status == "ok"
    whole = line.replace("--starts 100", few).replace("-o part", "-o whole -q")
    assert pendulum.run(whole, timeout=120).status == "ok"
    assert_same(pendulum, "whole", "part")
