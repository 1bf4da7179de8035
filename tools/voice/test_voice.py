# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Checks of the voice's tools: ``python3 -m unittest`` in this directory."""

import statistics
import unittest
from pathlib import Path

from constant_noise import LEVELS_PER_SIGMA, TABLE_LENGTH, noise_levels, with_constant_noise
from level import with_gain
from onnx_fields import GRAPH_INITIALIZER, GRAPH_NODE, MODEL_GRAPH, TYPE_FLOAT, Node, node, tensor
from protobuf import Fixed, read_message, write_message

VOICE = Path(__file__).parents[2] / "tts-client-local/src/main/resources/io/ttsclient/local/builtin.onnx"


class Protobuf(unittest.TestCase):
    def test_fields_of_every_kind_survive(self):
        fields = [(1, 0), (2, 300), (3, 2**64 - 1), (4, b"abc"), (1, 7), (20, Fixed(b"1234")), (21, Fixed(b"12345678"))]
        self.assertEqual(read_message(write_message(fields)), fields)

    def test_truncated_message_is_refused(self):
        with self.assertRaisesRegex(ValueError, "beyond the end"):
            read_message(write_message([(4, b"abc")])[:-1])

    def test_the_voice_survives(self):
        content = VOICE.read_bytes()
        self.assertEqual(write_message(read_message(content)), content)


class ConstantNoise(unittest.TestCase):
    def test_table_is_a_unit_gaussian_in_int8(self):
        levels = noise_levels()
        self.assertEqual(len(levels), TABLE_LENGTH)
        self.assertLess(max(map(abs, levels)), 128)
        self.assertAlmostEqual(statistics.fmean(levels), 0, places=9)
        self.assertAlmostEqual(statistics.pstdev(levels) / LEVELS_PER_SIGMA, 1, places=3)

    def test_random_operators_are_replaced_or_refused(self):
        graph = [(GRAPH_NODE, node("RandomNormalLike", ["x"], "noise", dtype=TYPE_FLOAT))]
        replaced = [Node(value) for number, value in with_constant_noise(graph) if number == GRAPH_NODE]
        self.assertEqual(replaced[-1].outputs, ["noise"])
        self.assertNotIn("RandomNormalLike", {operator.op_type for operator in replaced})
        with self.assertRaisesRegex(SystemExit, "RandomUniform"):
            with_constant_noise(graph + [(GRAPH_NODE, node("RandomUniform", [], "other"))])

    def test_the_voice_has_no_random_operator(self):
        graph = read_message(dict(read_message(VOICE.read_bytes()))[MODEL_GRAPH])
        operators = {Node(value).op_type for number, value in graph if number == GRAPH_NODE}
        self.assertFalse({name for name in operators if name.startswith("Random")})


class Level(unittest.TestCase):
    def test_only_the_gain_before_the_output_changes(self):
        def graph(gain):
            constants = [tensor("other", TYPE_FLOAT, [1], b"\0\0\0\0"), tensor("gain", TYPE_FLOAT, [1], gain)]
            nodes = [node("Mul", ["x", "other"], "y"), node("Mul", ["y", "gain"], "z"), node("Clip", ["z"], "output")]
            return [(GRAPH_NODE, value) for value in nodes] + [(GRAPH_INITIALIZER, value) for value in constants]

        self.assertEqual(with_gain(graph(b"\0\0\0\0"), 1.0), graph(b"\0\0\x80\x3f"))


if __name__ == "__main__":
    unittest.main()
