"""Writes the files of ArrayFilesTest: python arrays.py (numpy 2)."""

import gzip
import struct

import numpy as np

six = np.arange(6).reshape(2, 3)
arrays = {
    "f8": six / 10,
    "f4": (six / 10).astype("f4"),
    "f2": (six / 10).astype("f2"),
    "big": (six / 10).astype(">f8"),
    "columns": np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
    "i8": six.astype("i8"),
    "i4": six.astype(">i4"),
    "i2": np.asfortranarray(six.astype("i2")),
    "u1": six.astype("u1"),
    "b1": np.array([True, False, True]),
    "scalar": np.array(-7.5),
    "none": np.zeros((0, 3)),
}
np.savez("stored.npz", **arrays)
np.savez_compressed("compressed.npz", **arrays)
np.save("vector.npy", np.array([1.5, -2, np.nan]))
with gzip.GzipFile("images-idx3-ubyte.gz", "wb", mtime=0) as file:
    file.write(struct.pack(">HBB3I", 0, 8, 3, 3, 2, 2) + bytes([0, 50, 100, 150, 200, 250, 1, 2, 3, 4, 5, 255]))
with open("labels-idx1-ubyte", "wb") as file:
    file.write(struct.pack(">HBBI", 0, 8, 1, 3) + bytes([7, 0, 9]))
with open("floats-idx1", "wb") as file:
    file.write(struct.pack(">HBBI", 0, 0x0D, 1, 3) + struct.pack(">3f", -1.5, 0.1, 3))
