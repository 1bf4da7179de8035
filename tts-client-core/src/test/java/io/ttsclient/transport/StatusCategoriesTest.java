// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ttsclient.error.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCategoriesTest {
    @ParameterizedTest
    @CsvSource({
        "100, PROTOCOL",
        "204, PROTOCOL",
        "307, PROTOCOL",
        "400, INVALID_REQUEST",
        "401, AUTHENTICATION",
        "402, QUOTA",
        "403, AUTHENTICATION",
        "404, NOT_FOUND",
        "405, INVALID_REQUEST",
        "407, CONNECTION",
        "408, UNAVAILABLE",
        "409, UNAVAILABLE",
        "410, NOT_FOUND",
        "413, INVALID_REQUEST",
        "415, INVALID_REQUEST",
        "422, INVALID_REQUEST",
        "425, UNAVAILABLE",
        "429, RATE_LIMIT",
        "499, UNAVAILABLE",
        "500, UNAVAILABLE",
        "501, UNSUPPORTED",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "505, UNSUPPORTED",
        "511, CONNECTION",
        "524, UNAVAILABLE",
        "529, OVERLOADED",
        "600, PROTOCOL",
    })
    void of_status_isItsCategory(int status, Category category) {
        assertThat(StatusCategories.defaults().of(status)).isEqualTo(category);
    }

    @Test
    void with_row_countsInTheCopyOnly() {
        StatusCategories own = StatusCategories.defaults().with(500, Category.INVALID_REQUEST);

        assertThat(own.of(500)).isEqualTo(Category.INVALID_REQUEST);
        assertThat(own.of(502)).isEqualTo(Category.UNAVAILABLE);
        assertThat(StatusCategories.defaults().of(500)).isEqualTo(Category.UNAVAILABLE);
        assertThat(own.toString()).contains("500=INVALID_REQUEST", "429=RATE_LIMIT");
    }

    @Test
    void with_statusOutOfRange_isRefused() {
        for (int status : new int[] {99, 600}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StatusCategories.defaults().with(status, Category.QUOTA))
                    .withMessageContaining("allowed 100 to 599");
        }
    }
}
