// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tests run inside the module, where {@code META-INF/services} does not count; an application's class path is played by a
 * class loader of its own, whose classes are in no named module.
 */
class TtsBackendFactoryTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void playAnApplication() {
        Thread.currentThread().setContextClassLoader(new ApplicationLoader(before));
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void named_known_isTheFactoryOfThatName() {
        TtsBackendFactory factory = TtsBackendFactory.named("red");

        assertThat(factory.name()).isEqualTo("red");
        assertThat(factory.getClass().getName()).isEqualTo(RedFactory.class.getName());
        assertThat(factory.getClass().getModule().isNamed()).isFalse();
    }

    @Test
    void named_unknown_listsWhatThereIsAndSaysWhatToDo() {
        assertThatThrownBy(() -> TtsBackendFactory.named("green"))
                .isInstanceOfSatisfying(TtsException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.NOT_FOUND);
                    assertThat(e.origin()).isEqualTo(Origin.CLIENT);
                })
                .hasMessage("backend: 'green', found [blue, red]; add the module tts-client-green to the class path"
                        + " [NOT_FOUND]");
    }

    @Test
    void named_otherCase_isAnotherName() {
        assertThatThrownBy(() -> TtsBackendFactory.named("RED")).hasMessageContaining("backend: 'RED'");
    }

    @Test
    void named_noneThere_saysSo() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());

        assertThatThrownBy(() -> TtsBackendFactory.named("red")).hasMessageContaining("backend: 'red', found []");
    }

    /** Found as a service. */
    public static final class RedFactory implements TtsBackendFactory {
        @Override
        public String name() {
            return "red";
        }

        @Override
        public TtsBackend create(Map<String, String> properties) {
            throw new UnsupportedOperationException("only its name matters");
        }
    }

    /** Found as a service. */
    public static final class BlueFactory implements TtsBackendFactory {
        @Override
        public String name() {
            return "blue";
        }

        @Override
        public TtsBackend create(Map<String, String> properties) {
            throw new UnsupportedOperationException("only its name matters");
        }
    }

    /** Has the two factories, loaded once more by itself, and the file that names them. */
    private static final class ApplicationLoader extends ClassLoader {
        private static final String SERVICES = "META-INF/services/" + TtsBackendFactory.class.getName();
        private static final Map<String, Class<?>> OWN = Map.of(
                RedFactory.class.getName(), RedFactory.class,
                BlueFactory.class.getName(), BlueFactory.class);

        ApplicationLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> original = OWN.get(name);
            Class<?> loaded = findLoadedClass(name);
            return original == null || loaded != null ? super.loadClass(name, resolve) : define(name, original);
        }

        private Class<?> define(String name, Class<?> original) {
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (InputStream in = original.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("no " + file);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (!name.equals(SERVICES)) {
                return super.getResources(name);
            }
            String names = String.join("\n", OWN.keySet());
            return Collections.enumeration(Collections.singleton(inMemory(names)));
        }

        @SuppressWarnings("deprecation") // the URI-based way came with Java 20
        private static URL inMemory(String content) throws IOException {
            return new URL(null, URI.create("memory:services").toString(), new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        }

        @Override
        public @Nullable URL getResource(String name) {
            return getParent().getResource(name);
        }
    }
}
