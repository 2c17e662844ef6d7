package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        members = new WildMembers(WildMembers.certificate());
        conversation = new WildConversation(members, FrontDoor.trustingAll());
    }

    @AfterAll
    static void stop() throws IOException {
        if (members != null) {
            members.close();
        }
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
                WildConversation.arrange(files, request);
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
