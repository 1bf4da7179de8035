/**
 * What backends that speak HTTP or WebSocket have in common: one pool of connections, credentials, and errors told apart. For
 * authors of backends.
 *
 * <p>A backend holds a {@link io.ttsclient.transport.Transport}, describes what to ask as an
 * {@link io.ttsclient.transport.HttpRequest}, and reads an {@link io.ttsclient.transport.HttpResponse} or a
 * {@link io.ttsclient.transport.WebSocketConnection}. Every failure comes out as a
 * {@link io.ttsclient.error.TtsException} with a category; nothing is ever repeated here, with the one exception that
 * {@link io.ttsclient.transport.Transport#execute(io.ttsclient.backend.Synthesis, io.ttsclient.transport.HttpRequest)} names.
 */
package io.ttsclient.transport;
