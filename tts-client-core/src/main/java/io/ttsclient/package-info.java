/** Where users start: {@link io.ttsclient.TtsClient} and its builder. */
package io.ttsclient;
