package org.fairlead.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into PEM files, so that a certificate that cannot work is told with its line and not at the first handshake. */
final class PemFile {
    private static final long LARGEST = 4 << 20;

    private PemFile() {}

    /** Returns what should stand there instead of this file; empty if it holds certificates in PEM. */
    static List<String> certificateProblems(Path file) {
        Optional<String> text = read(file);
        if (text.isEmpty()) {
            return List.of(unreadable(file));
        }
        try {
            return certificates(text.get()).isEmpty()
                    ? List.of("a file with certificates in PEM (-----BEGIN CERTIFICATE-----)")
                    : List.of();
        } catch (CertificateException broken) {
            return List.of("a certificate in PEM that can be read: " + Excerpt.of(String.valueOf(broken.getMessage())));
        }
    }

    /** Returns what should stand there instead of the key's file; empty if its key belongs to the first certificate. */
    static List<String> pairProblems(Path certificateFile, Path keyFile) {
        List<String> problems = new ArrayList<>(certificateProblems(certificateFile));
        if (!problems.isEmpty()) {
            return problems;
        }
        Optional<String> text = read(keyFile);
        if (text.isEmpty()) {
            return List.of(unreadable(keyFile));
        }
        try {
            PrivateKey key = PemKey.read(text.get());
            X509Certificate leaf =
                    certificates(read(certificateFile).orElse("")).get(0);
            if (!fits(key, leaf.getPublicKey())) {
                problems.add("the key of the certificate in " + certificateFile + ", which is another one's");
            }
        } catch (GeneralSecurityException broken) {
            problems.add(broken.getMessage());
        }
        return problems;
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String unreadable(Path file) {
        if (!Files.exists(file)) {
            return "a file that exists: " + file.toAbsolutePath();
        }
        return Files.isDirectory(file)
                ? "a file, not a folder: " + file.toAbsolutePath()
                : "a file that may be read: " + file.toAbsolutePath();
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (PemKey.Block block : PemKey.blocks(pem)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("TRUSTED CERTIFICATE")) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
            }
        }
        return certificates;
    }

    private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (!key.getAlgorithm().equals(certified.getAlgorithm()) && !algorithm.startsWith("Ed")) {
            return false;
        }
        byte[] probe = "fairlead".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(probe);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(certified);
        verifier.update(probe);
        return verifier.verify(signature);
    }
}
