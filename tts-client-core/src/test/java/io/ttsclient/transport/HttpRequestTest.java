// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example/v1",
                "ftp://api.example",
                "https://",
                "https://user:secret@api.example/",
                "https://secret@api.example/",
                "https://api.example/?key=secret",
                "https://api.example/?API_KEY=secret",
                "wss://api.example/?access_token=secret",
            })
    void url_noneOrWithACredential_isRefusedWithoutSayingIt(String url) {
        TtsException refusal = catchThrowableOfType(TtsException.class, () -> HttpRequest.get(url));

        assertThat(refusal.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(refusal).hasMessageContaining("allowed").hasMessageNotContaining("secret");
    }

    @Test
    void query_keys_areRefused() {
        assertThat(catchThrowableOfType(
                                TtsException.class,
                                () -> HttpRequest.get("https://api.example").query("api_key", "secret"))
                        .getMessage())
                .contains("'api_key'")
                .doesNotContain("secret");
    }

    @Test
    void url_ofWebSockets_isThatOfTheUpgrade() {
        assertThat(HttpRequest.get("WSS://api.example/v1/speak").build().url())
                .isEqualTo("https://api.example/v1/speak");
        assertThat(HttpRequest.get("ws://localhost:1/").path("/a b/c").build().url())
                .isEqualTo("http://localhost:1/a%20b/c");
    }

    @Test
    void header_credentials_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpRequest.get("https://api.example").header("authorization", "Bearer 0123"))
                .withMessageContaining("credential(")
                .withMessageNotContaining("0123");
    }

    @Test
    void header_valueThatWouldAddAnother_isRefused() {
        for (String value : new String[] {"a\r\nX-Evil: 1", "ü", "\u007F"}) {
            TtsException refusal = catchThrowableOfType(
                    TtsException.class,
                    () -> HttpRequest.get("https://api.example").header("X-Name", value));
            assertThat(refusal.category()).isEqualTo(Category.INVALID_REQUEST);
            assertThat(refusal).hasMessageContaining("X-Name").hasMessageNotContaining("Evil");
        }
        for (String name : new String[] {"", "a b", "a:b", "a\n"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HttpRequest.get("https://api.example").header(name, "x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"})
    void loopback_ofThisMachine_isKnown(String host) {
        assertThat(Urls.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "128.0.0.1", "mylocalhost"})
    void loopback_ofOthers_isNot(String host) {
        assertThat(Urls.isLoopback(host)).isFalse();
    }

    @Test
    void timeouts_eachCanBeChanged() {
        Duration second = Duration.ofSeconds(1);

        assertThat(Timeouts.defaults().withConnect(second).withClose(second)).isEqualTo(new Timeouts(second, second));
        assertThat(Timeouts.defaults().withClose(Duration.ZERO).close()).isZero();
    }

    @Test
    void timeouts_outOfRange_areRefusedByName() {
        Timeouts timeouts = Timeouts.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeouts.withConnect(Duration.ZERO))
                .withMessageContaining("connect");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeouts.withClose(Duration.ofNanos(-1)))
                .withMessageContaining("close");
    }
}
