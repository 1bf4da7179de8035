// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

/** Something that was registered and can be taken back. */
@FunctionalInterface
public interface Registration {
    /** Takes it back; nothing happens if it has run or was taken back before. */
    void remove();
}
