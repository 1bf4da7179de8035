// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.module.ModuleDescriptor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the two packages of this module stand to each other. */
class ArchitectureTest {
    private static final String LOCAL = "io.ttsclient.local";
    private static final String ENGLISH = LOCAL + ".english";

    private static JavaClasses module;

    @BeforeAll
    static void importClasses() {
        module = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(LOCAL);
    }

    @Test
    void classes_imported_areThoseOfTheModule() {
        assertThat(module.stream().map(c -> c.getPackageName()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(LOCAL, ENGLISH);
    }

    @Test
    void english_imports_nothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(ENGLISH)
                .should()
                .dependOnClassesThat(resideInAPackage("io.ttsclient..").and(not(resideInAPackage(ENGLISH))))
                .check(module);
    }

    @Test
    void module_exports_onlyWhatUsersNeed() {
        ModuleDescriptor descriptor = LocalVoice.class.getModule().getDescriptor();

        assertThat(descriptor.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly(LOCAL);
    }
}
