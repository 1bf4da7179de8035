// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class SpeakVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = SpeakVersion.class.getPackage().getImplementationVersion();
        return new String[] {"speak " + (version == null ? "(not from a jar)" : version)};
    }
}
