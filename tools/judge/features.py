# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""WAV files to log-mel spectra, 100 frames a second.

The mel bands are laid out in hertz for whatever rate the file has, so no resampling is needed.
"""

import wave

import numpy as np

FRAMES_PER_SECOND = 100
BANDS = 40
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 7600.0
_WINDOW_SECONDS = 0.025
_DYNAMIC_RANGE = np.log(10**6.5)
"""Energies more than 65 dB below the loudest band are taken as 65 dB below it."""

_SPEECH_RANGE = np.log(10**3.5)
"""Frames within 35 dB of the loudest count as speech when a file's mean spectrum is taken."""


def read_wav(path):
    """Mono samples in [-1, 1) and their rate, from 16-bit PCM; channels are averaged."""
    with wave.open(str(path)) as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path}: 16-bit samples wanted, not {8 * file.getsampwidth()}-bit")
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
        return samples.mean(axis=1).astype(np.float32) / 32768, file.getframerate()


def log_mel(samples, rate, warp=1.0):
    """Natural log of the power in each band, ``[frames, BANDS]``; ``warp`` moves the bands up or down in frequency."""
    if rate < 2 * _HIGHEST_HZ:
        raise ValueError(f"a sample rate of at least {2 * _HIGHEST_HZ:.0f} Hz wanted, not {rate}")
    window = round(_WINDOW_SECONDS * rate)
    size = 1 << (window - 1).bit_length()
    count = int(len(samples) * FRAMES_PER_SECOND / rate) + 1
    padded = np.pad(samples, (window // 2, window))
    starts = np.round(np.arange(count) * rate / FRAMES_PER_SECOND).astype(int)
    frames = padded[starts[:, None] + np.arange(window)] * np.hanning(window).astype(np.float32)
    power = np.abs(np.fft.rfft(frames, size)) ** 2
    return np.log(power @ _mel_bands(rate, size, warp) + 1e-10).astype(np.float32)


def _mel_bands(rate, size, warp):
    """Triangular bands, evenly spaced in mel, ``[bins, BANDS]``."""
    lowest, highest = _mel(_LOWEST_HZ), _mel(_HIGHEST_HZ)
    step = (highest - lowest) / (BANDS + 1)
    bins = _mel(np.arange(size // 2 + 1) * rate / size * warp)
    centres = lowest + step * np.arange(1, BANDS + 1)
    weights = np.maximum(0, 1 - np.abs(bins[:, None] - centres) / step)
    return (weights / weights.sum(axis=0)).astype(np.float32)


def _mel(hertz):
    return 1127 * np.log1p(hertz / 700)


def normalized(spectra):
    """Log-mel spectra made independent of level and of the mean spectrum of the speech."""
    floored = np.maximum(spectra, spectra.max() - _DYNAMIC_RANGE)
    loudness = floored.max(axis=1)
    speech = loudness > loudness.max() - _SPEECH_RANGE
    return (floored - floored[speech].mean(axis=0)) / 3
