import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.vits.VitsServerFactory;
import org.jspecify.annotations.NullMarked;

/** Speech from self-hosted servers of the VITS family and those with OpenAI's speech route. */
@NullMarked
module io.ttsclient.vits {
    requires static transitive org.jspecify;
    requires transitive io.ttsclient.core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;

    exports io.ttsclient.vits;

    provides TtsBackendFactory with
            VitsServerFactory;
}
