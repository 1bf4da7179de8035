@NullMarked
package io.ttsclient.examples;

import org.jspecify.annotations.NullMarked;
