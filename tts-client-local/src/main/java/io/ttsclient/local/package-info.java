// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

/** On-device speech on ONNX Runtime. */
package io.ttsclient.local;
