package org.fairlead.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The certificate variables of mod_ssl, {@code SSL_CLIENT_x} and {@code SSL_SERVER_x}, in its formats. */
public final class CertificateVariables {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String MICROSOFT_UPN = "1.3.6.1.4.1.311.20.2.3";
    private static final int VALUE_TAG = 0xA0;
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int OTHER = 0;

    /** OpenSSL's long names. */
    private static final Map<String, String> SIGNATURES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.10", "rsassaPss"),
            Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
            Map.entry("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
            Map.entry("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
            Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
            Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
            Map.entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
            Map.entry("2.16.840.1.101.3.4.3.2", "dsa_with_SHA256"),
            Map.entry("1.3.101.112", "ED25519"),
            Map.entry("1.3.101.113", "ED448"));

    private final X509Certificate certificate;

    public CertificateVariables(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * One variable's value; empty where the certificate has no such thing.
     *
     * @param name what follows {@code SSL_CLIENT_}; case does not count
     * @param legacy whether whole names are written in OpenSSL's old form
     */
    public Optional<String> read(String name, boolean legacy) {
        String upper = name.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "M_VERSION" -> Optional.of(Integer.toString(certificate.getVersion()));
            case "M_SERIAL" -> Optional.of(hex(certificate.getSerialNumber()));
            case "V_START" -> Optional.of(TIME.format(certificate.getNotBefore().toInstant()));
            case "V_END" -> Optional.of(TIME.format(certificate.getNotAfter().toInstant()));
            case "V_REMAIN" -> Optional.of(daysLeft(certificate.getNotAfter().toInstant()));
            case "A_SIG" -> Optional.of(SIGNATURES.getOrDefault(certificate.getSigAlgOID(), "UNKNOWN"));
            case "A_KEY" -> Optional.of(key(certificate.getPublicKey()));
            case "CERT" -> Optional.of(pem());
            case "S_DN" ->
                Optional.of(legacy ? subject().legacyText() : subject().text(false));
            case "I_DN" -> Optional.of(legacy ? issuer().legacyText() : issuer().text(false));
            case "CERT_RFC4523_CEA" ->
                Optional.of("{ serialNumber " + certificate.getSerialNumber() + ", issuer rdnSequence:\""
                        + issuer().text(true) + "\" }");
            default -> ofMany(upper);
        };
    }

    private Optional<String> ofMany(String name) {
        if (name.startsWith("S_DN_")) {
            return subject().part(name.substring(5));
        } else if (name.startsWith("I_DN_")) {
            return issuer().part(name.substring(5));
        } else if (name.startsWith("SAN_EMAIL_")) {
            return alternative(EMAIL, name.substring(10));
        } else if (name.startsWith("SAN_DNS_")) {
            return alternative(DNS, name.substring(8));
        } else if (name.startsWith("SAN_OTHER_MSUPN_")) {
            return alternative(OTHER, name.substring(16));
        }
        return Optional.empty();
    }

    private DistinguishedName subject() {
        return name(certificate.getSubjectX500Principal());
    }

    private DistinguishedName issuer() {
        return name(certificate.getIssuerX500Principal());
    }

    private static DistinguishedName name(X500Principal principal) {
        return new DistinguishedName(principal);
    }

    private static String hex(BigInteger serial) {
        String digits = serial.abs().toString(16).toUpperCase(Locale.ROOT);
        return (serial.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    /** Whole days; 0 once it is over. */
    private static String daysLeft(Instant end) {
        long days = Duration.between(Instant.now(), end).toDays();
        return Long.toString(Math.max(0, days));
    }

    private static String key(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "rsaEncryption";
            case "RSASSA-PSS" -> "rsassaPss";
            case "DSA" -> "dsaEncryption";
            case "EC" -> "id-ecPublicKey";
            case "EdDSA", "Ed25519", "Ed448" ->
                key.toString().contains("448") || key.getEncoded().length > 60 ? "ED448" : "ED25519";
            default -> "UNKNOWN";
        };
    }

    /** PEM as OpenSSL writes it. */
    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that came encoded", impossible);
        }
    }

    private Optional<String> alternative(int type, String index) {
        if (!DistinguishedName.isIndex(index)) {
            return Optional.empty();
        }
        return alternatives().stream()
                .filter(name -> name.get(0).equals(type))
                .flatMap(name -> alternativeText(name.get(1)).stream())
                .skip(Integer.parseInt(index))
                .findFirst()
                .map(DistinguishedName::withoutControls);
    }

    private Collection<List<?>> alternatives() {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        } catch (CertificateParsingException broken) {
            // httpd has no alternative names then either, and the certificate has already been verified.
            return List.of();
        }
    }

    /** The JDK gives names of other kinds as they are encoded: an identifier, and a value in a tag of its own. */
    private static Optional<String> alternativeText(Object name) {
        if (name instanceof byte[] encoded) {
            List<Der> parts = Der.all(encoded).get(0).parts();
            if (parts.size() != 2 || !parts.get(0).oid().equals(MICROSOFT_UPN)) {
                return Optional.empty();
            }
            Der value = parts.get(1);
            // JDK 17 wraps it twice.
            while (value.tag() == VALUE_TAG) {
                value = value.parts().get(0);
            }
            return value.text();
        }
        return Optional.of(name.toString());
    }
}
