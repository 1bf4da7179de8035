/**
 * What makes one attempt of one engine into a service: each layer is a backend around a backend, in a file of its own. The
 * order in which they stand is one expression in {@code io.ttsclient.TtsClientBuilder}.
 */
package io.ttsclient.layer;
