// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.ttsclient.error.TtsException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime in this process, loaded at first use. Its environment belongs to the whole process, the application's own use of
 * the runtime included, and is never closed here.
 */
final class NativeRuntime {
    /** Where the runtime looks for its native libraries; read once, when its first class is initialised. */
    static final String PATH_PROPERTY = "onnxruntime.native.path";

    /** The folder that some class loader of this process has loaded the libraries from. */
    static final String LOADED_PROPERTY = "io.ttsclient.local.loaded";

    private static final Pattern FOLDER_NAME = Pattern.compile("[\\w.+-]{1,40}");

    private static final ReentrantLock LOADING = new ReentrantLock();
    private static @Nullable OrtEnvironment environment; // guarded by LOADING

    private NativeRuntime() {}

    /**
     * The environment; the first call loads the native libraries.
     *
     * @throws TtsException with category {@code UNSUPPORTED} if they do not load, at every call
     */
    static OrtEnvironment environment(NativeCache cache) {
        LOADING.lock(); // held while loading, as a class initialiser would be: nobody can do anything before
        try {
            OrtEnvironment loaded = environment;
            if (loaded == null) {
                loaded = load(cache);
                environment = loaded;
            }
            return loaded;
        } finally {
            LOADING.unlock();
        }
    }

    private static OrtEnvironment load(NativeCache cache) {
        Platform platform = Platform.current();
        String chosen = System.getProperty(PATH_PROPERTY);
        try {
            if (chosen == null) {
                unpacked(cache, platform).ifPresent(folder -> System.setProperty(PATH_PROPERTY, folder.toString()));
            }
            OrtEnvironment loaded = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            loaded.setTelemetry(false); // on Windows it reports through the system
            return loaded;
        } catch (LinkageError | RuntimeException | OrtException e) {
            // A static initialiser of the runtime has failed; the JVM repeats the error at every later use.
            throw Failures.unsupported(
                    "the native library of ONNX Runtime does not load on " + platform.name()
                            + "; the jar has one for each of " + Platform.SUPPORTED
                            + ", on Linux with glibc, and the system property " + PATH_PROPERTY
                            + " can name a folder with another",
                    e);
        } finally {
            if (chosen == null) {
                // Another class loader may hold another version, for which the folder would be wrong.
                System.clearProperty(PATH_PROPERTY);
            }
        }
    }

    private static Optional<Path> unpacked(NativeCache cache, Platform platform) {
        return version()
                .filter(version -> FOLDER_NAME.matcher(version).matches())
                // The libraries for GPUs are found only beside the main one, and too large to keep a copy of.
                .filter(version ->
                        library(platform, "onnxruntime_providers_cuda").isEmpty())
                .flatMap(version -> cache.unpack(
                        "onnxruntime-" + version + "-" + platform.name(),
                        List.of(library(platform, "onnxruntime"), library(platform, "onnxruntime4j_jni"))))
                .filter(NativeRuntime::isFirst);
    }

    /** A JVM loads one file for one class loader only; a second one has the runtime unpack a copy of its own. */
    private static boolean isFirst(Path folder) {
        return System.getProperties().putIfAbsent(LOADED_PROPERTY, folder.toString()) == null;
    }

    private static Optional<URL> library(Platform platform, String name) {
        return Optional.ofNullable(OrtEnvironment.class.getResource(
                "/ai/onnxruntime/native/" + platform.name() + "/" + System.mapLibraryName(name)));
    }

    /** From the name of the jar on the module path, from its manifest on the class path. */
    private static Optional<String> version() {
        ModuleDescriptor module = OrtEnvironment.class.getModule().getDescriptor();
        return module != null
                ? module.rawVersion()
                : Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion());
    }
}
