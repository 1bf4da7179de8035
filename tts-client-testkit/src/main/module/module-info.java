import org.jspecify.annotations.NullMarked;

/** What proves a backend, and what stands in for one: fakes, virtual time and the conformance kit. */
@NullMarked
module io.ttsclient.testkit {
    requires transitive io.ttsclient.core;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires transitive org.assertj.core;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.ttsclient.testkit;
    exports io.ttsclient.testkit.deepgram;
    exports io.ttsclient.testkit.gemini;
    exports io.ttsclient.testkit.vits;

    // JUnit calls the tests that a backend's own test class inherits from the kit.
    opens io.ttsclient.testkit to
            org.junit.platform.commons;
}
