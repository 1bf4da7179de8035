// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Json parse(String json) throws IOException {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void parse_everyKindOfValue_isTaken() throws IOException {
        Json root = parse(
                "{\"text\": \"a\\u00e9\", \"number\": -1.50, \"list\": [1, {\"x\": 2}, []], \"no\": null, \"yes\": true}");
        assertThat(root.isObject()).isTrue();
        assertThat(root.members().keySet()).containsExactly("text", "number", "list", "no", "yes");
        assertThat(root.get("text").text()).contains("a\u00e9");
        assertThat(root.get("number").number()).contains(new BigDecimal("-1.50"));
        assertThat(root.get("list").elements()).hasSize(3);
        assertThat(root.get("list").elements().get(1).get("x").number()).contains(BigDecimal.valueOf(2));
        assertThat(root.get("no").isMissing()).isTrue();
        assertThat(root.get("yes").isMissing()).isFalse();
    }

    @Test
    void get_whereNothingIs_isMissingAllTheWay() throws IOException {
        Json missing = parse("{\"a\": 1}").get("a").get("b").get("c");
        assertThat(missing.isMissing()).isTrue();
        assertThat(missing.members()).isEmpty();
        assertThat(missing.elements()).isEmpty();
        assertThat(missing.text()).isEmpty();
        assertThat(missing.number()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "null"})
    void parse_nothing_isMissing(String json) throws IOException {
        assertThat(parse(json).isMissing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\"", "{\"a\":", "[1,", "{\"a\": nope}", "[1 2]", "\"open", "{\"a\": NaN}", "}"})
    void parse_noJson_failsWithItsPlace(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(JacksonException.class);
    }

    @Test
    void parse_nestedWithoutEnd_failsInsteadOfOverflowing() {
        assertThatThrownBy(() -> parse("[".repeat(1_000_000))).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"secret\": 1} | an object", "[1, 2] | an array", "null | missing", "1.50 | 1.50", "true | true"
            })
    void toString_whatHasParts_isOnlyItsKind(String json, String shown) throws IOException {
        assertThat(parse(json)).hasToString(shown);
    }
}
