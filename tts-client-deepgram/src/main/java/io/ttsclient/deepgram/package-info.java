/**
 * Deepgram's voices. {@link io.ttsclient.deepgram.Deepgram} is the way in, {@link io.ttsclient.deepgram.DeepgramOptions} what only
 * Deepgram understands.
 */
package io.ttsclient.deepgram;
