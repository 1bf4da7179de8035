// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.examples.launch.Checkout.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code speak}, in a checkout of its own. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {
    private final Path folder;
    private final Checkout checkout;

    LauncherTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        checkout = Checkout.in(folder);
    }

    @Test
    void speak_firstTime_buildsAndBecomesTheProgram() throws Exception {
        Launch launch = checkout.launch("Hello, world", "", "-o", "a b.wav", "$HOME", "it's", "Grüße");

        String out = launch.finish("text\nfrom a pipe");

        assertThat(out.lines())
                .containsExactly(
                        "pid " + launch.process().pid(),
                        "terminal false", // standard error is a file
                        "arg [Hello, world]",
                        "arg []",
                        "arg [-o]",
                        "arg [a b.wav]",
                        "arg [$HOME]",
                        "arg [it's]",
                        "arg [Grüße]",
                        "in [text",
                        "from a pipe]");
        assertThat(launch.process().exitValue()).isEqualTo(7);
        assertThat(launch.err()).contains("Maven speaks");
        assertThat(checkout.builds()).isOne();
    }

    @Test
    void speak_again_buildsOnlyWhatChanged() throws Exception {
        checkout.launch().finish("");

        assertBuilds(1);
        checkout.age();
        assertBuilds(1);
        checkout.touch("examples/src/test/SomeTest.java");
        assertBuilds(1);
        checkout.touch("core/pom.xml");
        assertBuilds(2);
        checkout.age();
        checkout.touch("examples/src/main/java"); // as removing a file there does
        assertBuilds(3);
    }

    private void assertBuilds(int builds) throws IOException, InterruptedException {
        Launch launch = checkout.launch();
        launch.finish("");
        assertThat(launch.process().exitValue()).isZero();
        assertThat(checkout.builds()).isEqualTo(builds);
        assertThat(launch.err().isEmpty()).isEqualTo(!launch.err().contains("Maven speaks"));
    }

    @Test
    void speak_throughLinks_findsItsCheckout() throws Exception {
        checkout.launch().finish("");
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("one"), checkout.root.resolve("speak"));
        Files.createSymbolicLink(elsewhere.resolve("two"), Path.of("one"));

        Launch absolute = checkout.launch(folder, elsewhere.resolve("two").toString(), Map.of(), "x");
        Launch relative = checkout.launch(elsewhere, "./two", Map.of("CDPATH", folder.toString()), "x");

        assertThat(absolute.finish("")).contains("arg [x]");
        assertThat(relative.finish("")).contains("arg [x]");
        assertThat(checkout.builds()).isOne();
    }

    @Test
    void speak_twiceAtOnce_buildsOnce() throws Exception {
        Launch first = checkout.launch("first");
        Launch second = checkout.launch("second");

        assertThat(first.finish("")).contains("arg [first]");
        assertThat(second.finish("")).contains("arg [second]");
        assertThat(checkout.builds()).isOne();
    }

    @Test
    void speak_buildFails_exitsTwoAndTriesAgainNextTime() throws Exception {
        checkout.maven("echo broken >&2; exit 1");

        for (int i = 1; i <= 2; i++) {
            Launch launch = checkout.launch("Hello");
            assertThat(launch.finish("")).isEmpty();
            assertThat(launch.process().exitValue()).isEqualTo(2);
            assertThat(launch.err()).contains("broken").contains("speak: the build failed");
            assertThat(checkout.builds()).isEqualTo(i);
            assertThat(checkout.hasStamp()).isFalse();
        }
    }

    @Test
    void speak_noJava_exitsTwoAndSaysWhatToDo() throws Exception {
        assertRefused(Map.of("JAVA_HOME", "", "PATH", folder.toString()), "no java found");
    }

    @Test
    void speak_wrongJavaHome_exitsTwoAndNamesIt() throws Exception {
        assertRefused(Map.of("JAVA_HOME", "/no/such/jdk"), "/no/such/jdk");
    }

    @Test
    void speak_oldJava_exitsTwoAndSaysSo() throws Exception {
        Path eight = Checkout.fakeJdk(folder.resolve("8"), "echo 'openjdk version \"1.8.0_402\"' >&2");
        Path eleven = Checkout.fakeJdk(folder.resolve("11"), "echo 'openjdk version \"11.0.22\" 2024-01-16' >&2");

        assertRefused(Map.of("JAVA_HOME", eight.toString()), "is too old");
        assertRefused(Map.of("JAVA_HOME", eleven.toString()), "is too old");
    }

    @Test
    void speak_javaWithoutCompiler_exitsTwoAndSaysSo() throws Exception {
        Path jre = Checkout.fakeJdk(
                folder.resolve("jre"), "echo 'openjdk version \"21\" 2023-09-19' >&2; echo java.base@21");

        assertRefused(Map.of("JAVA_HOME", jre.toString()), "is no JDK");
    }

    @Test
    void speak_builtWithAnotherJava_checksThisOne() throws Exception {
        checkout.launch().finish("");
        Path old = Checkout.fakeJdk(folder.resolve("11"), "echo 'openjdk version \"11.0.22\" 2024-01-16' >&2");
        Path other = Checkout.fakeJdk(
                folder.resolve("other"), "exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"");

        assertRefused(Map.of("JAVA_HOME", old.toString()), "is too old");
        Launch launch = checkout.launch(
                folder, checkout.root.resolve("speak").toString(), Map.of("JAVA_HOME", other.toString()), "x");
        assertThat(launch.finish("")).contains("arg [x]");
        assertThat(launch.err()).isEmpty();
    }

    private void assertRefused(Map<String, String> environment, String message) throws Exception {
        Launch launch = checkout.launch(folder, checkout.root.resolve("speak").toString(), environment, "Hello");

        assertThat(launch.finish("")).isEmpty();
        assertThat(launch.process().exitValue()).isEqualTo(2);
        assertThat(launch.err()).startsWith("speak: ").contains(message);
    }

    @Test
    void speak_notUtf8Locale_stillReadsItsArguments() throws Exception {
        Launch launch = checkout.launch(
                folder, checkout.root.resolve("speak").toString(), Map.of("LC_ALL", "C", "LANG", "C"), "Grüße, 世界");

        assertThat(launch.finish("")).contains("arg [Grüße, 世界]");
    }

    @Test
    void check_beforeAndAfterABuild_saysSoByItsExitStatus() throws Exception {
        assertThat(check()).isEqualTo(3);
        checkout.launch().finish("");
        checkout.age();
        assertThat(check()).isZero();
        checkout.touch("pom.xml");
        assertThat(check()).isEqualTo(3);
    }

    private int check() throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpeakBuild.class.getName(),
                        checkout.root.toString(),
                        "--check")
                .start()
                .waitFor();
    }
}
