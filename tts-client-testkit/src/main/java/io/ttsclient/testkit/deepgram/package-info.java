/**
 * A stand-in for Deepgram's speech service, on this machine. {@link io.ttsclient.testkit.deepgram.DeepgramEmulator} is the way in.
 */
package io.ttsclient.testkit.deepgram;
