// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.testkit.ServerRequest;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of an address, checked as Deepgram's documentation has them, and stricter where that is vague. */
final class Query {
    private static final Set<String> SOCKET = Set.of("model", "encoding", "sample_rate", "speed", "mip_opt_out", "tag");
    private static final Set<String> REST = Set.of("container", "bit_rate", "callback", "callback_method");
    private static final List<Integer> TELEPHONE = List.of(8_000, 16_000);
    private static final List<Integer> AURA = List.of(8_000, 16_000, 24_000, 32_000, 48_000);
    private static final List<Integer> FLUX = List.of(8_000, 16_000, 24_000, 32_000, 44_100, 48_000);
    private static final List<Integer> FLAC = List.of(8_000, 16_000, 22_050, 32_000, 48_000);
    private static final List<Integer> MP3_BITS = List.of(32_000, 48_000);
    private static final List<Integer> FLUX_MP3_BITS = List.of(8_000, 16_000, 24_000, 32_000, 40_000, 48_000);
    private static final BigDecimal STEP = new BigDecimal("0.05");

    private final boolean flux;
    private final boolean socket;
    private final Map<String, List<String>> parameters = new TreeMap<>();

    /** Of a path that ends in {@code /v1/speak} or {@code /v2/speak}. */
    Query(ServerRequest request) {
        flux = request.path().endsWith("/v2/speak");
        socket = request.method().equals("GET");
        String target = request.target();
        int query = target.indexOf('?');
        for (String pair :
                query < 0 ? new String[0] : target.substring(query + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            parameters
                    .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                    .add(parts.length < 2 ? "" : decoded(parts[1]));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    boolean isFlux() {
        return flux;
    }

    String model() {
        return get("model", flux ? "" : "aura-asteria-en");
    }

    private String get(String name, String otherwise) {
        return parameters.getOrDefault(name, List.of(otherwise)).get(0);
    }

    private boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** Why it is refused; null where it is not. */
    @Nullable
    String refusal() {
        if (!model().matches(flux ? "flux-[a-z]+-en" : "aura(-2)?-[a-z]+-[a-z]{2}")) {
            return "Bad Request: No such model/version combination found.";
        }
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            if (parameter.getValue().size() > 1 && !parameter.getKey().equals("tag")) {
                return "INVALID_QUERY_PARAMETER Failed to deserialize query parameters: duplicate field";
            }
        }
        String unknown = unknownParameter();
        if (unknown != null) {
            return "INVALID_QUERY_PARAMETER Failed to deserialize query parameters: unknown field " + unknown;
        }
        String format = formatRefusal();
        return format != null ? format : voiceRefusal();
    }

    private @Nullable String unknownParameter() {
        return parameters.keySet().stream()
                .filter(name -> !SOCKET.contains(name) && (flux || !name.startsWith("x_")))
                .filter(name -> !(flux && name.equals("expressivity")))
                .filter(name -> socket || !REST.contains(name))
                .findFirst()
                .orElse(null);
    }

    private @Nullable String formatRefusal() {
        if (!has("encoding") || (socket && !has("sample_rate"))) {
            return "INVALID_QUERY_PARAMETER this emulator wants encoding, and on a WebSocket sample_rate, to be said";
        }
        String encoding = get("encoding", "");
        List<Integer> rates = switch (encoding) {
            case "linear16" -> flux ? FLUX : AURA;
            case "mulaw", "alaw" -> TELEPHONE;
            case "flac" -> socket ? null : FLAC;
            case "mp3", "opus", "aac" -> socket ? null : List.of();
            default -> null;
        };
        if (rates == null) {
            return unsupported("encoding", encoding);
        }
        if (has("sample_rate")
                && rates.stream().noneMatch(rate -> get("sample_rate", "").equals(rate.toString()))) {
            return unsupported("sample_rate", encoding);
        }
        List<String> containers = switch (encoding) {
            case "linear16", "mulaw", "alaw" -> List.of("wav", "none");
            case "opus" -> List.of("ogg");
            default -> List.of();
        };
        if (has("container") && !containers.contains(get("container", ""))) {
            return unsupported("container", encoding);
        }
        return has("bit_rate") && !isBitRate(get("bit_rate", ""), encoding) ? unsupported("bit_rate", encoding) : null;
    }

    private boolean isBitRate(String text, String encoding) {
        int rate = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        return switch (encoding) {
            case "mp3" -> (flux ? FLUX_MP3_BITS : MP3_BITS).contains(rate);
            case "opus" -> rate >= 4_000 && rate <= 650_000;
            case "aac" -> rate >= 4_000 && rate <= 192_000;
            default -> false;
        };
    }

    private static String unsupported(String parameter, String encoding) {
        return "INVALID_QUERY_PARAMETER Unsupported audio format: `" + parameter + "` is not applicable when `encoding="
                + encoding + "`";
    }

    private @Nullable String voiceRefusal() {
        if (has("speed") && !isSpeed(get("speed", ""), flux)) {
            return "SPEED_OUT_OF_RANGE";
        }
        if (has("expressivity") && !get("expressivity", "").matches("-[12]|[012]")) {
            return "EXPRESSIVITY_OUT_OF_RANGE";
        }
        return has("mip_opt_out") && !get("mip_opt_out", "").matches("true|false") ? "INVALID_QUERY_PARAMETER" : null;
    }

    /** Whether {@code text} is a speed that may be asked for. */
    static boolean isSpeed(String text, boolean flux) {
        try {
            var speed = new BigDecimal(text);
            return speed.compareTo(new BigDecimal(flux ? "0.5" : "0.7")) >= 0
                    && speed.compareTo(new BigDecimal("1.5")) <= 0
                    && (!flux || speed.remainder(STEP).signum() == 0);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** What is to be sent. */
    AudioFormat format() {
        Encoding encoding = Encoding.valueOf(get("encoding", "").toUpperCase(Locale.ROOT));
        int otherwise = encoding == Encoding.OPUS ? 48_000 : encoding == Encoding.LINEAR16 ? 24_000 : 22_050;
        int rate = Integer.parseInt(get("sample_rate", Integer.toString(otherwise)));
        Container container = encoding == Encoding.OPUS
                ? Container.OGG
                : encoding.isCompressed() || socket || get("container", "wav").equals("none")
                        ? Container.RAW
                        : Container.WAV;
        return new AudioFormat(encoding, container, rate, 1);
    }
}
