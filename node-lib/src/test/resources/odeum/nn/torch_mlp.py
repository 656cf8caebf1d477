"""A PyTorch net and what it computes, for PyTorchTest.

python torch_mlp.py              writes torch-mlp.safetensors and torch-mlp-values.safetensors
python torch_mlp.py FILE VALUES  loads parameters that Odeum saved into the same net, and compares
"""

import sys

import torch
from safetensors.torch import load_file, save_file

torch.manual_seed(0)
net = torch.nn.Sequential(
    torch.nn.Linear(2, 16), torch.nn.Tanh(), torch.nn.Linear(16, 16), torch.nn.Tanh(), torch.nn.Linear(16, 3)
).double()
if len(sys.argv) == 1:
    x = torch.randn(20, 2, dtype=torch.float64)
    save_file(net.state_dict(), "torch-mlp.safetensors")
    save_file({"x": x, "y": net(x).detach()}, "torch-mlp-values.safetensors")
else:
    net.load_state_dict(load_file(sys.argv[1]))
    values = load_file(sys.argv[2])
    print("largest difference", (net(values["x"]) - values["y"]).abs().max().item())
