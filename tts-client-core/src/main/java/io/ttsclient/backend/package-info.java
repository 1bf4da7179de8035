/**
 * The contract between the client and an engine, for authors of backends and of layers.
 *
 * <p>{@link io.ttsclient.backend.TtsBackend#stream} returns when the first audio has arrived, or throws. Before it returns, a
 * layer may try again, wait, or go elsewhere; after it has returned, what was delivered stays delivered, and a failure is
 * reported from the stream, with the audio kept.
 */
package io.ttsclient.backend;
