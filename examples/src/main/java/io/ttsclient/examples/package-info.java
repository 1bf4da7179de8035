/** Small programs, one thing each, to read and to copy. Every one is run by a test. */
@NullMarked
package io.ttsclient.examples;

import org.jspecify.annotations.NullMarked;
