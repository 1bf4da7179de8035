// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Settings;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Faults;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.transport.ApiKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes fakes by any name but {@code nobody}, and keeps them. A fake needs a key; one whose {@code broken} is set
 * cannot be made, and one whose {@code unclosable} is set fails when it is closed.
 */
final class FakeFactory implements TtsBackendFactory {
    private static final String NOBODY = "nobody";

    private final String name;
    private final List<Made> all;

    /** A fake, and the settings that it was made of. */
    record Made(FakeBackend backend, Map<String, String> settings) {}

    FakeFactory(String name, List<Made> all) {
        this.name = name;
        this.all = all;
    }

    /** Factories by name, which keep what they make in {@code all}, a list for many threads. */
    static FakeFactory named(String name, List<Made> all) {
        if (name.equals(NOBODY)) {
            throw TtsException.builder(Category.NOT_FOUND, "backend: '" + name + "', found []")
                    .build();
        }
        return new FakeFactory(name, all);
    }

    static List<Made> none() {
        return new CopyOnWriteArrayList<>();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void check(Map<String, String> properties, Faults faults) {
        var settings = new Settings(properties, faults);
        settings.secret("apiKey", ApiKey::of);
        settings.integer("threads", 1, 8);
        settings.flag("broken");
        settings.flag("unclosable");
        settings.text("behaviour");
        settings.end();
        if (!properties.containsKey("apiKey")) {
            faults.add("apiKey", "not set, a fake needs one");
        }
    }

    @Override
    public TtsBackend create(Map<String, String> properties) {
        if (properties.containsKey("broken")) {
            throw TtsException.builder(Category.NOT_FOUND, "model: it is not there")
                    .build();
        }
        Behaviour behaviour = Optional.ofNullable(properties.get("behaviour"))
                .map(category -> Behaviour.fail(Category.valueOf(category)))
                .orElse(Behaviour.speak().chunks(640));
        FakeBackend fake = FakeBackend.builder(name).behaviour(behaviour).build();
        all.add(new Made(fake, properties));
        TtsCapabilities capabilities = TtsCapabilities.builder(
                        name, fake.capabilities().defaultFormat())
                .identity(name)
                .build();
        return new DelegatingBackend(fake) {
            @Override
            public TtsCapabilities capabilities() {
                return capabilities;
            }

            @Override
            public void close() {
                super.close();
                if (properties.containsKey("unclosable")) {
                    throw new IllegalStateException("a bug");
                }
            }
        };
    }
}
