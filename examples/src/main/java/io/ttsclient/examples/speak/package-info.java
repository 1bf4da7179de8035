/** The {@code speak} command: {@link io.ttsclient.TtsClient} from the shell. */
@NullMarked
package io.ttsclient.examples.speak;

import org.jspecify.annotations.NullMarked;
