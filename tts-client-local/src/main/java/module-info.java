import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.local.LocalVoiceFactory;
import org.jspecify.annotations.NullMarked;

/** On-device speech on ONNX Runtime: voices in Piper's contract, and a small English one that comes along. */
@NullMarked
module io.ttsclient.local {
    requires static transitive org.jspecify;
    requires transitive io.ttsclient.core;
    requires com.fasterxml.jackson.core;
    requires com.microsoft.onnxruntime;
    requires org.slf4j;

    exports io.ttsclient.local;

    provides TtsBackendFactory with
            LocalVoiceFactory;
}
