package org.fairlead.system;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The applications behind every site: four that speak HTTP, two that speak AJP, one behind TLS, and an address where
 * nobody is.
 *
 * <p>Each tells who it is and what it was asked for, unless the request says what to answer: {@code X-Answer: 404} for
 * the status, and fields whose name begins with {@code X-Answer-} for a field line each. After 101 it echoes.
 */
final class WildMembers implements AutoCloseable {
    private final Map<String, RawMember> members = new LinkedHashMap<>();
    private final Map<String, AjpMember> ajp = new LinkedHashMap<>();
    private final int down = Loopback.freePort();

    WildMembers(SSLContext tls) throws IOException {
        for (String name : List.of("app1", "app2", "app3", "app4")) {
            members.put(name, RawMember.start(conversation -> serve(name, conversation)));
        }
        for (String name : List.of("ajp1", "ajp2")) {
            ajp.put(name, AjpMember.answering(request -> answer(name, request)));
        }
        members.put("secure", RawMember.secure(tls, conversation -> serve("secure", conversation)));
    }

    /** Returns {@code @APP1@} → {@code 127.0.0.1:PORT} and {@code @PORT1@} → {@code PORT}, and their like. */
    Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            String placeholder = name.toUpperCase(Locale.ROOT);
            places.put("@" + placeholder + "@", "127.0.0.1:" + member.port());
            places.put("@" + placeholder.replaceFirst("APP|$", "PORT") + "@", "" + member.port());
        });
        ajp.forEach(
                (name, member) -> places.put("@" + name.toUpperCase(Locale.ROOT) + "@", "127.0.0.1:" + member.port()));
        places.put("@DOWN@", "127.0.0.1:" + down);
        return places;
    }

    /** Returns how many requests each has received. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        received().forEach((name, requests) -> counts.put(name, requests.size()));
        return counts;
    }

    /** Returns what has been received since: by whom, and what. */
    List<Map.Entry<String, WireMessage>> since(Map<String, Integer> counts) {
        List<Map.Entry<String, WireMessage>> received = new ArrayList<>();
        received()
                .forEach((name, all) -> all.subList(counts.get(name), all.size())
                        .forEach(request -> received.add(Map.entry(name, request))));
        return received;
    }

    private Map<String, List<WireMessage>> received() {
        Map<String, List<WireMessage>> received = new LinkedHashMap<>();
        members.forEach((name, member) -> received.put(name, member.requests()));
        ajp.forEach((name, member) -> received.put(name, member.requests()));
        return received;
    }

    private static void serve(String name, Conversation conversation) throws IOException {
        var request = conversation.readRequest();
        while (request.isPresent() && !request.get().cut()) {
            conversation.send(answer(name, request.get()));
            if (request.get().header("X-Answer").orElse("").equals("101")) {
                conversation.input().transferTo(conversation.output());
            }
            request = conversation.readRequest();
        }
    }

    private static String answer(String name, WireMessage request) {
        String status = request.header("X-Answer").orElse("200");
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + " Any\r\nX-Member: " + name + "\r\n");
        request.headerLines().stream()
                .filter(line -> line.regionMatches(true, 0, "X-Answer-", 0, 9))
                .forEach(line -> answer.append(
                                line.substring(line.indexOf(':') + 1).strip())
                        .append("\r\n"));
        if (status.equals("101")) {
            return answer.append("Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                    .toString();
        }
        if (status.equals("204") || status.equals("304")) {
            return answer.append("\r\n").toString();
        }
        String[] words = request.startLine().split(" ");
        String body = name + " answers " + words[0] + " " + words[1];
        answer.append("Content-Type: text/plain\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n\r\n");
        return answer.append(words[0].equals("HEAD") ? "" : body).toString();
    }

    /** The context of the member that speaks TLS. */
    static SSLContext certificate() throws IOException, GeneralSecurityException {
        Path certificates = WildSite.FOLDER.resolveSibling("org/fairlead/config/tls");
        return serving(certificates.resolve("rsa.crt"), certificates.resolve("rsa.key"));
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

    @Override
    public void close() throws IOException {
        for (AjpMember member : ajp.values()) {
            member.close();
        }
        for (RawMember member : members.values()) {
            member.close();
        }
    }
}
