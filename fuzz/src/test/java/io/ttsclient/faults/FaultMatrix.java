// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of calls: a row for each fault, a column for each policy. The document that shows it is held to it. */
final class FaultMatrix {
    /** Set to {@code print} or {@code write}: shows the tables, or brings the document up to date. */
    private static final String PROPERTY = "ttsclient.faults";

    private static final Path DOCUMENT = Path.of("..", "docs", "fault-matrix.md");

    private final String title;
    private final List<String> columns = new ArrayList<>(List.of("phase", "fault"));
    private final Map<Fault, List<String>> rows = new LinkedHashMap<>();

    private record Fault(String phase, String name) {}

    /** {@code title} is that of the chapter which shows it. */
    FaultMatrix(String title, List<String> policies) {
        this.title = title;
        columns.addAll(policies);
    }

    /** The outcome under the next policy. */
    void add(String phase, String fault, String outcome) {
        rows.computeIfAbsent(new Fault(phase, fault), any -> new ArrayList<>()).add(outcome);
    }

    private String toMarkdown() {
        var table = new StringBuilder(line(columns))
                .append("|---".repeat(columns.size()))
                .append("|\n");
        String before = "";
        for (Map.Entry<Fault, List<String>> row : rows.entrySet()) {
            String phase = row.getKey().phase();
            List<String> cells = new ArrayList<>(
                    List.of(phase.equals(before) ? "" : phase, row.getKey().name()));
            cells.addAll(row.getValue());
            table.append(line(cells));
            before = phase;
        }
        return table.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Fails unless the chapter's first table is this one. */
    void assertDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);
        int chapter = document.indexOf("## " + title + "\n");
        assertThat(chapter).as("the chapter '%s' of %s", title, DOCUMENT).isNotNegative();
        int begin = document.indexOf("\n|", chapter) + 1;
        int end = document.indexOf("|\n\n", begin) + 2;
        switch (System.getProperty(PROPERTY, "")) {
            case "write" ->
                Files.writeString(DOCUMENT, document.substring(0, begin) + toMarkdown() + document.substring(end));
            case "print" -> System.out.println(title + "\n\n" + toMarkdown());
            default ->
                assertThat(document.substring(begin, end))
                        .as("'%s' in %s; -D%s=write mends it", title, DOCUMENT, PROPERTY)
                        .isEqualTo(toMarkdown());
        }
    }
}
