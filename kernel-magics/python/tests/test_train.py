"""%train on networks in the real kernel: the live display, an interrupt, and a kernel that is killed."""

import re
import signal
import time
from queue import Empty

import pytest

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
        "%train pend -d data --epochs 1000000 --budget 1.6s --seed 1 -o fit",
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


def test_a_killed_kernel_loses_no_bit(pendulum, start_kernel, tmp_path):
    file = tmp_path / "killed.safetensors"
    victim = start_kernel()
    define(victim)
    line = f'%train pend -d data --clip 1 --val 0.2 -q --save "{file}" --epochs '
    victim.client.execute(line + "1000000")
    written = set()
    end = time.monotonic() + 30
    while len(written) < 2 and time.monotonic() < end:
        time.sleep(0.02)
        if file.exists():
            written.add(file.stat().st_mtime_ns)
    assert len(written) == 2
    victim.manager.signal_kernel(signal.SIGKILL)
    saved = int(value(pendulum, f'Checkpoint.load(Path.of("{file}")).epoch()'))
    assert saved > 1
    total = str(saved + 5)
    assert pendulum.run(f'{line}{total} --resume "{file}" -o resumed').status == "ok"
    assert pendulum.run(f"%train pend -d data --clip 1 --val 0.2 -q --epochs {total} -o whole", timeout=60).status == "ok"
    assert value(pendulum, "resumed.epochs()") == total
    for bits in ["losses()", "validationLosses()", "best().flat().toArray()"]:
        assert value(pendulum, f"Arrays.equals(whole.{bits}, resumed.{bits})") == "true"
