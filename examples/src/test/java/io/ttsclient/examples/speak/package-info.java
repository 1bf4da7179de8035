@NullMarked
package io.ttsclient.examples.speak;

import org.jspecify.annotations.NullMarked;
