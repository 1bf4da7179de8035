// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** Audio formats, containers and signal processing. Imports nothing else of this library. */
package io.ttsclient.audio;
