// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules about the code as a whole, so that they hold without anybody remembering them. */
class ArchitectureTest {
    private static final String ROOT = "io.ttsclient";

    /** From what users start with to what everything stands on. */
    private static final List<String> TOP_DOWN = List.of(
            ROOT,
            ROOT + ".layer",
            ROOT + ".transport",
            ROOT + ".backend",
            ROOT + ".speech",
            ROOT + ".error",
            ROOT + ".text",
            ROOT + ".audio");

    /** These import nothing of ours. */
    private static final List<String> FOUNDATIONS = List.of(ROOT + ".error", ROOT + ".text", ROOT + ".audio");

    private static JavaClasses core;

    @BeforeAll
    static void importClasses() {
        // The test kit's classes are compiled among the tests; only the module's own count here.
        core = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    private static void check(ArchRule rule) {
        rule.check(core);
    }

    @Test
    void classes_imported_areThoseOfTheModule() {
        assertThat(core.contain(TtsClient.class)).isTrue();
        assertThat(core.stream().map(c -> c.getPackageName()).collect(Collectors.toSet()))
                .isSubsetOf(Set.copyOf(TOP_DOWN))
                .contains(ROOT, ROOT + ".layer", ROOT + ".text", ROOT + ".audio");
    }

    @Test
    void packages_imports_goDownwardsOnly() {
        for (int line = 0; line < TOP_DOWN.size(); line++) {
            String[] above = TOP_DOWN.subList(0, line).toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(TOP_DOWN.get(line))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .allowEmptyShould(true)
                    .because("an upper line of the list may import the lines below it, never the other way"));
        }
    }

    @Test
    void packages_foundations_importNothingOfOurs() {
        for (String foundation : FOUNDATIONS) {
            check(noClasses()
                    .that()
                    .resideInAPackage(foundation)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(ROOT + "..").and(not(resideInAnyPackage(foundation)))));
        }
    }

    @Test
    void packages_together_haveNoCycle() {
        check(slices().matching("(**)").should().beFreeOfCycles());
    }

    @Test
    void classes_standardStreams_areNotUsed() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    @Test
    void classes_loggingOfTheJdk_isNotUsed() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    @Test
    void classes_asOfALibrary_openNoPortReadNoEnvironmentAndHookIntoNothing() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(java.net.ServerSocket.class, java.nio.channels.ServerSocketChannel.class)
                .orShould()
                .callMethodWhere(new CallTo(System.class, "getenv"))
                .orShould()
                .callMethodWhere(new CallTo(Runtime.class, "addShutdownHook"))
                .because("the README promises it"));
    }

    @Test
    void classes_time_comesFromATimeSource() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".backend.SystemTimeSource")
                .should()
                .callMethodWhere(
                        new CallTo(Thread.class, "sleep").or(new CallTo(java.util.concurrent.TimeUnit.class, "sleep")))
                .orShould()
                .callMethodWhere(new CallTo(System.class, "nanoTime").or(new CallTo(System.class, "currentTimeMillis")))
                .orShould()
                .callMethodWhere(new CallTo(java.time.Instant.class, "now"))
                .because("tests run policies on a virtual clock"));
    }

    @Test
    void methods_locking_isNeverSynchronized() {
        check(noMethods().should().haveModifier(SYNCHRONIZED).because("virtual threads would be pinned"));
    }

    @Test
    void classes_exceptions_areNeverRaw() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
    }

    @Test
    void publicClasses_librariesThatMayChange_areNotInTheirSignatures() {
        check(noClasses()
                .that()
                .arePublic()
                .and()
                // These take an OkHttpClient and Java's own types for it; what backends call takes and gives ours.
                .doNotHaveFullyQualifiedName(ROOT + ".transport.Transport")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".transport.TransportBuilder")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "okhttp3..", "okio..")
                .because("their types would become part of our API"));
    }

    @Test
    void module_underTest_isOurNamedModule() {
        Module module = TtsClient.class.getModule();

        assertThat(module.getName()).isEqualTo("io.ttsclient.core");
        assertThat(module.getDescriptor().isOpen()).isFalse();
    }

    @Test
    void module_exports_areThePublicPackagesToEverybody() {
        Set<ModuleDescriptor.Exports> exports =
                TtsClient.class.getModule().getDescriptor().exports();

        assertThat(exports).noneMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(exports.stream().map(ModuleDescriptor.Exports::source))
                .containsExactlyInAnyOrderElementsOf(
                        core.stream().map(c -> c.getPackageName()).collect(Collectors.toSet()));
    }
}
