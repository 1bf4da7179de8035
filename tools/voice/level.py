#!/usr/bin/env python3
# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Sets the loudness of the built-in voice: ``level.py INPUT.onnx OUTPUT.onnx GAIN``.

The graph ends in a multiplication by a constant gain and a clip to [-1, 1]. The gain is to leave room for the loudest
peak, so that the clip is only a guard.

Needs nothing beyond Python itself.
"""

import argparse
import struct

from onnx_fields import GRAPH_INITIALIZER, GRAPH_NODE, TYPE_FLOAT, Node, edit_graph, tensor, tensor_name


def with_gain(graph, gain):
    """The graph's fields with the constant of the last ``Mul`` in front of ``output`` set to ``gain``."""
    operators = [Node(value) for number, value in graph if number == GRAPH_NODE]
    by_output = {output: operator for operator in operators for output in operator.outputs}
    constants = {tensor_name(value) for number, value in graph if number == GRAPH_INITIALIZER}

    last = by_output["output"]
    while last.op_type in ("Reshape", "Clip"):
        last = by_output[last.inputs[0]]
    found = [name for name in last.inputs if name in constants]
    if last.op_type != "Mul" or len(found) != 1:
        raise SystemExit(f"expected a multiplication by a constant before the output, found {last.op_type}")
    if sum(found[0] in operator.inputs for operator in operators) != 1:
        raise SystemExit(f"the gain {found[0]} has other uses")

    def changed(number, value):
        if number == GRAPH_INITIALIZER and tensor_name(value) == found[0]:
            return number, tensor(found[0], TYPE_FLOAT, [1], struct.pack("<f", gain))
        return number, value

    return [changed(number, value) for number, value in graph]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Sets the built-in voice's gain.")
    arguments.add_argument("input")
    arguments.add_argument("output")
    arguments.add_argument("gain", type=float)
    options = arguments.parse_args()
    edit_graph(options.input, options.output, lambda graph: with_gain(graph, options.gain))
