// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** Fakes, virtual time and the conformance kit for backends and for users of the client. */
package io.ttsclient.testkit;
