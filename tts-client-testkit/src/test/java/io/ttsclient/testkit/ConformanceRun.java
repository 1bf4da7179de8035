// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of a conformance class, of which some are meant to fail. */
final class ConformanceRun {
    private final Map<String, TestExecutionResult> results = new ConcurrentHashMap<>();

    private ConformanceRun() {}

    /** Runs the tests with these names. */
    static ConformanceRun of(Class<?> type, String... tests) {
        List<Method> methods = methodsOf(type)
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> List.of(tests).contains(method.getName()))
                .toList();
        assertThat(methods).as("tests to run").hasSameSizeAs(tests);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(methods.stream()
                        .map(method -> (DiscoverySelector) DiscoverySelectors.selectMethod(type, method))
                        .toList())
                .build();
        var run = new ConformanceRun();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .ifPresent(name -> run.results.put(name, result));
            }
        });
        assertThat(run.results.keySet()).as("tests that ran").containsExactlyInAnyOrder(tests);
        return run;
    }

    private static Stream<Method> methodsOf(Class<?> type) {
        return Stream.<Class<?>>iterate(type, level -> level != Object.class, Class::getSuperclass)
                .flatMap(level -> Arrays.stream(level.getDeclaredMethods()));
    }

    /** Asserts that the test failed, and what it says. */
    ConformanceRun failed(String test, String... partsOfTheMessage) {
        TestExecutionResult result = Objects.requireNonNull(results.get(test), test);
        assertThat(result.getStatus()).as(test).isEqualTo(TestExecutionResult.Status.FAILED);
        assertThat(ConformanceHooks.everythingIn(result.getThrowable().orElseThrow()))
                .as("what %s says", test)
                .contains(partsOfTheMessage);
        return this;
    }

    /** Asserts that the test passed. */
    void succeeded(String test) {
        assertThat(results.get(test))
                .as(test)
                .extracting(TestExecutionResult::getStatus)
                .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }
}
