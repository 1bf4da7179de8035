/** What goes wrong, in terms that decide what to do about it. Imports nothing else of this library. */
package io.ttsclient.error;
