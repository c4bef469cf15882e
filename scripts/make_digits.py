"""Writes assets/digits-images.idx.gz and assets/digits-labels.idx.gz: the 8x8 handwritten digits.

Usage: python3 scripts/make_digits.py       (needs scikit-learn, which ships the data)

The files are in the IDX format of MNIST (big-endian sizes, then one unsigned byte a number), so that `data.readIdx`
reads them. Source and licence: assets/digits.md.
"""
import gzip
import pathlib
import struct

import numpy
from sklearn.datasets import load_digits

ASSETS = pathlib.Path(__file__).resolve().parent.parent / "assets"
UNSIGNED_BYTE = 0x08


def write_idx(name, array):
    header = struct.pack(">BBBB", 0, 0, UNSIGNED_BYTE, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    # mtime=0: the same data gives the same file.
    (ASSETS / name).write_bytes(gzip.compress(header + array.astype(numpy.uint8).tobytes(), 9, mtime=0))


digits = load_digits()
write_idx("digits-images.idx.gz", digits.images)  # [1797, 8, 8], values 0..16
write_idx("digits-labels.idx.gz", digits.target)  # [1797], values 0..9
