package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.SoftAssertions;
import org.fairlead.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole virtual-host files of the shapes that operators have, each started in httpd and in Fairlead: the same requests
 * reach the same members in the same words, and the same answers come back, but for what the manual's page about
 * differences lists.
 */
class WildConfigurationsIT {
    private static WildMembers members;
    private static WildConversation conversation;
    private static String differences;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        Httpd.assumeInstalled();
        differences = Files.readString(Path.of("src/site/markdown/differences.md"));
        Path certificates = WildSite.FOLDER.resolveSibling("org/fairlead/config/tls");
        members = new WildMembers(serving(certificates.resolve("rsa.crt"), certificates.resolve("rsa.key")));
        conversation = new WildConversation(members, FrontDoor.trustingAll());
    }

    @AfterAll
    static void stop() throws IOException {
        if (members != null) {
            members.close();
        }
    }

    private static SSLContext serving(Path certificate, Path key) throws IOException, GeneralSecurityException {
        String base64 = Files.readString(key).replaceAll("-----[^-]+-----|\\s", "");
        Certificate chain = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "key",
                KeyFactory.getInstance("RSA")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))),
                new char[0],
                new Certificate[] {chain});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    static List<WildSite> sites() {
        return WildSite.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sites")
    void runsAsInHttpd(WildSite site) throws IOException {
        Path files = WildSite.files();
        SoftAssertions all = new SoftAssertions();
        try (WildServer httpd = WildServer.httpd(site, members.places(), files);
                WildServer fairlead = fairlead(site, files)) {
            for (WildRequest request : site.requests()) {
                arrange(files, request);
                String ofHttpd = conversation.through(httpd, request);
                String ofFairlead = WildConversation.withoutAdditions(conversation.through(fairlead, request), ofHttpd);
                Optional<String> decision = request.decision();
                if (decision.isEmpty()) {
                    all.assertThat(ofFairlead).as("%s", request).isEqualTo(ofHttpd);
                } else {
                    all.assertThat(ofFairlead)
                            .as("%s: %s", request, decision.get())
                            .containsPattern(request.here())
                            .as("%s: a decision that decides nothing", request)
                            .isNotEqualTo(ofHttpd);
                }
            }
        }
        all.assertAll();
    }

    private static WildServer fairlead(WildSite site, Path files) {
        try {
            return WildServer.fairlead(site, members.places(), files);
        } catch (ConfigException e) {
            throw new AssertionError(site + " is refused:\n" + e.getMessage(), e);
        }
    }

    private static void arrange(Path files, WildRequest request) throws IOException {
        for (String step : request.before()) {
            Path file = files.resolve(step.substring(step.indexOf(' ') + 1));
            if (step.startsWith("create")) {
                Files.createDirectories(file.getParent());
                Files.createFile(file);
            } else {
                Files.delete(file);
            }
        }
    }

    @Test
    void thereAreEnoughSitesWithEnoughRequestsAndEveryDecisionIsInTheManual() {
        List<String> wrong = new ArrayList<>();
        for (WildSite site : sites()) {
            if (site.requests().size() < 10) {
                wrong.add(site + " has only " + site.requests().size() + " requests");
            }
            for (WildRequest request : site.requests()) {
                request.decision()
                        .filter(reason -> !differences.contains("| " + reason + " |"))
                        .ifPresent(
                                reason -> wrong.add(request + ": no row of differences.md is about '" + reason + "'"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(sites()).hasSizeGreaterThanOrEqualTo(40);
    }
}
