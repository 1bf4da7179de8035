import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.deepgram.DeepgramBackendFactory;
import org.jspecify.annotations.NullMarked;

/** Deepgram's voices, Aura and Flux, over WebSockets and REST. */
@NullMarked
module io.ttsclient.deepgram {
    requires static transitive org.jspecify;
    requires transitive io.ttsclient.core;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.ttsclient.deepgram;

    provides TtsBackendFactory with
            DeepgramBackendFactory;
}
