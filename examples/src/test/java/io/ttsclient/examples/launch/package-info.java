@NullMarked
package io.ttsclient.examples.launch;

import org.jspecify.annotations.NullMarked;
