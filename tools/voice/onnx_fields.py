# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""The parts of onnx.proto that the tools here read and write: field numbers, nodes, tensors, attributes."""

import struct
from pathlib import Path

from protobuf import Fixed, read_message, write_message

MODEL_GRAPH = 7
GRAPH_NODE, GRAPH_INITIALIZER = 1, 5
NODE_INPUT, NODE_OUTPUT, NODE_NAME, NODE_OP_TYPE, NODE_ATTRIBUTE = 1, 2, 3, 4, 5
ATTRIBUTE_NAME, ATTRIBUTE_FLOAT, ATTRIBUTE_INT, ATTRIBUTE_TYPE = 1, 2, 3, 20
TENSOR_DIMS, TENSOR_TYPE, TENSOR_NAME, TENSOR_RAW = 1, 2, 8, 9
TYPE_FLOAT, TYPE_INT8, TYPE_INT64 = 1, 3, 7
ATTRIBUTE_TYPE_INT = 2


def edit_graph(source, target, change):
    """Writes the model at ``source`` to ``target`` with ``change`` applied to the graph's list of fields."""
    model = read_message(Path(source).read_bytes())
    model = [
        (number, write_message(change(read_message(value))) if number == MODEL_GRAPH else value)
        for number, value in model
    ]
    Path(target).write_bytes(write_message(model))


class Node:
    """One operator of a graph, read from its message."""

    def __init__(self, message):
        fields = read_message(message)
        self.op_type = dict(fields)[NODE_OP_TYPE].decode()
        self.inputs = [value.decode() for number, value in fields if number == NODE_INPUT]
        self.outputs = [value.decode() for number, value in fields if number == NODE_OUTPUT]
        self.attributes = dict(_number(value) for number, value in fields if number == NODE_ATTRIBUTE)


def _number(message):
    """Name and value of a float or integer attribute; any other kind has the value ``None``."""
    fields = dict(read_message(message))
    value = fields.get(ATTRIBUTE_FLOAT, fields.get(ATTRIBUTE_INT))
    if isinstance(value, Fixed):
        (value,) = struct.unpack("<f", value)
    return fields[ATTRIBUTE_NAME].decode(), value


def node(op_type, inputs, output, **integers):
    """The message of an operator with one output and integer attributes."""
    fields = [(NODE_INPUT, name) for name in inputs]
    fields += [(NODE_OUTPUT, output), (NODE_NAME, f"{output}_{op_type}"), (NODE_OP_TYPE, op_type)]
    for name, value in integers.items():
        attribute = [(ATTRIBUTE_NAME, name), (ATTRIBUTE_INT, value), (ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT)]
        fields.append((NODE_ATTRIBUTE, write_message(attribute)))
    return write_message(fields)


def tensor(name, data_type, dims, raw):
    """The message of a constant, its values given as little-endian bytes."""
    fields = [(TENSOR_DIMS, size) for size in dims]
    fields += [(TENSOR_TYPE, data_type), (TENSOR_NAME, name), (TENSOR_RAW, raw)]
    return write_message(fields)


def tensor_name(message):
    return dict(read_message(message))[TENSOR_NAME].decode()
