#!/usr/bin/env python3
# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Makes an ONNX graph's noise constant: ``constant_noise.py INPUT.onnx OUTPUT.onnx``.

ONNX Runtime's random operators carry state from run to run, so a graph with ``RandomNormalLike`` never says the same
thing twice. Each such node is replaced by a reading of one table of Gaussian values, stored as int8: the table is
repeated as often as the wanted shape needs it, read from an offset that differs from node to node, and reshaped. The
same inputs then give the same bits, and drawing random numbers no longer costs time.

The table's length is a prime. A spectrogram of 257 bins is filled row by row, so each bin reads a stretch of its own
and, below 65 521 frames, never the same value twice, whatever the number of frames.

Needs nothing beyond Python itself.
"""

import argparse
import random
import statistics
import struct

from onnx_fields import GRAPH_INITIALIZER, GRAPH_NODE, TYPE_FLOAT, TYPE_INT8, TYPE_INT64, Node, edit_graph, node, tensor

TABLE_LENGTH = 65_521
"""The largest prime below 2**16: 380 seconds of one bin at 172 frames a second."""

TABLE_SEED = 17
LEVELS_PER_SIGMA = 28
"""The table's largest value, 4.3 sigma, is level 121 of 127; rounding lies 40 dB below the noise itself."""

OTHER_RANDOM_OPERATORS = {"Bernoulli", "Multinomial", "RandomNormal", "RandomUniform", "RandomUniformLike"}


def noise_levels():
    """The table: TABLE_LENGTH evenly spaced quantiles of the unit Gaussian, shuffled; the mean is 0, the variance 1."""
    gaussian = statistics.NormalDist()
    levels = [round(LEVELS_PER_SIGMA * gaussian.inv_cdf((i + 0.5) / TABLE_LENGTH)) for i in range(TABLE_LENGTH)]
    random.Random(TABLE_SEED).shuffle(levels)
    return levels


class NoiseTable:
    """Collects the nodes and constants that read noise from the table.

    ``nodes`` belong in front of the graph's own: they do not depend on the input, so a runtime computes them once, when
    it loads the graph.
    """

    def __init__(self, reader_count):
        self.nodes = [node("Cast", ["noise_levels"], "noise_table", to=TYPE_FLOAT)]
        levels = struct.pack(f"<{TABLE_LENGTH}b", *noise_levels())
        self.initializers = [tensor("noise_levels", TYPE_INT8, [TABLE_LENGTH], levels)]
        self._reader_count = reader_count
        self._readers = 0
        self._scaled = {}
        self._integers = {}

    def reader(self, like, output, sigma):
        """The nodes that fill ``output``, shaped as ``like``, with noise of standard deviation ``sigma``."""
        start = self._integer(self._readers * TABLE_LENGTH // self._reader_count)
        self._readers += 1
        name = f"noise_{self._readers}"
        return [
            node("Shape", [like], f"{name}_shape"),
            node("ReduceProd", [f"{name}_shape"], f"{name}_count", keepdims=1),
            node("Add", [f"{name}_count", start], f"{name}_end"),
            node("Div", [f"{name}_end", self._integer(TABLE_LENGTH)], f"{name}_whole"),
            node("Add", [f"{name}_whole", self._integer(1)], f"{name}_repeats"),
            node("Tile", [self._table(sigma), f"{name}_repeats"], f"{name}_long"),
            node("Slice", [f"{name}_long", start, f"{name}_end"], f"{name}_flat"),
            node("Reshape", [f"{name}_flat", f"{name}_shape"], output),
        ]

    def _table(self, sigma):
        if sigma not in self._scaled:
            name = f"noise_table_{len(self._scaled) + 1}"
            step = struct.pack("<f", sigma / LEVELS_PER_SIGMA)
            self.initializers.append(tensor(f"{name}_step", TYPE_FLOAT, [], step))
            self.nodes.append(node("Mul", ["noise_table", f"{name}_step"], name))
            self._scaled[sigma] = name
        return self._scaled[sigma]

    def _integer(self, value):
        if value not in self._integers:
            name = f"noise_int_{value}"
            self.initializers.append(tensor(name, TYPE_INT64, [1], struct.pack("<q", value)))
            self._integers[value] = name
        return self._integers[value]


def with_constant_noise(graph):
    """The graph's fields with each ``RandomNormalLike`` replaced; any other random operator is refused."""
    nodes = [(Node(value), value) for number, value in graph if number == GRAPH_NODE]
    others = [field for field in graph if field[0] != GRAPH_NODE]
    random_count = sum(operator.op_type == "RandomNormalLike" for operator, _ in nodes)
    if random_count == 0:
        raise SystemExit("the graph has no RandomNormalLike")
    table = NoiseTable(random_count)
    messages = []
    for operator, message in nodes:
        if operator.op_type in OTHER_RANDOM_OPERATORS:
            raise SystemExit(f"no constant form is known here for {operator.op_type}")
        if operator.op_type == "RandomNormalLike":
            messages += _reader_in_place_of(operator, table)
        else:
            messages.append(message)
    return (
        [(GRAPH_NODE, message) for message in table.nodes + messages]
        + [(GRAPH_INITIALIZER, message) for message in table.initializers]
        + others
    )


def _reader_in_place_of(operator, table):
    settings = operator.attributes
    if settings.get("mean", 0.0) != 0.0 or settings.get("dtype", TYPE_FLOAT) != TYPE_FLOAT:
        raise SystemExit("only float noise of mean 0 has a constant form here")
    return table.reader(operator.inputs[0], operator.outputs[0], settings.get("scale", 1.0))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Replaces an ONNX graph's Gaussian noise by a constant table.")
    arguments.add_argument("input")
    arguments.add_argument("output")
    options = arguments.parse_args()
    edit_graph(options.input, options.output, with_constant_noise)
