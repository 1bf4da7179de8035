// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs of measures, and the words for them. */
final class Units {
    /** How an amount of it is named. */
    record Unit(String one, String many) {}

    /** Read as measures only right behind the digits: apart from them they are words or something else. */
    private static final String ONLY_GLUED = " in A s h ";

    private static final Map<String, Unit> UNITS = new HashMap<>();

    static {
        add("meter", "m", "cm", "km", "mm", "nm", "µm");
        regular("inch", "inches", "in");
        regular("foot", "feet", "ft");
        plain("yard", "yd", "yds");
        plain("mile", "mi");
        plain("kilo", "kilos");
        add("gram", "g", "kg", "mg", "µg");
        regular("ton", "tons", "t");
        plain("ounce", "oz");
        plain("pound", "lb", "lbs");
        add("liter", "l", "ml", "cl", "dl");
        add("liter", "L", "mL");
        plain("gallon", "gal");
        plain("second", "s", "sec", "secs");
        add("second", "", "ms", "µs", "ns");
        plain("minute", "min", "mins");
        plain("hour", "h", "hr", "hrs");
        plain("year", "yr", "yrs");
        plain("byte", "bytes");
        add("byte", "B", "KB", "kB", "MB", "GB", "TB", "PB");
        add("bit", "", "Kb", "kb", "Mb", "Gb");
        regular("kibibyte", "kibibytes", "KiB");
        regular("mebibyte", "mebibytes", "MiB");
        regular("gibibyte", "gibibytes", "GiB");
        perSecond("kilobit", "kbps", "Kbps", "kbit/s", "kb/s");
        perSecond("megabit", "Mbps", "mbps", "Mbit/s", "Mb/s");
        perSecond("gigabit", "Gbps", "gbps", "Gbit/s", "Gb/s");
        perSecond("megabyte", "MB/s");
        perSecond("gigabyte", "GB/s");
        regular("hertz", "hertz", "Hz");
        regular("kilohertz", "kilohertz", "kHz", "KHz");
        regular("megahertz", "megahertz", "MHz");
        regular("gigahertz", "gigahertz", "GHz");
        add("watt", "W", "kW", "MW", "GW", "mW");
        regular("watt hour", "watt hours", "Wh");
        regular("kilowatt hour", "kilowatt hours", "kWh");
        add("volt", "V", "kV", "mV");
        add("amp", "A", "mA");
        add("ohm", "ω", "kω", "Mω");
        regular("milliamp hour", "milliamp hours", "mAh");
        add("pascal", "Pa", "kPa");
        plain("decibel", "dB");
        plain("calorie", "cal");
        plain("kilocalorie", "kcal");
        plain("pixel", "px");
        regular("DPI", "DPI", "dpi");
        regular("RPM", "RPM", "rpm");
        regular("PSI", "PSI", "psi");
        regular("frame per second", "frames per second", "fps");
        regular("mile per hour", "miles per hour", "mph", "mi/h");
        regular("kilometer per hour", "kilometers per hour", "km/h", "kph", "kmh");
        perSecond("meter", "m/s");
        regular("mile per gallon", "miles per gallon", "mpg");
        regular("degree", "degrees", "°");
        regular("degree celsius", "degrees celsius", "°C");
        regular("degree fahrenheit", "degrees fahrenheit", "°F");
        squared("meter", "m²", "sq m");
        squared("kilometer", "km²", "sq km");
        squared("centimeter", "cm²");
        regular("square foot", "square feet", "ft²", "sq ft");
        regular("square inch", "square inches", "in²", "sq in");
        squared("mile", "mi²", "sq mi");
        regular("cubic meter", "cubic meters", "m³", "cu m");
        regular("cubic centimeter", "cubic centimeters", "cm³");
        regular("cubic foot", "cubic feet", "ft³", "cu ft");
        regular("time", "times", "x");
    }

    private Units() {}

    /** The unit written so, or null. {@code glued}: right behind the digits, without a space or hyphen. */
    static @Nullable Unit find(String written, boolean glued) {
        String sign = written.replace(".", "");
        if ((!glued && ONLY_GLUED.contains(" " + sign + " ")) || (sign.equals("x") && !glued)) {
            return null;
        }
        Unit unit = UNITS.get(sign);
        if (unit == null && sign.length() > 1 && sign.equals(sign.toUpperCase(Locale.ROOT))) {
            unit = UNITS.get(sign.toLowerCase(Locale.ROOT));
        }
        return unit;
    }

    private static void regular(String one, String many, String... signs) {
        for (String sign : signs) {
            UNITS.put(sign, new Unit(one, many));
        }
    }

    private static void plain(String one, String... signs) {
        regular(one, one + "s", signs);
    }

    private static void perSecond(String one, String... signs) {
        regular(one + " per second", one + "s per second", signs);
    }

    private static void squared(String one, String... signs) {
        regular("square " + one, "square " + one + "s", signs);
    }

    /** The unit itself and its multiples, told by the first letter of their signs. */
    private static void add(String one, String sign, String... multiples) {
        if (!sign.isEmpty()) {
            plain(one, sign);
        }
        for (String multiple : multiples) {
            plain(prefix(multiple.charAt(0), one) + one, multiple);
        }
    }

    private static String prefix(char sign, String unit) {
        return switch (sign) {
            case 'k', 'K' -> "kilo";
            case 'M' -> "mega";
            case 'G' -> "giga";
            case 'T' -> "tera";
            case 'P' -> "peta";
            case 'c' -> "centi";
            case 'd' -> "deci";
            case 'm' -> "milli";
            case 'µ' -> "micro";
            case 'n' -> "nano";
            default -> throw new IllegalArgumentException("no prefix " + sign + " of " + unit);
        };
    }
}
