// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

/** Who refused. */
public enum Origin {
    /** This library, by a limit of its own and before any I/O. */
    CLIENT,
    /** The provider, the engine or the network on the way to it. */
    PROVIDER
}
