import org.jspecify.annotations.NullMarked;

/** Text-to-speech for agent apps and voice bots: one client, any provider. */
@NullMarked
module io.ttsclient.core {
    requires static transitive org.jspecify;
    requires static java.desktop;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires transitive okhttp3;
    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires okio;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires org.slf4j;

    exports io.ttsclient;
    exports io.ttsclient.audio;
    exports io.ttsclient.backend;
    exports io.ttsclient.error;
    exports io.ttsclient.layer;
    exports io.ttsclient.speech;
    exports io.ttsclient.text;
    exports io.ttsclient.transport;

    uses io.ttsclient.backend.TtsBackendFactory;
}
