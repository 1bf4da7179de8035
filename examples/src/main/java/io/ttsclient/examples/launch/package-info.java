/** What the launchers {@code speak} and {@code speak.cmd} leave to Java. */
@NullMarked
package io.ttsclient.examples.launch;

import org.jspecify.annotations.NullMarked;
