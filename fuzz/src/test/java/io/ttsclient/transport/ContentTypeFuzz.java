// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class ContentTypeFuzz {
    @FuzzTest
    void parse_anyValue_isReadTheSameWhenWrittenAgain(byte[] bytes) {
        ContentType.parse(new String(bytes, StandardCharsets.UTF_8)).ifPresent(parsed -> {
            var written = new StringBuilder(parsed.type());
            parsed.parameters().forEach((name, value) -> {
                assertThat(parsed.number(name).orElse(1)).isPositive();
                written.append(';').append(name).append("=\"").append(value).append('"');
            });
            assertThat(ContentType.parse(written.toString())).contains(parsed);
        });
    }
}
