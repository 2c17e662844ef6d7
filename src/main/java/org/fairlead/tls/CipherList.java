package org.fairlead.tls;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Reads an OpenSSL cipher list ({@code HIGH:!aNULL:ECDHE-RSA-AES128-GCM-SHA256}) into the JDK's suites, for listeners
 * and members alike ({@code SSLCipherSuite}, {@code SSLProxyCipherSuite}). As with OpenSSL such a list is for TLS 1.2:
 * all suites of TLS 1.3 are enabled, unless the list names some of them.
 */
public final class CipherList {
    /** OpenSSL's group words over its own suite names. Groups that no JDK has (PSK, SRP, CAMELLIA …) match nothing. */
    private static final Map<String, Predicate<String>> GROUPS = Map.ofEntries(
            Map.entry("CBC", CipherList::isCbc),
            Map.entry("TLSV1", name -> name.endsWith("-SHA") || name.endsWith("MD5")),
            Map.entry("TLSV1.0", name -> name.endsWith("-SHA") || name.endsWith("MD5")),
            Map.entry("SSLV3", name -> name.endsWith("-SHA") || name.endsWith("MD5")),
            Map.entry("KECDHE", name -> name.startsWith("ECDHE")),
            Map.entry("KDHE", name -> name.startsWith("DHE")),
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
            "ARIA128",
            "ARIA256",
            "ARIAGCM",
            "CAMELLIA128",
            "CAMELLIA256",
            "KRSAPSK",
            "KECDHEPSK",
            "KDHEPSK",
            "RSAPSK",
            "ECDHEPSK",
            "DHEPSK",
            "KSRP",
            "KGOST",
            "AGOST",
            "AGOST01",
            "GOST94",
            "GOST89MAC",
            "AKRB5",
            "KKRB5",
            "EXPORT1024",
            "FIPS",
            "KDHR",
            "KDHD",
            "KECDHR",
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

    /**
     * The default of listeners: forward secret (RFC 9325 4.2), and none of TLS 1.2's CBC suites, whose
     * padding is checked after decryption (Lucky 13).
     */
    public static final String DEFAULT = "HIGH:!aNULL:!eNULL:!kRSA:!CBC";

    /** Parts of names of suites that OpenSSL has or had, so that a list may name those that this JDK has not. */
    private static final Set<String> PARTS = Set.of(
            ("ECDHE ECDH ECDSA EDH DHE DH RSA DSS ADH AECDH PSK SRP KRB5 EXP EXP1024 NULL AES128 AES192 AES256 GCM CCM CCM8"
                            + " SHA SHA1 SHA256 SHA384 MD5 CHACHA20 POLY1305 DES CBC CBC3 RC4 RC2 40 56 64 3DES EDE"
                            + " CAMELLIA128 CAMELLIA256 SEED IDEA ARIA128 ARIA256 GOST2001 GOST2012 GOST94 GOST89 KUZNYECHIK"
                            + " STREEBOG256 ECDHE_ECDSA")
                    .split(" "));

    private CipherList() {}

    /**
     * Returns the JDK's names, in the list's order.
     *
     * @param supported what the JDK has
     * @throws IllegalArgumentException if a word is unknown here, or if nothing is left; the message is what was wrong
     *     and what is expected
     */
    public static List<String> parse(String list, List<String> supported) {
        List<String> words = words(list);
        Map<String, String> suites = new LinkedHashMap<>();
        for (String suite : supported) {
            if (suite.contains("_WITH_")) {
                suites.put(CipherNames.openSsl(suite), suite);
            }
        }
        List<String> newer = supported.stream().filter(CipherList::isTls13).toList();
        List<String> named = words.stream().filter(newer::contains).distinct().toList();
        LinkedHashSet<String> chosen = new LinkedHashSet<>();
        Set<String> killed = new LinkedHashSet<>();
        words.forEach(word -> apply(word, suites, chosen, killed));
        boolean onlyNewer = !words.isEmpty() && words.stream().allMatch(CipherList::isTls13);
        if (onlyNewer ? named.isEmpty() : chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + list + "' (expected: a list that leaves a cipher which this JDK has)");
        }
        List<String> result = new ArrayList<>(named.isEmpty() ? newer : named);
        (onlyNewer ? defaults(suites) : chosen).forEach(name -> result.add(suites.get(name)));
        return List.copyOf(result);
    }

    /** {@link #DEFAULT} of these suites. */
    private static LinkedHashSet<String> defaults(Map<String, String> suites) {
        LinkedHashSet<String> chosen = new LinkedHashSet<>();
        Set<String> killed = new LinkedHashSet<>();
        words(DEFAULT).forEach(word -> apply(word, suites, chosen, killed));
        return chosen;
    }

    /** Returns the suites that this JDK has, those that it leaves off by default among them, the best first. */
    public static List<String> supported() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Without managers, so that no trust store is read for the question.
            context.init(new KeyManager[0], new TrustManager[0], null);
            return List.of(context.getSupportedSSLParameters().getCipherSuites());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JDK without TLS", e);
        }
    }

    /** Colons, commas and blanks are all the same to OpenSSL. */
    private static List<String> words(String list) {
        return Stream.of(list.split("[:;,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static void apply(
            String word, Map<String, String> suites, LinkedHashSet<String> chosen, Set<String> killed) {
        if (word.startsWith("@") || isTls13(word)) {
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
            return List.of(CipherNames.openSsl(name));
        }
        if (isForeignSuite(name)) {
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
                        "'" + name + "' (expected: a cipher by its OpenSSL or JDK name, or a group such as HIGH)");
            }
        }
        return left;
    }

    private static boolean isTls13(String suite) {
        return suite.startsWith("TLS_") && !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
    }

    private static boolean isForeignSuite(String name) {
        boolean ianaName = name.startsWith("TLS_") || name.startsWith("SSL_");
        return ianaName || name.indexOf('-') > 0 && PARTS.containsAll(List.of(name.split("-")));
    }

    private static boolean isCbc(String name) {
        return !name.contains("-GCM-")
                && !name.contains("CCM")
                && !name.contains("CHACHA20")
                && !name.contains("RC4")
                && !name.contains("NULL");
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
