// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Stand-ins for an engine, a server and the clock, and the tests that every backend passes.
 *
 * <p>{@link io.ttsclient.testkit.FakeBackend} speaks, stalls and fails as told; {@link io.ttsclient.testkit.VirtualTime} moves
 * when told; {@link io.ttsclient.testkit.LoopbackServer} answers what it is told, down to the byte, and
 * {@link io.ttsclient.testkit.FaultProxy} breaks what goes over the wire; {@link io.ttsclient.testkit.TtsBackendConformance} is what the author of a backend extends. Every
 * wait in here is bounded in real time.
 */
package io.ttsclient.testkit;
