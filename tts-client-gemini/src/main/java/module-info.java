import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.gemini.GeminiFactory;
import org.jspecify.annotations.NullMarked;

/** Gemini's voices over REST. */
@NullMarked
module io.ttsclient.gemini {
    requires static transitive org.jspecify;
    requires transitive io.ttsclient.core;
    requires com.fasterxml.jackson.core;

    exports io.ttsclient.gemini;

    provides TtsBackendFactory with
            GeminiFactory;
}
