# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""The phone classifier's forward pass in numpy.

A stack of dilated convolutions over time, each but the first with a shortcut around it; one frame's answer depends on
160 ms to either side, which is enough to hear sounds and too little to know words.
"""

from pathlib import Path

import numpy as np

WIDTH = 144
KERNEL = 5
DILATIONS = (1, 1, 2, 3, 1)
"""One entry for each convolution; the first one widens the bands to ``WIDTH`` channels."""

WEIGHTS = Path(__file__).with_name("judge.npz")


class Network:
    """Reads the weights that ``train.py`` wrote."""

    def __init__(self, path=WEIGHTS):
        with np.load(path) as stored:
            self._weights = {name: stored[name].astype(np.float32) for name in stored.files}

    def log_likelihoods(self, features):
        """``[frames, states]``: log probabilities over each state's share of the training speech."""
        x = features
        for i, dilation in enumerate(DILATIONS):
            y = np.maximum(self._convolve(x, f"layer{i}", dilation), 0)
            x = x + y if i else y
        scores = x @ self._weights["out.weight"] + self._weights["out.bias"]
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return scores - self._weights["log_priors"]

    def _convolve(self, x, name, dilation):
        """``weight`` is ``[KERNEL, in, out]``."""
        reach = (KERNEL - 1) // 2 * dilation
        padded = np.pad(x, ((reach, reach), (0, 0)))
        weight = self._weights[f"{name}.weight"]
        y = np.zeros((len(x), weight.shape[2]), np.float32) + self._weights[f"{name}.bias"]
        for tap in range(KERNEL):
            y += padded[tap * dilation : tap * dilation + len(x)] @ weight[tap]
        return y
