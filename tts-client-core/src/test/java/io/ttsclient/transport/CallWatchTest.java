// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class CallWatchTest {
    /** OkHttp tells of a call's end once, and the look-up of its name has no other way to hear of it. */
    @Test
    void whileResolving_callCancelledJustBefore_givesTheLookUpUp() {
        var watch = new CallWatch(new VirtualTime(), Duration.ofSeconds(5), false);
        var givenUp = new AtomicBoolean();

        watch.canceled(new OkHttpClient()
                .newCall(new Request.Builder().url("https://localhost/").build()));
        watch.whileResolving(() -> givenUp.set(true));

        assertThat(givenUp).isTrue();
    }

    @Test
    void secureConnectStart_callCancelledMeanwhile_failsTheHandshakeBeforeItCanHang() {
        var watch = new CallWatch(new VirtualTime(), Duration.ofSeconds(5), false);
        Call call = new OkHttpClient()
                .newCall(new Request.Builder().url("https://localhost/").build());

        assertThatCode(() -> watch.secureConnectStart(call)).doesNotThrowAnyException();
        call.cancel();

        assertThatThrownBy(() -> watch.secureConnectStart(call)).isInstanceOf(IOException.class);
    }
}
