// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What audio is, and what is done to it between an engine and an ear. Imports nothing else of this library, knows nothing of
 * requests or backends, and is of use without them.
 *
 * <ul>
 *   <li><b>What the bytes mean</b>: {@link io.ttsclient.audio.AudioFormat}, made of an {@link io.ttsclient.audio.Encoding} and a
 *       {@link io.ttsclient.audio.Container}. {@link io.ttsclient.audio.AudioSniffer} tells by the first bytes what a server really
 *       sent.
 *   <li><b>WAV</b>: {@link io.ttsclient.audio.WavReader} takes the samples out of what servers send,
 *       {@link io.ttsclient.audio.WavWriter} writes a file on top of {@link io.ttsclient.audio.AtomicFile}.
 *   <li><b>Changing the format</b>: {@link io.ttsclient.audio.FormatConverter}, made of {@link io.ttsclient.audio.G711} and
 *       {@link io.ttsclient.audio.Resampler}.
 *   <li><b>Cutting</b>: {@link io.ttsclient.audio.FrameAligner} mends chunks that split a sample,
 *       {@link io.ttsclient.audio.Framer} cuts frames for telephony, {@link io.ttsclient.audio.SilenceTrimmer} takes silence off
 *       both ends.
 *   <li><b>Where it goes</b>: {@link io.ttsclient.audio.AudioSink}, and {@link io.ttsclient.audio.LineSink} for a sound card.
 * </ul>
 *
 * <h2>How all of them treat bytes</h2>
 *
 * Linear samples are signed, 16 bits, little-endian, whatever {@link java.nio.ByteBuffer#order()} a buffer has; the channels of a
 * frame are interleaved. A method that is given a chunk consumes it wholly: afterwards its position is at its limit. Unless said
 * otherwise a chunk holds whole frames, and so does what comes out; anything else is an {@link IllegalArgumentException}.
 *
 * <p>Results are read-only. Where the bytes need no change they are a slice of the chunk, not a copy, so what was handed in
 * must not be overwritten while a result is in use. Results may be empty and are never {@code null}, unless said otherwise.
 *
 * <p>What holds the state of one stream (readers, converters, framers, writers, sinks) belongs to one thread at a time. Each such
 * class works on one stream from its beginning to its end and cannot be started again. Input that cannot be what it claims to be
 * is an {@link java.io.IOException}. No class here closes a stream, channel or line that it was given.
 */
package io.ttsclient.audio;
