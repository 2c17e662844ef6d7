package org.fairlead.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.fairlead.http.LogText;

/** Reads PEM files, so that an unusable certificate is reported with its line and not at the first handshake. */
public final class PemFile {
    private static final long MAX_FILE_BYTES = 16 << 20;

    private PemFile() {}

    /** Returns what is expected instead of this file; empty if it holds certificates in PEM. */
    public static List<String> certificateProblems(Path file) {
        try {
            certificates(file);
            return List.of();
        } catch (PemException expected) {
            return List.of(expected.getMessage());
        }
    }

    /** Returns what is expected instead of the key's file; empty if its key belongs to the first certificate. */
    public static List<String> pairProblems(Path certificateFile, Path keyFile, PhraseReader phrase) {
        try {
            key(keyFile, phrase, certificateFile, certificates(certificateFile).get(0));
            return List.of();
        } catch (PemException expected) {
            return List.of(expected.getMessage());
        }
    }

    /** The certificates of a file, in their order; never empty. */
    public static List<X509Certificate> certificates(Path file) throws PemException {
        return read(
                file,
                label -> label.endsWith("CERTIFICATE"),
                (factory, content) -> (X509Certificate) factory.generateCertificate(content),
                "a certificate",
                "a file with certificates in PEM (-----BEGIN CERTIFICATE-----)");
    }

    /** The certificates of all files of a folder that hold any; never empty. */
    public static List<X509Certificate> folder(Path folder) throws PemException {
        return ofFolder(folder, PemFile::certificates, "certificates");
    }

    /** The revocation lists of all files of a folder that hold any; never empty. */
    public static List<X509CRL> revocationFolder(Path folder) throws PemException {
        return ofFolder(folder, PemFile::revocations, "revocation lists");
    }

    /** Reads one file. */
    @FunctionalInterface
    private interface FileReader<T> {
        List<T> read(Path file) throws PemException;
    }

    private static <T> List<T> ofFolder(Path folder, FileReader<T> reader, String what) throws PemException {
        Set<T> found = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.addAll(ifAny(file, reader));
            }
        } catch (IOException unreadable) {
            throw new PemException("a folder of PEM files that can be read", unreadable);
        }
        if (found.isEmpty()) {
            throw new PemException("a folder with PEM files of " + what);
        }
        return List.copyOf(found);
    }

    private static <T> List<T> ifAny(Path file, FileReader<T> reader) {
        try {
            return reader.read(file);
        } catch (PemException other) {
            // A folder may hold other files too.
            return List.of();
        }
    }

    /** The revocation lists of a file; never empty. */
    public static List<X509CRL> revocations(Path file) throws PemException {
        return read(
                file,
                label -> label.equals("X509 CRL"),
                (factory, content) -> (X509CRL) factory.generateCRL(content),
                "a revocation list",
                "a file with revocation lists in PEM (-----BEGIN X509 CRL-----)");
    }

    /** Parses one block. */
    @FunctionalInterface
    private interface BlockReader<T> {
        T read(CertificateFactory factory, InputStream content) throws GeneralSecurityException;
    }

    /**
     * Reads the blocks with these labels; there is at least one.
     *
     * @param what each block should be, for the error that one cannot be read
     * @param expected what the file should be, for the error that it holds none
     */
    private static <T> List<T> read(
            Path file, Predicate<String> label, BlockReader<T> reader, String what, String expected)
            throws PemException {
        List<T> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemKey.Block block : PemKey.blocks(text(file))) {
                if (label.test(block.label())) {
                    found.add(reader.read(factory, new ByteArrayInputStream(block.content())));
                }
            }
        } catch (GeneralSecurityException broken) {
            throw new PemException(
                    what + " in PEM that can be read: " + LogText.clean(String.valueOf(broken.getMessage()), 100),
                    broken);
        }
        if (found.isEmpty()) {
            throw new PemException(expected);
        }
        return found;
    }

    /** The key of a certificate. */
    public static PrivateKey key(Path file, PhraseReader phrase, Path certificateFile, X509Certificate leaf)
            throws PemException {
        PrivateKey key = PemKey.read(text(file), phrase);
        try {
            if (fits(key, leaf.getPublicKey())) {
                return key;
            }
        } catch (GeneralSecurityException broken) {
            throw new PemException("a key that can sign: " + broken.getMessage(), broken);
        }
        throw new PemException("the key of the certificate in " + certificateFile + ", which is another one's");
    }

    private static String text(Path file) throws PemException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES) {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException unreadable) {
            throw new PemException(unreadable(file), unreadable);
        }
        throw new PemException(unreadable(file));
    }

    private static String unreadable(Path file) {
        if (!Files.exists(file)) {
            return "a file that exists: " + file.toAbsolutePath();
        }
        return Files.isDirectory(file)
                ? "a file, not a folder: " + file.toAbsolutePath()
                : "a file that may be read: " + file.toAbsolutePath();
    }

    private static boolean fits(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> key.getAlgorithm();
        };
        if (!key.getAlgorithm().equals(certified.getAlgorithm()) && !algorithm.startsWith("Ed")) {
            return false;
        }
        byte[] probe = "fairlead".getBytes(StandardCharsets.US_ASCII);
        Signature signer = signature(algorithm, key);
        signer.initSign(key);
        signer.update(probe);
        byte[] signature = signer.sign();
        Signature verifier = signature(algorithm, key);
        verifier.initVerify(certified);
        verifier.update(probe);
        return verifier.verify(signature);
    }

    /** RSASSA-PSS (RFC 8017 8.1) signs by parameters: those that its key is bound to, else the usual ones. */
    private static Signature signature(String algorithm, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        if (algorithm.equals("RSASSA-PSS")) {
            AlgorithmParameterSpec bound = key instanceof RSAKey rsa ? rsa.getParams() : null;
            signature.setParameter(
                    bound != null ? bound : new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        return signature;
    }
}
