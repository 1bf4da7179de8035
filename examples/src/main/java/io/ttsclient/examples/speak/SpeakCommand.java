// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.TtsClient;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code speak}, and what it does with them. One object is one call. */
@Command(
        name = "speak",
        description = "Speaks a text, into a file or through the loudspeaker.",
        mixinStandardHelpOptions = true,
        versionProvider = SpeakVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it spoke",
            "1:a bug in this program",
            "2:bad usage, a file that cannot be read or written, nothing to speak, not supported",
            "3:the provider refuses",
            "4:no speech for now, or not in time",
            "130:interrupted"
        })
final class SpeakCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "TEXT",
            arity = "0..*",
            description = "The text, or - for standard input, which is spoken as it arrives, without its Markdown.")
    private List<String> text = new ArrayList<>();

    @Option(names = "--text-file", paramLabel = "FILE", description = "Reads the text from a file, in UTF-8.")
    private @Nullable Path textFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = ".wav a WAV, .raw raw samples, \"-\" raw samples to standard output; without it, it plays.")
    private @Nullable String output;

    @Mixin
    private VoiceOptions voice = new VoiceOptions();

    @Mixin
    private FormatOptions format = new FormatOptions();

    @Mixin
    private ResilienceOptions resilience = new ResilienceOptions();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "The longest that all of it may take, such as 5s or 2m; 5m without it.")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(names = "--list-voices", description = "Shows the voices instead of speaking.")
    private boolean listVoices;

    @Option(names = "--health", description = "Shows whether it would speak now instead of speaking.")
    private boolean health;

    @Option(names = "--json", description = "Ends with one line of JSON on standard error.")
    private boolean json;

    private final Surroundings surroundings;
    private final Backends backends;
    private final Interruption interruption;

    SpeakCommand(Surroundings surroundings, Backends backends, Interruption interruption) {
        this.surroundings = surroundings;
        this.backends = backends;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        var reporter = new Reporter(surroundings.err(), json);
        var speaking = new Speaking(surroundings, reporter, interruption);
        try {
            BackendChoice choice = voice.choice();
            resilience.check();
            if (listVoices || health) {
                requireNothingToSpeak();
                return new Inquiry(() -> open(choice), timeout, surroundings.out(), reporter)
                        .answer(listVoices)
                        .code();
            }
            speaking.speak(speech(), output, () -> open(choice));
            return ExitStatus.OK.code();
        } catch (RuntimeException | Error e) {
            ExitStatus status = interruption.happened()
                    ? reporter.interrupted(speaking.report())
                    : reporter.failed(e, speaking.report());
            return status.code();
        }
    }

    private void requireNothingToSpeak() {
        if ((listVoices && health) || !text.isEmpty() || textFile != null || output != null) {
            throw new UsageException((listVoices ? "--list-voices" : "--health")
                    + ": stands alone, without a text, an --output or the other of --list-voices and --health");
        }
    }

    private Function<TtsClient, AudioStream> speech() {
        SpeechOptions.Builder options = voice.toOptions().timeout(timeout);
        format.format().ifPresent(options::format);
        if (TextInput.isStandardInput(text, textFile)) {
            SpeechOptions spoken = options.build();
            return client -> SpokenInput.open(client, spoken, new IncomingText("standard input", surroundings.in()));
        }
        SpeechRequest request = SpeechRequest.builder(TextInput.read(text, textFile))
                .options(options.build())
                .build();
        return client -> client.stream(request);
    }

    private TtsClient open(BackendChoice choice) {
        return resilience.client(choice, backends);
    }
}
