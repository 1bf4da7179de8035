// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Text-to-speech for agent apps and voice bots: one client, any provider. */
@NullMarked
module io.ttsclient.core {
    requires static transitive org.jspecify;
    requires static java.desktop;
    requires org.slf4j;

    exports io.ttsclient.audio;
    exports io.ttsclient.text;
}
