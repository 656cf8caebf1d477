"""Weights between a notebook and Python: read and written here by the published format, with no library of ours."""

import json
import math
import random
import struct

# https://github.com/huggingface/safetensors: eight bytes with the length of a header in JSON, the header, the numbers.


def read(file):
    raw = file.read_bytes()
    (length,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    found = {}
    for name, part in header.items():
        assert part["dtype"] == "F64"
        begin, end = part["data_offsets"]
        numbers = struct.unpack(f"<{(end - begin) // 8}d", raw[8 + length + begin : 8 + length + end])
        assert math.prod(part["shape"]) == len(numbers)
        found[name] = (part["shape"], list(numbers))
    return found


def write(file, arrays):
    header, body = {}, b""
    for name, (shape, numbers) in arrays.items():
        packed = struct.pack(f"<{len(numbers)}d", *numbers)
        header[name] = {"dtype": "F64", "shape": shape, "data_offsets": [len(body), len(body) + len(packed)]}
        body += packed
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + body)


def mlp(arrays, x):
    """As torch.nn.Sequential(Linear, Tanh, Linear) computes with these weights."""
    for name in ("0", "2"):
        (rows, columns), w = arrays[f"{name}.weight"]
        _, b = arrays[f"{name}.bias"]
        x = [b[i] + sum(w[i * columns + j] * x[j] for j in range(columns)) for i in range(rows)]
        x = [math.tanh(value) for value in x] if name == "0" else x
    return x


def numbers(kernel, expression):
    reply = kernel.run(f"System.out.print(Arrays.toString({expression}));")
    assert reply.status == "ok", reply.traceback
    return json.loads(reply.stream("stdout"))


def test_weights_of_a_notebook_are_read_in_python(kernel, tmp_path):
    file = tmp_path / "net.safetensors"
    for cell in ("Mlp net = Mlp.of(2, 5, 3);", "Parameters weights = net.initial(RandomKey.of(1));"):
        assert kernel.run(cell).status == "ok", cell
    assert kernel.run(f'weights.save(Path.of("{file}"));').status == "ok"
    arrays = read(file)
    assert {name: shape for name, (shape, _) in arrays.items()} == {
        "0.weight": [5, 2],
        "0.bias": [5],
        "2.weight": [3, 5],
        "2.bias": [3],
    }
    assert numbers(kernel, 'weights.tensor("0.weight").toArray()') == arrays["0.weight"][1]
    told = numbers(kernel, "NetFunction.of(net, weights).applyAll(0.3, -1.2)")
    for ours, theirs in zip(told, mlp(arrays, [0.3, -1.2]), strict=True):
        assert abs(ours - theirs) < 1e-12


def test_weights_of_python_are_read_in_a_notebook(kernel, tmp_path):
    file = tmp_path / "torch.safetensors"
    chance = random.Random(3)
    shapes = {"0.bias": [4], "0.weight": [4, 2], "2.bias": [1], "2.weight": [1, 4]}
    arrays = {name: (shape, [chance.gauss(0, 1) for _ in range(math.prod(shape))]) for name, shape in shapes.items()}
    write(file, arrays)
    for cell in ("Mlp net = Mlp.of(2, 4, 1);", f'Parameters given = Parameters.load(Path.of("{file}"));'):
        assert kernel.run(cell).status == "ok", cell
    (told,) = numbers(kernel, "NetFunction.of(net, given).applyAll(0.7, 0.1)")
    (theirs,) = mlp(arrays, [0.7, 0.1])
    assert abs(told - theirs) < 1e-12
