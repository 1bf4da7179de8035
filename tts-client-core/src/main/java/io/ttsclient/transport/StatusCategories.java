// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.error.Category;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the status of a refusing answer means. The defaults are what most servers mean; a backend gives its own rows on top, and
 * looks into the {@link HttpError} where a status alone does not say. Immutable.
 *
 * <table>
 * <caption>Defaults</caption>
 * <tr><th>status</th><th>category</th></tr>
 * <tr><td>400, 413, 415, 422 and other 4xx</td><td>INVALID_REQUEST</td></tr>
 * <tr><td>401, 403</td><td>AUTHENTICATION</td></tr>
 * <tr><td>402</td><td>QUOTA</td></tr>
 * <tr><td>404, 410</td><td>NOT_FOUND</td></tr>
 * <tr><td>407, 511 (a proxy on the way)</td><td>CONNECTION</td></tr>
 * <tr><td>408, 409, 425, 499</td><td>UNAVAILABLE</td></tr>
 * <tr><td>429</td><td>RATE_LIMIT</td></tr>
 * <tr><td>501, 505</td><td>UNSUPPORTED</td></tr>
 * <tr><td>529</td><td>OVERLOADED</td></tr>
 * <tr><td>500, 502, 503, 504 and other 5xx</td><td>UNAVAILABLE</td></tr>
 * <tr><td>3xx (redirects are never followed) and all else</td><td>PROTOCOL</td></tr>
 * </table>
 */
public final class StatusCategories {
    private static final StatusCategories DEFAULTS = new StatusCategories(Map.ofEntries(
            Map.entry(401, Category.AUTHENTICATION),
            Map.entry(402, Category.QUOTA),
            Map.entry(403, Category.AUTHENTICATION),
            Map.entry(404, Category.NOT_FOUND),
            Map.entry(407, Category.CONNECTION),
            Map.entry(408, Category.UNAVAILABLE),
            Map.entry(409, Category.UNAVAILABLE),
            Map.entry(410, Category.NOT_FOUND),
            Map.entry(425, Category.UNAVAILABLE),
            Map.entry(429, Category.RATE_LIMIT),
            Map.entry(499, Category.UNAVAILABLE),
            Map.entry(501, Category.UNSUPPORTED),
            Map.entry(505, Category.UNSUPPORTED),
            Map.entry(511, Category.CONNECTION),
            Map.entry(529, Category.OVERLOADED)));

    private final Map<Integer, Category> rows;

    private StatusCategories(Map<Integer, Category> rows) {
        this.rows = Map.copyOf(rows);
    }

    /** The table above. */
    public static StatusCategories defaults() {
        return DEFAULTS;
    }

    /** The same, but {@code status}, from 100 to 599, means {@code category}. */
    public StatusCategories with(int status, Category category) {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status: " + status + ", allowed 100 to 599");
        }
        var changed = new HashMap<>(rows);
        changed.put(status, category);
        return new StatusCategories(changed);
    }

    /** What {@code status} means. */
    public Category of(int status) {
        Category row = rows.get(status);
        if (row != null) {
            return row;
        }
        return switch (status / 100) {
            case 4 -> Category.INVALID_REQUEST;
            case 5 -> Category.UNAVAILABLE;
            default -> Category.PROTOCOL;
        };
    }

    @Override
    public String toString() {
        return "StatusCategories" + new TreeMap<>(rows);
    }
}
