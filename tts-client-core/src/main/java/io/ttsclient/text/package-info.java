// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** Preparing and segmenting text. Imports nothing else of this library. */
package io.ttsclient.text;
