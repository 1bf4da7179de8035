# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Finds the likeliest sequence of words for the states' likelihoods: any word may follow any other.

All pronunciations of all words stand in one long row of states. A path stays in a state, steps to the next, or, at a
word's last state, goes on to the first state of any word, or to a silence. One Viterbi pass over the frames is exact;
nothing is pruned.
"""

import numpy as np

from phones import SILENCE, states

_WORD_COST = 2.0
"""Chosen on ``development.txt``; anything from 0 to 6 does."""

_STAY, _STEP = np.log(0.7), np.log(0.3)
_IMPOSSIBLE = np.float32(-1e30)


class Decoder:
    def __init__(self, lexicon):
        self._words = lexicon.words
        rows, self._row_word, entry = [], [], []
        for i, pronunciations in enumerate(lexicon.pronunciations):
            for phones in pronunciations:
                rows.append(states(phones))
                self._row_word.append(i)
                entry.append(lexicon.log_probabilities[i] - _WORD_COST)
        rows.append(states(SILENCE))
        self._row_word.append(None)
        entry.append(0.0)

        lengths = np.array([len(row) for row in rows])
        self._states = np.concatenate(rows)
        self._last = np.cumsum(lengths) - 1
        self._first = self._last - lengths + 1
        self._entry = np.array(entry, np.float32)

    def words(self, log_likelihoods):
        """The likeliest words for ``[frames, states]``."""
        emissions = np.ascontiguousarray(log_likelihoods.astype(np.float32))
        score = np.full(len(self._states), _IMPOSSIBLE, np.float32)
        score[self._first] = self._entry + emissions[0][self._states[self._first]]
        # For each frame the best end of a word in it: the word, and the index in `ends` of the word before it.
        ends = []
        # For each state the index in `ends` of the word before the one that its path is in; -1 at the beginning.
        origin = np.full(len(self._states), -1)
        for frame in emissions[1:]:
            ended = score[self._last] + _STEP
            best = ended.argmax()
            ends.append((self._row_word[best], int(origin[self._last[best]])))

            stepped = np.empty_like(score)
            stepped[1:] = score[:-1] + _STEP
            stepped[self._first] = ended[best] + self._entry
            moved_origin = np.empty_like(origin)
            moved_origin[1:] = origin[:-1]
            moved_origin[self._first] = len(ends) - 1

            score += _STAY
            moves = stepped > score
            np.copyto(score, stepped, where=moves)
            np.copyto(origin, moved_origin, where=moves)
            score += frame[self._states]

        best = score[self._last].argmax()
        return self._trace(ends, self._row_word[best], int(origin[self._last[best]]))

    def _trace(self, ends, row_word, before):
        words = []
        while True:
            if row_word is not None:
                words.append(self._words[row_word])
            if before < 0:
                return words[::-1]
            row_word, before = ends[before]
