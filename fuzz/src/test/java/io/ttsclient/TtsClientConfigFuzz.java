// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class TtsClientConfigFuzz {
    private static final String KEY = "sk-hush-0123";

    @FuzzTest
    void fromJson_anyText_isAConfigurationOrRefusedWithoutTheKey(byte[] bytes) {
        String json = new String(bytes, StandardCharsets.UTF_8);
        TtsClientConfig config;
        try {
            config = TtsClientConfig.fromJson(json, Map.of("KEY", KEY));
        } catch (TtsException e) {
            assertThat(e.category()).isIn(Category.INVALID_REQUEST, Category.NOT_FOUND);
            assertThat(json.contains(KEY) || !String.valueOf(e.getMessage()).contains(KEY))
                    .as("the variable is not shown")
                    .isTrue();
            return;
        }
        assertThat(json.contains(KEY) || !config.toString().contains(KEY)).isTrue();
    }
}
