package org.fairlead.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The name of a certificate's subject or issuer, as mod_ssl writes it (OpenSSL's form of RFC 2253), and its parts. */
public final class DistinguishedName {
    /** What {@code SSL_CLIENT_S_DN_x} may ask for. */
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("C", "2.5.4.6"),
            Map.entry("ST", "2.5.4.8"),
            Map.entry("SP", "2.5.4.8"),
            Map.entry("L", "2.5.4.7"),
            Map.entry("O", "2.5.4.10"),
            Map.entry("OU", "2.5.4.11"),
            Map.entry("CN", "2.5.4.3"),
            Map.entry("T", "2.5.4.12"),
            Map.entry("I", "2.5.4.43"),
            Map.entry("G", "2.5.4.42"),
            Map.entry("S", "2.5.4.4"),
            Map.entry("D", "2.5.4.13"),
            Map.entry("UID", "0.9.2342.19200300.100.1.1"),
            Map.entry("EMAIL", "1.2.840.113549.1.9.1"));

    /** OpenSSL's short names. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.16", "postalAddress"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.20", "telephoneNumber"),
            Map.entry("2.5.4.41", "name"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.3", "mail"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
            Map.entry("1.2.840.113549.1.9.8", "unstructuredAddress"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

    private static final String SPECIAL = ",+\"\\<>;";

    private final List<Attribute> attributes = new ArrayList<>();

    /** @param joined whether it stands in one RDN with the one before */
    private record Attribute(String oid, Der value, boolean joined) {}

    public DistinguishedName(X500Principal name) {
        for (Der rdn : Der.all(name.getEncoded()).get(0).parts()) {
            boolean joined = false;
            for (Der attribute : rdn.parts()) {
                List<Der> parts = attribute.parts();
                attributes.add(new Attribute(parts.get(0).oid(), parts.get(1), joined));
                joined = true;
            }
        }
    }

    /** Returns the name of a certificate's subject. */
    public static String subject(X509Certificate certificate) {
        return new DistinguishedName(certificate.getSubjectX500Principal()).text(false);
    }

    /** Returns the name of the authority that issued a certificate. */
    public static String issuer(X509Certificate certificate) {
        return new DistinguishedName(certificate.getIssuerX500Principal()).text(false);
    }

    /** Whether this is a number of one to four digits, by which one of several equal parts is asked for. */
    static boolean isIndex(String text) {
        return !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * The whole, the last RDN first: {@code CN=ab,O=cd,C=DE}.
     *
     * @param asciiOnly whether other characters are escaped too
     */
    public String text(boolean asciiOnly) {
        List<Attribute> reversed = new ArrayList<>(attributes);
        Collections.reverse(reversed);
        StringBuilder text = new StringBuilder();
        boolean joined = false;
        for (Attribute attribute : reversed) {
            if (!text.isEmpty()) {
                text.append(joined ? '+' : ',');
            }
            joined = attribute.joined;
            String name = SHORT.getOrDefault(attribute.oid, attribute.oid);
            text.append(name).append('=').append(value(attribute, asciiOnly));
        }
        return text.toString();
    }

    /**
     * The whole in the order of the certificate, {@code /C=DE/O=cd/CN=ab}: what {@code SSLOptions LegacyDNStringFormat}
     * asks for (OpenSSL's {@code X509_NAME_oneline}). Bytes outside of printable ASCII are written as {@code \xC3}.
     */
    String legacyText() {
        StringBuilder text = new StringBuilder();
        for (Attribute attribute : attributes) {
            text.append(attribute.joined ? '+' : '/')
                    .append(SHORT.getOrDefault(attribute.oid, attribute.oid))
                    .append('=');
            for (byte b : attribute.value.content()) {
                if (b < 0x20 || b > 0x7E) {
                    text.append("\\x").append(hex(b));
                } else {
                    text.append(b == '/' || b == '+' ? "\\" : "").append((char) b);
                }
            }
        }
        return text.toString();
    }

    private static String value(Attribute attribute, boolean asciiOnly) {
        Optional<String> text = SHORT.containsKey(attribute.oid) ? attribute.value.text() : Optional.empty();
        return text.map(t -> escaped(t, asciiOnly))
                .orElseGet(() -> "#" + HexFormat.of().withUpperCase().formatHex(attribute.value.encoded()));
    }

    private static String escaped(String text, boolean asciiOnly) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean atEdge = c == ' ' && (i == 0 || i == text.length() - 1) || c == '#' && i == 0;
            if (atEdge || SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else if (isControl(c) || asciiOnly && c > 0x7F) {
                int end = Character.isHighSurrogate(c) ? i + 2 : i + 1;
                for (byte b : text.substring(i, end).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                    escaped.append('\\').append(hex(b));
                }
                i = end - 1;
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * One part, {@code CN} or {@code OU_1}; empty if there is none of that name.
     *
     * @param part case does not count
     */
    public Optional<String> part(String part) {
        String upper = part.toUpperCase(Locale.ROOT);
        int underscore = upper.indexOf('_');
        boolean counted = underscore > 0 && isIndex(upper.substring(underscore + 1));
        String oid = PARTS.getOrDefault(counted ? upper.substring(0, underscore) : upper, "");
        int index = counted ? Integer.parseInt(upper.substring(underscore + 1)) : 0;
        return attributes.stream()
                .filter(attribute -> attribute.oid.equals(oid))
                .skip(index)
                .findFirst()
                .flatMap(attribute -> attribute.value.text())
                .map(DistinguishedName::withoutControls);
    }

    /** A text with its control characters as {@code \0A}, and therefore each backslash twice. */
    static String withoutControls(String text) {
        StringBuilder clean = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (isControl(c)) {
                clean.append('\\').append(hex((byte) c));
            } else {
                clean.append(c == '\\' ? "\\\\" : String.valueOf(c));
            }
        }
        return clean.toString();
    }

    private static boolean isControl(char c) {
        return c < 0x20 || c == 0x7F;
    }

    private static String hex(byte b) {
        return HexFormat.of().withUpperCase().toHexDigits(b);
    }
}
