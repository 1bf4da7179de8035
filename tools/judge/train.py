#!/usr/bin/env python3
# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Trains the judge's phone classifier on speech of espeak-ng voices and writes ``judge.npz``.

The speech is random word sequences from ``words.txt``, in voices that are neither the teacher of the built-in voice
(espeak-ng's plain ``en-us``) nor the voices held out for the test. espeak-ng says when each phone begins, so every
frame has an exact label. Speed, pitch, vocal tract length, noise, echo and blur vary, so that the judge learns sounds
rather than a synthesiser.

Needs numpy, PyTorch and libespeak-ng1; about 6 minutes on one core.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from espeak import Espeak
from features import BANDS, FRAMES_PER_SECOND, log_mel, normalized
from lexicon import WORDS
from network import DILATIONS, KERNEL, WEIGHTS, WIDTH
from phones import SILENCE_STATE, STATE_COUNT, broad, states

VOICES = "m1 m2 m4 m5 m6 m7 m8 f1 f2 f3 f5 klatt".split()
"""Variants of en-us. Held out: m3, f4 and the plain voice."""

SEED = 7
BATCH = 12
PEAK_LEARNING_RATE = 3e-3
IGNORED = -100


def random_sentence(words, rng):
    """Three to eleven words, the first (and most frequent) hundred as often as all others together."""
    chosen = [rng.choice(words[:100] if rng.random() < 0.45 else words) for _ in range(rng.randint(3, 11))]
    if len(chosen) > 6 and rng.random() < 0.4:
        chosen[rng.randint(2, len(chosen) - 2)] += ","
    return " ".join(chosen) + rng.choice("..?")


def labels(speech, frame_count):
    """The state of each frame: a phone's span is divided evenly among its states."""
    result = np.full(frame_count, SILENCE_STATE)
    starts = [start for start, _ in speech.phones]
    ends = starts[1:] + [len(speech.samples)]
    for (start, symbol), end in zip(speech.phones, ends):
        parts = states(broad([symbol]))
        edges = np.linspace(start, end, len(parts) + 1) * FRAMES_PER_SECOND / speech.rate
        for state, begin, stop in zip(parts, edges[:-1], edges[1:]):
            result[int(np.ceil(begin)) : int(np.ceil(stop))] = state
    return result


def corpus(espeak, voice, minutes, rng):
    """Utterances of one voice as ``(log-mel spectra, labels)``."""
    words = WORDS.read_text().split()
    espeak.use(f"en-us+{voice}")
    utterances, frames = [], 0
    while frames < minutes * 60 * FRAMES_PER_SECOND:
        speech = espeak.speak(
            random_sentence(words, rng),
            words_per_minute=rng.randint(125, 260),
            pitch=rng.randint(25, 75),
            pitch_range=rng.randint(20, 80),
        )
        spectra = log_mel(speech.samples, speech.rate, warp=rng.uniform(0.9, 1.1))
        utterances.append((spectra.astype(np.float16), labels(speech, len(spectra)).astype(np.int64)))
        frames += len(spectra)
    return utterances


def distorted(spectra, rng):
    """What another synthesiser, room or line would change, applied to log-mel spectra; then normalised."""
    power = np.exp(spectra.astype(np.float32))
    if rng.random() < 0.4:  # an echo
        decay = rng.uniform(0.1, 0.5)
        power = sum(np.roll(power, delay, axis=0) * decay**delay for delay in range(4))
    if rng.random() < 0.4:  # wider formants
        side = rng.uniform(0.05, 0.3)
        padded = np.pad(power, ((0, 0), (1, 1)), mode="edge")
        power = power + side * (padded[:, :-2] + padded[:, 2:])
    if rng.random() < 0.6:  # noise with a sloping spectrum
        snr = 10 ** rng.uniform(1.2, 5)
        slope = np.exp(rng.normal(0, 1) * np.linspace(-1.5, 1.5, BANDS))
        noise = rng.exponential(size=power.shape) * slope / slope.mean()
        power = power + power.mean() / snr * noise
    features = normalized(np.log(power))
    for _ in range(rng.integers(0, 3)):  # bands that cannot be heard
        width = rng.integers(1, 6)
        band = rng.integers(0, BANDS - width)
        features[:, band : band + width] = 0
    return features


def batches(utterances, rng, augment):
    """Padded ``(features [n, BANDS, frames], labels [n, frames])``, utterances of like length together."""
    order = sorted(range(len(utterances)), key=lambda i: len(utterances[i][1]) + rng.uniform(0, 60))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    for group in groups:
        longest = max(len(utterances[i][1]) for i in group)
        features = np.zeros((len(group), BANDS, longest), np.float32)
        targets = np.full((len(group), longest), IGNORED)
        for row, i in enumerate(group):
            spectra, states_ = utterances[i]
            clean = distorted(spectra, rng) if augment else normalized(spectra.astype(np.float32))
            features[row, :, : len(states_)] = clean.T
            targets[row, : len(states_)] = states_
        yield torch.from_numpy(features), torch.from_numpy(targets)


class Classifier(nn.Module):
    """The network of ``network.py``, with batch normalisation, which is folded into the weights that are stored."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Conv1d(WIDTH if i else BANDS, WIDTH, KERNEL, padding=(KERNEL - 1) // 2 * dilation, dilation=dilation)
            for i, dilation in enumerate(DILATIONS)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in DILATIONS)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Conv1d(WIDTH, STATE_COUNT, 1)

    def forward(self, x):
        for i, (layer, norm) in enumerate(zip(self.layers, self.norms)):
            y = torch.relu(norm(layer(x)))
            x = x + self.dropout(y) if i else y
        return self.out(x)

    def weights(self):
        """Arrays by name, as ``network.py`` reads them."""
        result = {}
        for i, (layer, norm) in enumerate(zip(self.layers, self.norms)):
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            result[f"layer{i}.weight"] = (layer.weight * scale[:, None, None]).permute(2, 1, 0)
            result[f"layer{i}.bias"] = (layer.bias - norm.running_mean) * scale + norm.bias
        result["out.weight"] = self.out.weight[:, :, 0].T
        result["out.bias"] = self.out.bias
        return {name: value.detach().numpy() for name, value in result.items()}


def accuracy(model, utterances):
    model.eval()
    right = total = 0
    with torch.no_grad():
        for features, targets in batches(utterances, np.random.default_rng(0), augment=False):
            heard = targets != IGNORED
            right += (model(features).argmax(1) == targets)[heard].sum().item()
            total += heard.sum().item()
    model.train()
    return right / total


def train(utterances, validation, epochs):
    rng = np.random.default_rng(SEED)
    model = Classifier()
    optimizer = torch.optim.AdamW(model.parameters(), PEAK_LEARNING_RATE, weight_decay=0.01)
    steps = epochs * -(-len(utterances) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_LEARNING_RATE, steps, pct_start=0.1)
    loss_of = nn.CrossEntropyLoss(ignore_index=IGNORED, label_smoothing=0.05)
    started = time.monotonic()
    for epoch in range(epochs):
        losses = []
        for features, targets in batches(utterances, rng, augment=True):
            loss = loss_of(model(features), targets)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(
            f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, frames right {accuracy(model, validation):.1%},"
            f" {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return model


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=10, help="speech of each voice")
    arguments.add_argument("--epochs", type=int, default=8)
    arguments.add_argument("--output", type=Path, default=WEIGHTS)
    options = arguments.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    espeak, rng = Espeak(), random.Random(SEED)
    spoken = [corpus(espeak, voice, options.minutes, rng) for voice in VOICES]
    validation = [utterance for utterances in spoken for utterance in utterances[:6]]
    training = [utterance for utterances in spoken for utterance in utterances[6:]]
    frames = np.concatenate([states_ for _, states_ in training])
    print(f"{len(training)} utterances, {len(frames) / FRAMES_PER_SECOND / 60:.0f} minutes", flush=True)

    weights = train(training, validation, options.epochs).weights()
    weights["log_priors"] = np.log((np.bincount(frames, minlength=STATE_COUNT) + 100) / len(frames))
    np.savez_compressed(options.output, **{name: value.astype(np.float16) for name, value in weights.items()})
    print(f"{options.output}: {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
