#!/usr/bin/env python3
# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""Judges how intelligible a voice is: recognises what it says and prints the word error rate.

    judge.py DIRECTORY                          its WAV files, in the order of their names, are the test sentences
    judge.py FILE.wav ...                       likewise, in the order given
    judge.py --render './speak {text} -o {out}' renders each sentence with a command first
    judge.py --espeak en-us+m3                  renders them with a voice of espeak-ng

The exit status is 1 when the word error rate is above ``--max-wer``, 2 when something cannot be judged.
Needs numpy and libespeak-ng1.
"""

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from decoder import Decoder
from espeak import Espeak
from features import log_mel, normalized, read_wav
from lexicon import Lexicon
from network import Network

SENTENCES = Path(__file__).with_name("sentences.txt")


def word_errors(said, heard, same):
    """The least number of words to replace, drop or add to turn ``said`` into ``heard``."""
    costs = list(range(len(heard) + 1))
    for i, expected in enumerate(said, 1):
        diagonal, costs[0] = costs[0], i
        for j, word in enumerate(heard, 1):
            replaced = diagonal + (not same(expected, word))
            diagonal = costs[j]
            costs[j] = min(replaced, costs[j] + 1, costs[j - 1] + 1)
    return costs[-1]


def wav_files(paths):
    """The files meant by the command line: those of a directory, or the ones named."""
    if len(paths) == 1 and paths[0].is_dir():
        return sorted(paths[0].glob("*.wav"))
    return paths


def rendered(command, sentences, folder):
    """Runs ``command`` for each sentence, with no shell between, and yields what it made."""
    for number, sentence in enumerate(sentences, 1):
        out = Path(folder, f"{number:02}.wav")
        words = [word.replace("{text}", sentence).replace("{out}", str(out)) for word in shlex.split(command)]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
        yield read_wav(out)


def spoken_by(espeak, voice, sentences):
    espeak.use(voice)
    for sentence in sentences:
        speech = espeak.speak(sentence)
        yield speech.samples, speech.rate


def judge(recordings, sentences, lexicon):
    """Prints a line for each sentence and returns the overall word error rate in percent."""
    network, decoder = Network(), Decoder(lexicon)
    errors = total = 0
    for number, (sentence, (samples, rate)) in enumerate(zip(sentences, recordings), 1):
        said = lexicon.transcript(sentence)
        heard = decoder.words(network.log_likelihoods(normalized(log_mel(samples, rate))))
        wrong = word_errors(said, heard, lexicon.same_sound)
        errors, total = errors + wrong, total + len(said)
        print(f"{number:02}  {wrong} of {len(said)} words wrong")
        if wrong:
            print(f"    {sentence}\n    {' '.join(heard)}")
    print(f"word error rate {100 * errors / total:.1f} % ({errors} of {total} words)")
    return 100 * errors / total


def parse():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="judge.py [options] [PATH ...]"
    )
    arguments.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a directory of WAV files, or the files")
    arguments.add_argument("--render", metavar="COMMAND", help="command that speaks {text} into the WAV file {out}")
    arguments.add_argument("--espeak", metavar="VOICE", help="judge this voice of espeak-ng")
    arguments.add_argument("--sentences", type=Path, default=SENTENCES, help="what is said, a sentence a line")
    arguments.add_argument("--max-wer", type=float, default=100.0, metavar="PERCENT", help="exit with 1 above this")
    options = arguments.parse_args()
    if sum(map(bool, (options.paths, options.render, options.espeak))) != 1:
        arguments.error("name WAV files, or a command to --render with, or a voice of --espeak")
    return options


def main():
    options = parse()
    sentences = options.sentences.read_text().splitlines()
    espeak = Espeak()
    lexicon = Lexicon(espeak)
    with tempfile.TemporaryDirectory() as folder:
        if options.render:
            recordings = rendered(options.render, sentences, folder)
        elif options.espeak:
            recordings = spoken_by(espeak, options.espeak, sentences)
        else:
            files = wav_files(options.paths)
            if len(files) != len(sentences):
                raise ValueError(f"{len(sentences)} WAV files wanted, one a sentence, not {len(files)}")
            recordings = map(read_wav, files)
        return 1 if judge(recordings, sentences, lexicon) > options.max_wer else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError, EOFError, subprocess.CalledProcessError) as problem:
        print(f"judge.py: {problem}", file=sys.stderr)
        sys.exit(2)
