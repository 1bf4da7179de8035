# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Checks of the judge itself: ``python3 -m unittest`` in this directory."""

import unittest
from types import SimpleNamespace

import numpy as np

from decoder import Decoder
from features import BANDS, log_mel, normalized
from judge import SENTENCES, word_errors
from phones import STATE_COUNT, broad, states


def same(one, other):
    return one == other


class WordErrors(unittest.TestCase):
    def test_counts_replaced_dropped_and_added_words(self):
        said = "turn left at the bridge".split()
        self.assertEqual(word_errors(said, said, same), 0)
        self.assertEqual(word_errors(said, "turn left at a bridge".split(), same), 1)
        self.assertEqual(word_errors(said, "turn at the bridge".split(), same), 1)
        self.assertEqual(word_errors(said, "turn left left at the bridge".split(), same), 1)
        self.assertEqual(word_errors(said, [], same), 5)

    def test_words_of_the_same_sound_are_equal(self):
        self.assertEqual(word_errors(["two"], ["to"], lambda one, other: True), 0)


class Features(unittest.TestCase):
    def test_level_and_sample_rate_do_not_matter(self):
        spectra = {}
        for rate in (16_000, 22_050, 48_000):
            seconds = np.arange(rate) / rate
            voice = sum(np.sin(2 * np.pi * 120 * k * seconds) / k for k in range(1, 50)) * np.sin(3 * seconds)
            spectra[rate] = normalized(log_mel(voice.astype(np.float32), rate))
            louder = normalized(log_mel(5 * voice.astype(np.float32), rate))
            np.testing.assert_allclose(spectra[rate], louder, atol=0.01)
            self.assertEqual(spectra[rate].shape, (101, BANDS))
        self.assertLess(np.abs(spectra[22_050] - spectra[48_000])[5:-5].mean(), 0.05)

    def test_telephone_band_is_refused(self):
        with self.assertRaisesRegex(ValueError, "at least 15200 Hz wanted, not 8000"):
            log_mel(np.zeros(8000, np.float32), 8000)


class Decoding(unittest.TestCase):
    def test_words_and_silences_are_found_in_order(self):
        lexicon = SimpleNamespace(
            words=["tea", "eat", "two"],
            pronunciations=[[("t", "iː")], [("iː", "t")], [("t", "uː"), ("t", "ə")]],
            log_probabilities=np.log(np.full(3, 1 / 3)),
        )
        silence = states(())
        spoken = silence + states(broad(["t", "i", "t", "ə"])) + silence + states(broad(["iː", "t"])) + silence
        likelihoods = np.full((4 * len(spoken), STATE_COUNT), -5.0)
        likelihoods[np.arange(len(likelihoods)), np.repeat(spoken, 4)] = 0
        self.assertEqual(Decoder(lexicon).words(likelihoods), ["tea", "two", "eat"])


class Sentences(unittest.TestCase):
    def test_there_are_thirty_and_none_twice(self):
        sentences = SENTENCES.read_text().splitlines()
        self.assertEqual(len(set(sentences)), 30)
        self.assertFalse(set(sentences) & set(SENTENCES.with_name("development.txt").read_text().splitlines()))


if __name__ == "__main__":
    unittest.main()
