package org.fairlead.upstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads an OpenSSL cipher list ({@code HIGH:!aNULL:ECDHE-RSA-AES128-GCM-SHA256}) into the JDK's suites. As with OpenSSL
 * the list speaks of TLS 1.2 and older: the suites of TLS 1.3 are always in.
 */
final class CipherList {
    /** OpenSSL's group words over its own suite names. What the JDK never has (PSK, SRP, CAMELLIA …) matches nothing. */
    private static final Map<String, Predicate<String>> GROUPS = Map.ofEntries(
            Map.entry("ALL", name -> !name.contains("NULL")),
            Map.entry("DEFAULT", name -> !isWeak(name)),
            Map.entry("HIGH", name -> name.contains("AES") || name.contains("CHACHA20")),
            Map.entry("MEDIUM", name -> name.contains("RC4")),
            Map.entry("ANULL", name -> name.startsWith("ADH") || name.startsWith("AECDH")),
            Map.entry("ADH", name -> name.startsWith("ADH")),
            Map.entry("AECDH", name -> name.startsWith("AECDH")),
            Map.entry("ENULL", name -> name.contains("NULL")),
            Map.entry("NULL", name -> name.contains("NULL")),
            Map.entry("3DES", name -> name.contains("3DES") || name.contains("DES-CBC3")),
            Map.entry("DES", name -> name.contains("DES")),
            Map.entry("RC4", name -> name.contains("RC4")),
            Map.entry("MD5", name -> name.endsWith("MD5")),
            Map.entry("SHA", name -> name.endsWith("-SHA")),
            Map.entry("SHA1", name -> name.endsWith("-SHA")),
            Map.entry("SHA256", name -> name.endsWith("SHA256")),
            Map.entry("SHA384", name -> name.endsWith("SHA384")),
            Map.entry("AES", name -> name.contains("AES")),
            Map.entry("AES128", name -> name.contains("AES128")),
            Map.entry("AES256", name -> name.contains("AES256")),
            Map.entry("AESGCM", name -> name.contains("-GCM-")),
            Map.entry("CHACHA20", name -> name.contains("CHACHA20")),
            Map.entry("ECDHE", name -> name.startsWith("ECDHE")),
            Map.entry("EECDH", name -> name.startsWith("ECDHE")),
            Map.entry("KEECDH", name -> name.startsWith("ECDHE")),
            Map.entry("DHE", name -> name.startsWith("DHE")),
            Map.entry("EDH", name -> name.startsWith("DHE")),
            Map.entry("KEDH", name -> name.startsWith("DHE")),
            Map.entry("DH", name -> name.startsWith("DH") || name.startsWith("ADH")),
            Map.entry("RSA", CipherList::isPlainRsa),
            Map.entry("KRSA", CipherList::isPlainRsa),
            Map.entry("ARSA", name -> name.contains("-RSA-") || isPlainRsa(name)),
            Map.entry("ECDSA", name -> name.contains("-ECDSA-")),
            Map.entry("AECDSA", name -> name.contains("-ECDSA-")),
            Map.entry("DSS", name -> name.contains("-DSS-")),
            Map.entry("ADSS", name -> name.contains("-DSS-")));

    private static final Set<String> UNSUPPORTED_SUITES = Set.of(
            "LOW",
            "EXP",
            "EXPORT",
            "EXPORT40",
            "EXPORT56",
            "PSK",
            "KPSK",
            "APSK",
            "SRP",
            "ASRP",
            "CAMELLIA",
            "SEED",
            "IDEA",
            "ARIA",
            "KRB5",
            "SSLV2",
            "SSLV3",
            "TLSV1",
            "AESCCM",
            "AESCCM8",
            "KDH",
            "ECDH",
            "KECDH",
            "GOST",
            "COMPLEMENTOFDEFAULT",
            "COMPLEMENTOFALL",
            "RC2",
            "ADHE");

    private CipherList() {}

    /**
     * Returns the JDK's names, in the list's order.
     *
     * @throws IllegalArgumentException if a word is unknown here, or if nothing is left
     */
    static List<String> parse(String list, String[] supported) {
        Map<String, String> suites = new LinkedHashMap<>();
        List<String> result = new ArrayList<>();
        for (String suite : supported) {
            if (isTls13(suite)) {
                result.add(suite);
            } else if (suite.contains("_WITH_")) {
                suites.put(openSslName(suite), suite);
            }
        }
        int fixed = result.size();
        LinkedHashSet<String> chosen = new LinkedHashSet<>();
        Set<String> killed = new LinkedHashSet<>();
        for (String word : words(list)) {
            apply(word, suites, chosen, killed);
        }
        chosen.forEach(name -> result.add(suites.get(name)));
        if (result.size() == fixed) {
            throw new IllegalArgumentException("SSLProxyCipherSuite '" + list + "' (expected: a list that leaves a"
                    + " cipher which this JDK has)");
        }
        return result;
    }

    private static String[] words(String list) {
        String spec = list.strip();
        int blank = spec.indexOf(' ');
        if (blank > 0 && (spec.startsWith("SSL ") || spec.startsWith("TLSv1.3 "))) {
            spec = spec.substring(blank + 1);
        }
        return spec.split("[:, ]+");
    }

    private static void apply(
            String word, Map<String, String> suites, LinkedHashSet<String> chosen, Set<String> killed) {
        if (word.isEmpty() || word.startsWith("@") || suites.containsValue(word) && isTls13(word)) {
            return;
        }
        char sign = word.charAt(0);
        String name = sign == '!' || sign == '-' || sign == '+' ? word.substring(1) : word;
        List<String> matching = matching(name, suites);
        switch (sign) {
            case '!' -> {
                killed.addAll(matching);
                chosen.removeAll(matching);
            }
            case '-' -> chosen.removeAll(matching);
            case '+' -> {
                List<String> moved = matching.stream().filter(chosen::contains).toList();
                chosen.removeAll(moved);
                chosen.addAll(moved);
            }
            default ->
                matching.stream().filter(match -> !killed.contains(match)).forEach(chosen::add);
        }
    }

    private static List<String> matching(String name, Map<String, String> suites) {
        if (suites.containsKey(name)) {
            return List.of(name);
        }
        if (suites.containsValue(name)) {
            return List.of(openSslName(name));
        }
        if (isTls13(name)) {
            return List.of();
        }
        List<String> left = new ArrayList<>(suites.keySet());
        for (String part : name.split("\\+")) {
            String group = part.toUpperCase(Locale.ROOT);
            if (UNSUPPORTED_SUITES.contains(group)) {
                return List.of();
            }
            if (group.equals("TLSV1.2")) {
                left.removeIf(suite -> suite.endsWith("-SHA") || suite.endsWith("MD5"));
            } else if (GROUPS.containsKey(group)) {
                left.removeIf(GROUPS.get(group).negate());
            } else {
                throw new IllegalArgumentException(
                        "SSLProxyCipherSuite '" + name
                                + "' (expected: a cipher that this JDK has, by its OpenSSL or JDK name, or a group such as HIGH)");
            }
        }
        return left;
    }

    private static boolean isTls13(String suite) {
        return suite.startsWith("TLS_") && !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
    }

    /** {@code TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256} is {@code ECDHE-RSA-AES128-SHA256} there. */
    static String openSslName(String suite) {
        int with = suite.indexOf("_WITH_");
        String exchange = suite.substring(4, with).replace('_', '-');
        String cipher = suite.substring(with + 6);
        if (cipher.equals("CHACHA20_POLY1305_SHA256")) {
            cipher = "CHACHA20_POLY1305";
        }
        cipher = cipher.replace("3DES_EDE_CBC", "DES-CBC3")
                .replace("AES_128", "AES128")
                .replace("AES_256", "AES256")
                .replace("_CBC", "")
                .replace('_', '-');
        exchange = exchange.replace("DH-anon", "ADH").replace("ECADH", "AECDH").replace("ECDH-anon", "AECDH");
        return exchange.equals("RSA") ? cipher : exchange + "-" + cipher;
    }

    private static boolean isPlainRsa(String name) {
        return name.startsWith("AES") || name.startsWith("DES-") || name.startsWith("RC4") || name.startsWith("NULL");
    }

    private static boolean isWeak(String name) {
        return name.contains("NULL")
                || name.contains("DES")
                || name.contains("RC4")
                || name.startsWith("ADH")
                || name.startsWith("AECDH");
    }
}
